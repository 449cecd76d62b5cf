package cell

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// FuzzLineWidth compares LineWidth with the general decoder, and checks that no line has more cells than bytes, on which Cut relies.
func FuzzLineWidth(f *testing.F) {
	for _, s := range []string{
		"", "plain", "\x1b[1mbold\x1b[m – é", "漢字\u0301", "👩🏽‍🚀", "\u00a0\u200d", "\u009b31mred", "\x9b31mred", "a\x1b]8;;x\x07link", "\x1b[38;5;", "\xe2\x80", "\t",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := ansi.StringWidthWc(s)
		if got := LineWidth(s); got != want {
			t.Errorf("%q has %d cells, want %d", s, got, want)
		}
		if want > len(s) {
			t.Errorf("%q has %d cells in %d bytes", s, want, len(s))
		}
	})
}
