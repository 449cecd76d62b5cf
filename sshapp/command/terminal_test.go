package command_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/page/theme"
)

// TestTerminal: columns are aligned and cut to the terminal's width, and posts have the blog's theme.
func TestTerminal(t *testing.T) {
	c := newCaller(t, kitchen())
	c.onTerminal(34)
	_, stdout, _ := c.run("ls --tag food")
	if want := "\x1b[2m2026-11-20\x1b[m  bread  On bread\n\x1b[2m2026-10-02\x1b[m  soup   Soup & more\n"; stdout != want {
		t.Errorf("ls: %q", stdout)
	}
	_, stdout, _ = c.run("search water")
	if want := "bread  \x1b[2m0\x1b[m  Flour and \x1b[1mwater\x1b[m.\nsoup   \x1b[2m8\x1b[m  Boil \x1b[1mwater\x1b[m.\n"; stdout != want {
		t.Errorf("search: %q", stdout)
	}
	_, stdout, _ = c.run("cat bread soup")
	if !strings.HasPrefix(stdout, "\x1b[1mOn bread\x1b[m\n") || !strings.Contains(stdout, "\x1b]8;;https://example.org/") {
		t.Errorf("cat: %q", stdout)
	}
	for l := range strings.SplitSeq(stdout, "\n") {
		if n := cells(l); n > 34 {
			t.Errorf("%d columns: %q", n, l)
		}
	}
}

// TestTerminalOfNoSize: a terminal that has not told its size gets lines of the default width.
func TestTerminalOfNoSize(t *testing.T) {
	c := newCaller(t, kitchen())
	_, piped, _ := c.run("cat bread")
	c.onTerminal(0)
	_, stdout, _ := c.run("cat bread")
	if got := len(strings.Split(stdout, "\n")); got != len(strings.Split(piped, "\n")) {
		t.Errorf("%d lines: %q", got, stdout)
	}
}

// TestColor: with --color a pipe gets colours, and no other escape sequences.
func TestColor(t *testing.T) {
	c := newCaller(t, kitchen())
	c.call.Blog.Theme = func() *theme.Theme { return theme.Lookup("dark") }
	_, stdout, _ := c.run("cat --color bread")
	if !strings.Contains(stdout, "\x1b[38;2;") && !strings.Contains(stdout, ";38;2;") || strings.Contains(stdout, "\x1b]") {
		t.Errorf("it says %q", stdout)
	}
	if _, plain, _ := c.run("cat bread"); strings.TrimSpace(stripped(stdout)) != strings.TrimSpace(plain) {
		t.Errorf("its text is %q, and without colour %q", stripped(stdout), plain)
	}
	c.onTerminal(80)
	c.call.Terminal.Colors = 1 << 24
	if _, stdout, _ = c.run("cat bread"); strings.Contains(stdout, "38;") || !strings.Contains(stdout, "\x1b[") {
		t.Errorf("on a terminal's own background: %q", stdout)
	}
	c.call.Terminal.Colors = 16
	if _, stdout, _ = c.run("cat bread"); strings.Contains(stdout, "38;") {
		t.Errorf("with 16 colours: %q", stdout)
	}
	c.call.Terminal.Colors = 0
	if _, stdout, _ = c.run("cat bread"); strings.Contains(stdout, "\x1b[3") {
		t.Errorf("without colours: %q", stdout)
	}
}

// cells returns the width of a line on a terminal.
func cells(s string) int { return ansi.StringWidth(s) }

// stripped returns a text without escape sequences.
func stripped(s string) string { return ansi.Strip(s) }

// TestHangingMarks: no line is wider than it was asked to be, with the marks that hang behind Japanese text.
func TestHangingMarks(t *testing.T) {
	c := newCaller(t, fstest.MapFS{"a.md": {Data: []byte("---\ntitle: A\ndate: 2026-01-01\n---\n" + strings.Repeat("一二三、四五六七八九十。", 20))}})
	for width := 20; width <= 60; width++ {
		_, stdout, _ := c.run(fmt.Sprintf("cat --color --width %d a", width))
		for l := range strings.SplitSeq(stdout, "\n") {
			if n := cells(l); n > width {
				t.Errorf("%d columns of %d: %q", n, width, l)
			}
		}
	}
}
