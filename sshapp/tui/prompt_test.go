package tui

import (
	"strings"
	"testing"

	"postern/sshapp/lineedit"
)

func TestPromptFits(t *testing.T) {
	for _, unit := range []string{"x", "漢", "👨‍👩‍👧‍👦", "e\u0301"} {
		l := lineedit.Line{Text: strings.Repeat(unit, 50)}
		for n := range 60 {
			if w := width(prompt("/", &l, n)); w > max(n, 2) {
				t.Errorf("in %d cells the prompt has %d", n, w)
			}
		}
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
