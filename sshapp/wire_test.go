package sshapp

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	"postern/content"
	"postern/sshapp/command"
	"postern/sshapp/page"
)

// What may reach a terminal is a list, and all else is a violation: printable text, line ends, tabs, and these sequences.
var allowed = []*regexp.Regexp{
	regexp.MustCompile(`^\x1b\[[0-9;:]*m`),                                   // SGR
	regexp.MustCompile(`^\x1b\[[0-9]*(;[0-9]*)?[ABCDEFGHIZade` + "`" + `f]`), // cursor moves, tabs among them
	regexp.MustCompile(`^\x1b\[[0-9]*[JKX]`),                                 // erases
	regexp.MustCompile(`^\x1b\[[0-9]*[@LMPSTb]`),                             // inserts, deletes, scrolls, repeats
	regexp.MustCompile(`^\x1b\[([0-9]+;[0-9]+)?r`),                           // scroll region
	regexp.MustCompile(`^\x1b\[\?(7|25|1000|1006|1049|2004|2026)[hl]`),       // wrapping, cursor, wheel, alternate screen, paste, synchronized output
	regexp.MustCompile(`^\x1b\[[48][hl]`),                                    // insert mode, around a character on terminals that can't insert otherwise; who reorders right-to-left text
	regexp.MustCompile(`^\x1b\[2[23];0t`),                                    // XTWINOPS: save and restore the title
	regexp.MustCompile(`^\x1bM`),                                             // reverse index
	regexp.MustCompile(`^\x1b\]2;[^\x00-\x1f\x7f]*(\x07|\x1b\\)`),            // title
	regexp.MustCompile(`^\x1b\]8;(id=[0-9a-zA-Z]*)?;(\x07|\x1b\\)`),          // the end of a link
	regexp.MustCompile(`^\x1b\]8;(id=[0-9a-zA-Z]*)?;(https?|mailto|gemini|ssh):[!-~]+(\x07|\x1b\\)`),
}

// violation returns the first bytes that no terminal may get, with some around them; nil if there are none. In a pipe there
// is no terminal, and no sequence at all.
func violation(sent []byte, pipe bool) error {
	for at := 0; at < len(sent); {
		n := legal(sent[at:], pipe)
		if n == 0 {
			return fmt.Errorf("byte %d: %q after %q", at, sent[at:min(len(sent), at+40)], sent[max(0, at-40):at])
		}
		at += n
	}
	return nil
}

// legal returns how many bytes the text or sequence has that b begins with, 0 if it is not allowed.
func legal(b []byte, pipe bool) int {
	switch {
	case b[0] == '\n' || b[0] == '\t':
		return 1
	case (b[0] == '\r' || b[0] == '\b') && !pipe: // \b is a cursor move
		return 1
	case b[0] == 0x1b && !pipe:
		for _, sequence := range allowed {
			if found := sequence.Find(b); found != nil && printables(inside(found)) {
				return len(found)
			}
		}
		return 0
	}
	r, n := utf8.DecodeRune(b)
	if r == utf8.RuneError && n == 1 || !shown(r) {
		return 0
	}
	return n
}

// inside returns what is text in a sequence: all of an OSC but its ends.
func inside(sequence []byte) string {
	s := strings.TrimPrefix(string(sequence), "\x1b")
	return strings.TrimRight(s, "\x07\x1b\\")
}

func printables(s string) bool {
	for _, r := range s {
		if !shown(r) {
			return false
		}
	}
	return utf8.ValidString(s)
}

// shown reports whether a character is text: no control (C0, DEL, C1), no embedding,
// override or isolate of the bidirectional algorithm (UAX #9), and no tag character.
func shown(r rune) bool {
	switch {
	case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0xe0000 && r <= 0xe007f:
		return false
	}
	return true
}

// TestViolations holds the parser itself: what it must find.
func TestViolations(t *testing.T) {
	for _, good := range []string{"", "text\r\n\t漢字 👩🏽‍🚀", "\x1b[1;38;5;4mx\x1b[m", "\x1b[?2026h\x1b[2J\x1b[H", "\x1b]2;Ein Titel – hier\x07", "\x1b]8;;https://example.com/%1B\x07x\x1b]8;;\x07"} {
		if err := violation([]byte(good), false); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"\x1b", "\x1b[6n", "\x1b[c", "\x1b]52;c;aGk=\x07", "\x1b]0;x\x07", "\x1b]2;x\u202e\x07", "\x1b]2;x\u009c\x07", "\x1b]8;;javascript:x\x07",
		"\x1b]8;;https://x\x1b]52;c;x\x07", "\x1b[?1003h", "\x1b[?1049;1000h", "\x1b[8;1;1t", "\x1bP1$r\x1b\\", "\x1bc", "\x07", "\x00", "\x7f", "\u009b31m",
		"\x9b", "\xff", "a\u202eb", "a\u2066b", "\U000e0041", "\x0e",
	} {
		if violation([]byte("text"+bad), false) == nil {
			t.Errorf("%q passes", bad)
		}
	}
	for _, bad := range []string{"\r\n", "\x1b[m", "\b"} {
		if violation([]byte(bad), true) == nil {
			t.Errorf("%q passes in a pipe", bad)
		}
	}
}

// hostile is what an author may be talked into publishing, raw, as YAML writes it, and as HTML does.
const (
	hostile       = "A\x1b]52;c;aGk=\x07B\x1b[31mC\u009b31mD\u202eE\u2066F\U000e0041G\x1b]8;;file:///etc/passwd\x07H\x00I\x7fJ\x9bK\u2028L\rM\x08N"
	hostileYAML   = `A\e]52;c;aGk=\aB\e[31mC\x9b31mD\u202eE\u2066F\U000e0041G\e]8;;file:///x\aH\0I\x7fJ\LK\rM\bN&#27;[31m&#x9b;0m&#7;`
	hostileHTML   = "A&#27;]52;c;aGk=&#7;B&#x1b;[31mC&#155;31mD&#0;H&#127;I&#8;J&#13;K&#x202e;L&#8294;M&#xe0041;N&rlm;"
	hostileTarget = "%1b%5d52;c;x%07%9b31m"
)

// hostileBlog has posts that hold what is hostile wherever a post can hold anything.
func hostileBlog() fstest.MapFS {
	var body strings.Builder
	for i, text := range []string{hostile, hostileHTML} {
		target := hostileTarget
		fmt.Fprintf(&body, "# Heading %[1]s\n\nText %[1]s *emphasis %[1]s* **strong %[1]s** `code %[1]s`.\n\n"+
			"[link %[1]s](https://example.com/%[3]s \"title %[1]s\") <https://example.com/%[3]s> ![picture %[1]s](%[3]s.png)\n\n"+
			"[percent](https://example.com/%%1b%%5d52) [entity](https://example.com/&#x202e;&#xe0041;&#27;]52;c;x&#7;)\n\n"+
			"[script](javascript:alert) [hidden](java&#10;script:alert) <javascript:alert> <file:///etc/passwd> [file](FILE:///etc/passwd)\n\n"+
			"<a href=\"javascript:alert\">script</a> <a href=\"&#x202e;file:///etc/passwd\">file</a> ![picture](file:///etc/passwd) [data](data:text/html,x)\n\n"+
			"```%[1]s\ncode %[1]s\n```\n\n    indented %[1]s\n\n> quote %[1]s\n\n- item %[1]s\n\n1. item %[1]s\n\n"+
			"| %[1]s | b |\n|---|---|\n| cell %[1]s | d |\n\n<p title=\"%[1]s\">%[1]s</p>\n\n<!-- %[1]s -->\n\n[ref%[2]d]\n\nnote[^%[2]d]\n\n[^%[2]d]: foot %[1]s\n\n[ref%[2]d]: https://example.com/%[3]s \"%[1]s\"\n\n", text, i, target)
	}
	post := func(title string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.ReplaceAll("---\ntitle: "+title+"\nslug: "+title+"\ndescription: "+title+"\ntags: ["+title+"]\nauthor: "+title+
			"\nlang: "+title+"\nseries: "+title+"\ndate: 2026-01-02\n---\n", "\x00", "\\0") + body.String())}
	}
	toml := `"A\u001b]52;c;aGk=\u0007B\u009b31mC\u202eD\U000e0041E&#27;[31m"`
	return fstest.MapFS{
		"postern.toml": {Data: []byte("title = " + toml + "\ndescription = " + toml + "\n")},
		"quoted.md":    post(`"` + hostileYAML + `"`),
		"raw.md":       post(`"` + strings.NewReplacer("\x00", "", "\r", "", "\x9b", "").Replace(hostile) + `"`),
		"entities.md":  post(`"` + hostileHTML + `"`),
		"name\x1b]52;c;aGk=\x07\u202e\u009b31m.md": {Data: []byte("# " + hostile + "\n\n" + body.String())},
		"none.md": {Data: []byte(body.String())},
	}
}

// TestWire has all bytes of a session pass the parser, from the first frame through sleep, waking, sizes, a notice and the
// farewell, on terminals of every kind, in a blog that is hostile wherever it can be.
func TestWire(t *testing.T) {
	lib, err := content.Load(hostileBlog())
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range []string{"xterm-256color", "xterm-ghostty", "\x1b]0;x\x07"} {
		t.Run(printable(term, 0), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := open(t, func(c *Config) {
					blog := *c.Blog
					blog.Edition, blog.Pages = func() *content.Edition { return lib.At(time.Now()) }, page.NewCache(1<<20)
					c.Blog = &blog
				})
				posts := lib.At(time.Now()).Posts()
				if len(posts) < 4 {
					t.Fatalf("%d posts: %v", len(posts), lib.Problems())
				}
				r := h.readOn(term, hostile, 80, 24)
				for i := range posts {
					r.press("enter space space space")
					time.Sleep(time.Minute)
					r.resize(40+10*i, 20)
					for range 6 {
						r.press("space")
					}
					r.press("? ? h j")
				}
				direct := h.readOn(term, posts[0].Slug, 100, 30)
				direct.write("\x1b]52;c;aGk=\x07\x1b[200~" + hostile + "\x1b[201~")
				settle()
				h.stop()
				settle()
				direct.press("j")
				<-h.served
			})
		})
	}
}

// TestWireOfPipes: without a terminal nothing is sent but text, and on one no sequence but those of the list.
func TestWireOfPipes(t *testing.T) {
	lib, err := content.Load(hostileBlog())
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{
		"help", "version", hostile, "help " + hostile, "cat " + hostile, "'unclosed", strings.Repeat("\x1b", 70<<10),
		"ls", "ls --json", "ls --tag " + hostileTarget, "ls --since '" + hostileTarget + "'", "ls -n \x1b[31m", "ls --\x1b[31m", "ls -\u202e",
		"tags", "tags --json", "series", "random", "search a", "search --json b", "search '\x1b]52;c;x\x07' \u202e",
	}
	now := lib.At(today)
	for _, p := range now.Posts() {
		address := "'" + now.Address(p) + "'"
		for _, command := range []string{"cat ", "cat --width 20 ", "cat --raw ", "toc ", "links "} {
			lines = append(lines, command+address)
		}
	}
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) {
			blog := *c.Blog
			blog.Edition = func() *content.Edition { return lib.At(time.Now()) }
			c.Blog, c.Limits.ConnRate, c.Limits.ConnsPerAddr = &blog, 0, 0
		})
		for _, line := range append(lines, "") {
			c := h.start(hostile, line, "")
			c.code()
			for name, out := range map[string]string{"stdout": c.stdout.String(), "stderr": c.stderr.String()} {
				if err := violation([]byte(out), true); err != nil {
					t.Errorf("%.20q on %s: %v", line, name, err)
				}
			}
			if _, screens := command.CatTarget(now, line); line == "" || screens {
				continue
			}
			c = h.start(hostile, line, "xterm-256color")
			c.code()
			if err := violation([]byte(c.stdout.String()+c.stderr.String()), false); err != nil {
				t.Errorf("%.20q on a terminal: %v", line, err)
			}
		}
	})
}
