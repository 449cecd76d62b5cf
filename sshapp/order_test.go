package sshapp

import (
	"strings"
	"testing"
	"testing/fstest"

	gossh "golang.org/x/crypto/ssh"
)

const askModel = "\x1b[>c"

// withHebrew changes a server to have a post in Hebrew, whose letters have one form, so that their order is easy to see.
func withHebrew(t *testing.T) func(*Config) {
	return func(c *Config) {
		serveFiles(t, c, fstest.MapFS{
			"heb.md": {Data: []byte("---\ntitle: אבג\ndate: 2026-01-02\n---\nדהו, (זח)!\n")},
		})
	}
}

// TestOrderRemembered: what a reader who is remembered chooses with D counts on every terminal that doesn't say what it does with
// right-to-left text, before what the blog says, and on no other. Nobody else's choice is kept.
func TestOrderRemembered(t *testing.T) {
	const logical, visual, byWord = "דהו, (זח)!", "!(חז) ,והד", "!(זח) ,דהו" // the last for kitty
	hebrew := func(setting string) func(*Config) {
		return func(c *Config) {
			serveFiles(t, c, fstest.MapFS{
				"postern.toml": {Data: []byte(setting)},
				"heb.md":       {Data: []byte("---\ntitle: אבג\ndate: 2026-01-02\n---\nדהו, (זח)!\n")},
			})
		}
	}
	bubble(t, func(t *testing.T) {
		for setting, first := range map[string]string{"": logical, `right-to-left = "leave"`: logical, `right-to-left = "reorder"`: visual} {
			second := map[string]string{visual: logical, logical: visual}[first]
			ada := newKey(t)
			h := openRemembering(t, hebrew(setting))
			h.agree(ada).Leave()
			h.auth = []gossh.AuthMethod{gossh.PublicKeys(ada)}
			sees := func(term, user, answer, keys, want string) {
				t.Helper()
				r := h.readOn(term, user, 80, 24)
				r.press("enter " + keys)
				if asked := strings.Contains(r.wire.String(), askVersion); asked != (term == "xterm-256color") {
					t.Errorf("%q: %s is asked: %t", setting, term, asked)
				}
				r.write(answer)
				settle()
				r.sees(want)
				r.leave()
			}
			sees("tmux-256color", "", "", "", first)
			sees("tmux-256color", "", "", "D", second)
			sees("tmux-256color", "", "", "", first)
			sees("foot", "me", "", "D", logical) // which says what it does
			sees("tmux-256color", "me", "", "", first)
			sees("tmux-256color", "me", "", "D", second)
			sees("screen", "me", "", "", second)
			sees("foot", "me", "", "", visual)
			sees("mlterm", "me", "", "", logical)
			sees("xterm-256color", "me", "", "j", second)
			sees("xterm-256color", "me", "\x1bP>|XTerm(379)\x1b\\", "j", visual)
			sees("xterm-256color", "me", "\x1bP>|Konsole 24.08\x1b\\", "j", logical)
			sees("xterm-256color", "me", "\x1bP>|kitty(0.43.1)\x1b\\", "j", byWord)
			sees("screen", "me", "", "D", first)
			sees("screen", "me", "", "", first)
		}
	})
}

// TestOrder: right-to-left text is reordered for terminals that don't do it. Which do is known of a terminal's name, or else of its
// answer; it is asked when it shows such text and a key was pressed.
func TestOrder(t *testing.T) {
	const logical, visual, byWord = "דהו, (זח)!", "!(חז) ,והד", "!(זח) ,דהו" // the last for kitty, which reverses words
	bubble(t, func(t *testing.T) {
		h := open(t, withHebrew(t))
		h.readOn("xterm-kitty", "heb", 80, 24).sees(byWord)
		for _, term := range []string{"alacritty", "foot", "xterm-ghostty", "mintty"} {
			r := h.readOn(term, "heb", 80, 24)
			r.sees(visual)
			r.press("D")
			r.sees(logical, "left to your terminal")
			r.leave()
			if got := r.wire.String(); strings.Contains(got, askVersion) || !strings.Contains(got, "\x1b[8l") || strings.Count(got, "\x1b[8h") != 1 {
				t.Errorf("%s was sent %q", term, got)
			}
		}
		for answer, want := range map[string]string{
			"\x1bP>|XTerm(379)\x1b\\": visual, "\x1b[>77;30707;0c": visual, "\x1b[>0;10;1c": visual, "\x1bP>|kitty(0.43.1)\x1b\\": byWord, "\x1b[>0;136;0c": logical, "\x1bP>|VTE(7600)\x1b\\": visual, "\x1b[>65;7006;1c": visual, // VTE 0.70, and xterm as a VT525:
			"\x1b[>65;379;0c": logical, "\x1bP>|mlterm(3.9)\x1b\\": logical, "\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c": logical,
		} {
			r := h.readOn("xterm-256color", "heb", 80, 24)
			r.sees(logical)
			if strings.Contains(r.wire.String(), askVersion) {
				t.Error("it was asked at the beginning")
			}
			r.press("j j")
			if strings.Count(r.wire.String(), askVersion) != 1 {
				t.Errorf("it was sent %q", r.wire.String())
			}
			r.write(answer)
			settle()
			r.sees(want)
			r.press("D")
			other := map[string]string{visual: logical, byWord: logical, logical: visual}[want]
			r.sees(other)
			r.write(answer)
			settle()
			r.sees(other)
			r.leave()
		}
		r := open(t, nil).readOn("xterm-256color", "", 80, 24)
		r.press("j j j")
		r.leave()
		if got := r.wire.String(); strings.Contains(got, askVersion) || strings.Contains(got, "\x1b[8l") {
			t.Errorf("for English text it was sent %q", got)
		}
	})
}
