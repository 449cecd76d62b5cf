package tui

import (
	"postern/sshapp/cell"
	"postern/sshapp/lineedit"
)

// prompt returns a label, the end of the line that is typed, and a cursor that doesn't blink, in at most n cells.
func prompt(label string, l *lineedit.Line, n int) string {
	return cell.Bold(label) + l.Tail(max(0, n-cell.LineWidth(label)-1), cell.LineWidth) + cell.Reverse(" ")
}
