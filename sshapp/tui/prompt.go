package tui

import "postern/sshapp/lineedit"

// prompt shows a line that is typed behind a label, in at most n cells: its end, and a cursor that doesn't blink.
func prompt(label string, l *lineedit.Line, n int) string {
	return bold(label) + l.Tail(max(0, n-width(label)-1), width) + reverse(" ")
}
