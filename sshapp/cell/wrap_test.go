package cell

import (
	"strings"
	"testing"
)

func TestWrapKeepsWords(t *testing.T) {
	for _, s := range []string{"", "a", "a b  c", strings.Repeat("long", 30), "漢字かな交じり文 and words e\u0301e\u0301e\u0301e\u0301", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦 x"} {
		for n := 1; n < 40; n++ {
			lines := Wrap(s, n)
			if got := strings.Join(strings.Fields(strings.Join(lines, "")), ""); got != strings.Join(strings.Fields(s), "") {
				t.Errorf("in %d cells %q becomes %q", n, s, lines)
			}
			for _, l := range lines {
				if n >= 8 && LineWidth(l) > n { // a family of four is eight cells
					t.Errorf("in %d cells: %q", n, l)
				}
			}
		}
	}
}
