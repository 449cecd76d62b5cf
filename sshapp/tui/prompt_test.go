package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestPromptIsBounded: what is pasted is cut at a character's end, whatever it is made of, and is taken back by characters.
func TestPromptIsBounded(t *testing.T) {
	for _, unit := range []string{"x", "漢", "👨‍👩‍👧‍👦", "e\u0301"} {
		var p prompt
		p.take(tea.PasteMsg{Content: strings.Repeat(unit, 5000) + "\n\x1b[2J"})
		most := maxTyped / len(unit)
		if p.text != strings.Repeat(unit, most) {
			t.Errorf("of many %q the prompt keeps %q", unit, p.text)
		}
		if p.take(tea.KeyPressMsg{Code: tea.KeyBackspace}); p.text != strings.Repeat(unit, most-1) {
			t.Errorf("backspace leaves %q", p.text)
		}
		for n := range 60 {
			if w := width(p.line("/", n)); w > max(n, 2) {
				t.Errorf("in %d cells the prompt has %d", n, w)
			}
		}
	}
	var p prompt
	p.take(tea.PasteMsg{Content: "a\nb\x1b[2J\x9bc"})
	if strings.ContainsAny(p.text, "\n\x1b\u009b") {
		t.Errorf("the prompt holds %q", p.text)
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

func TestFinds(t *testing.T) {
	lines := []string{"A \x1b[1mCafé\x1b[m, and a warm", "  corner. cafe\u0301 CAFE", "漢字"}
	for _, tt := range []struct {
		text string
		want []find
	}{
		{"cafe", []find{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"CAFE", []find{{{1, 17, 21}}}},
		{"café", []find{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"warm corner", []find{{{0, 15, 19}, {1, 2, 8}}}},
		{"字", []find{{{2, 3, 6}}}},
		{" ", nil},
		{"nowhere", nil},
	} {
		got := finds(lines, tt.text)
		if len(got) != len(tt.want) {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
			continue
		}
		for i := range got {
			if len(got[i]) != len(tt.want[i]) || got[i][0] != tt.want[i][0] || got[i][len(got[i])-1] != tt.want[i][len(got[i])-1] {
				t.Errorf("%q: %v, want %v", tt.text, got[i], tt.want[i])
			}
		}
	}
}
