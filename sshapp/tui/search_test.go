package tui

import (
	"strings"
	"testing"

	"postern/sshapp/cell"
	"postern/sshapp/lineedit"
)

func TestPromptFits(t *testing.T) {
	for _, unit := range []string{"x", "漢", "👨‍👩‍👧‍👦", "e\u0301"} {
		l := lineedit.Line{Text: strings.Repeat(unit, 50)}
		for n := range 60 {
			if w := cell.LineWidth(prompt("/", &l, n)); w > max(n, 2) {
				t.Errorf("in %d cells the prompt has %d", n, w)
			}
		}
	}
}
