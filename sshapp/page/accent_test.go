package page

import (
	"strings"
	"testing"
)

// An accent is the colour of headings and links, where there are colours at all, and counts for what a terminal must show.
func TestAccented(t *testing.T) {
	text := post("# One\n\n[link](https://example.com) and `code`\n\n- item\n")
	for accent, c := range map[string]struct {
		sgr    string
		colors int
	}{"5": {"35", 16}, "12": {"94", 16}, "208": {"38;5;208", 256}, "#ff8700": {"38;2;255;135;0", 1 << 24}} {
		theme, err := Terminal().Accented(accent)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Join(New(text, 76, theme).Lines, "\n")
		if n := strings.Count(lines, c.sgr); n < 3 {
			t.Errorf("%s is there %d times:\n%q", accent, n, lines)
		}
		if strings.Contains(lines, "\x1b[36") {
			t.Errorf("%s: there is cyan left:\n%q", accent, lines)
		}
		if theme.Colors != c.colors || theme.For(c.colors) != theme || theme.For(c.colors-1) == theme {
			t.Errorf("%s wants %d colors", accent, theme.Colors)
		}
	}
	if strings.Contains(strings.Join(New(text, 76, Terminal()).Lines, "\n"), "\x1b[35") {
		t.Error("the theme itself has changed")
	}
	if theme, err := None().Accented("5"); err != nil || theme != None() {
		t.Errorf("without colors: %v, %v", theme, err)
	}
	if _, err := Terminal().Accented("mauve"); err == nil {
		t.Error("mauve is taken for a color")
	}
}
