package tui

import "postern/sshapp/lineedit"

// prompt returns a label, the end of the line that is typed, and a cursor that doesn't blink, in at most n cells.
func prompt(label string, l *lineedit.Line, n int) string {
	return bold(label) + l.Tail(max(0, n-width(label)-1), width) + reverse(" ")
}
