package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestPromptIsBounded: what is pasted is cut at a character's end, whatever it is made of, and is taken back by characters.
func TestPromptIsBounded(t *testing.T) {
	for _, unit := range []string{"x", "漢", "👨‍👩‍👧‍👦", "e\u0301"} {
		var p Prompt
		p.Take(tea.PasteMsg{Content: strings.Repeat(unit, 5000) + "\n\x1b[2J"})
		most := maxTyped / len(unit)
		if p.Text != strings.Repeat(unit, most) {
			t.Errorf("of many %q the prompt keeps %q", unit, p.Text)
		}
		if p.Take(tea.KeyPressMsg{Code: tea.KeyBackspace}); p.Text != strings.Repeat(unit, most-1) {
			t.Errorf("backspace leaves %q", p.Text)
		}
		for n := range 60 {
			if w := width(p.line("/", n)); w > max(n, 2) {
				t.Errorf("in %d cells the prompt has %d", n, w)
			}
		}
	}
	var p Prompt
	p.Take(tea.PasteMsg{Content: "a\nb\x1b[2J\x9bc"})
	if strings.ContainsAny(p.Text, "\n\x1b\u009b") {
		t.Errorf("the prompt holds %q", p.Text)
	}
}

func TestWrapKeepsWords(t *testing.T) {
	for _, s := range []string{"", "a", "a b  c", strings.Repeat("long", 30), "漢字かな交じり文 and words e\u0301e\u0301e\u0301e\u0301", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦 x"} {
		for n := 1; n < 40; n++ {
			lines := wrap(s, n)
			if got := strings.Join(strings.Fields(strings.Join(lines, "")), ""); got != strings.Join(strings.Fields(s), "") {
				t.Errorf("in %d cells %q becomes %q", n, s, lines)
			}
			for _, l := range lines {
				if n >= 8 && width(l) > n { // a family of four is eight cells
					t.Errorf("in %d cells: %q", n, l)
				}
			}
		}
	}
}
