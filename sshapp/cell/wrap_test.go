package cell

import (
	"slices"
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

// TestWrapLongWords breaks words behind a hyphen or a slash, if their line isn't short then.
func TestWrapLongWords(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"a some-long-identifier", []string{"a", "some-long-", "identifier"}},
		{"a.bc/some/thing.png", []string{"a.bc/some/", "thing.png"}},
		{"http://abc-de-f", []string{"http://abc-d", "e-f"}},
		{"x-abcdefghijklmnop", []string{"x-abcdefghij", "klmnop"}},
	} {
		if got := Wrap(tt.text, 12); !slices.Equal(got, tt.want) {
			t.Errorf("%q is broken into %q, want %q", tt.text, got, tt.want)
		}
	}
}
