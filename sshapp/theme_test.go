package sshapp

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/sshapp/internal/termtest"
	"postern/sshapp/page/theme"
)

// foreground is an SGR sequence that sets the text's colour.
var foreground = regexp.MustCompile(`\x1b\[([0-9;]*;)?(3[0-8]|9[0-7])[0-9;]*m`)

// TestThemes: a terminal gets the colours that it has, and none where none are wanted.
func TestThemes(t *testing.T) {
	tests := []struct {
		term, noColor string
		background    bool // the theme's own
		colours       bool
	}{
		{"xterm-256color", "", true, true},
		{"xterm-kitty", "", true, true},
		{"linux", "", false, true},
		{"vt100", "", false, false},
		{"dumb", "", false, false},
		{"xterm-256color", "1", false, false},
	}
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Blog.Theme = func() *theme.Theme { return theme.Lookup("dark") } })
		for _, tt := range tests {
			session, keyboard, wire := h.bare(tt.term, func(s *gossh.Session) {
				if tt.noColor != "" {
					if err := s.Setenv("NO_COLOR", tt.noColor); err != nil {
						t.Error(err)
					}
				}
			})
			keyboard.Write([]byte(termtest.Bytes("enter")))
			settle()
			keyboard.Write([]byte("q"))
			if err := session.Wait(); err != nil {
				t.Error(err)
			}
			sent := wire.String()
			if got := strings.Contains(sent, "\x1b]11;#"); got != tt.background {
				t.Errorf("%s, NO_COLOR=%s: the theme's background was set: %v", tt.term, tt.noColor, got)
			}
			if tt.background && !strings.Contains(sent, "\x1b]111") {
				t.Errorf("%s: the background isn't given back", tt.term)
			}
			if got := foreground.MatchString(sent); got != tt.colours {
				t.Errorf("%s, NO_COLOR=%s: colours were sent: %v in %q", tt.term, tt.noColor, got, sent)
			}
		}
	})
}

// TestCopyReachesTheTerminal: what a command of the program's writes beside the frames is sent, and whole.
func TestCopyReachesTheTerminal(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		session, keyboard, wire := h.bare("xterm", nil)
		_, _ = keyboard.Write([]byte("\rym"))
		time.Sleep(5 * time.Second) // asleep by now
		_, _ = keyboard.Write([]byte("q"))
		if err := session.Wait(); err != nil {
			t.Error(err)
		}
		copied := regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]+)\x07`).FindStringSubmatch(wire.String())
		if copied == nil {
			t.Fatal("nothing was copied")
		}
		if text, err := base64.StdEncoding.DecodeString(copied[1]); err != nil || !strings.Contains(string(text), "the post number 0") {
			t.Errorf("copied %q, %v", text, err)
		}
	})
}
