package lineedit

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestLineIsBounded: pasted text is cut between grapheme clusters, and backspace removes one of them.
func TestLineIsBounded(t *testing.T) {
	for _, unit := range []string{"x", "漢", "👨‍👩‍👧‍👦", "e\u0301"} {
		var l Line
		l.Edit(tea.PasteMsg{Content: strings.Repeat(unit, 5000) + "\n\x1b[2J"})
		most := maxBytes / len(unit)
		if l.Text != strings.Repeat(unit, most) {
			t.Errorf("of many %q the line keeps %q", unit, l.Text)
		}
		if l.Edit(tea.KeyPressMsg{Code: tea.KeyBackspace}); l.Text != strings.Repeat(unit, most-1) {
			t.Errorf("backspace leaves %q", l.Text)
		}
		for n := range 60 {
			if w := ansi.StringWidthWc(l.Tail(n, ansi.StringWidthWc)); w > n {
				t.Errorf("in %d cells the line has %d", n, w)
			}
		}
	}
	var l Line
	l.Edit(tea.PasteMsg{Content: "a\nb\x1b[2J\x9bc"})
	if strings.ContainsAny(l.Text, "\n\x1b\u009b") {
		t.Errorf("the line holds %q", l.Text)
	}
}
