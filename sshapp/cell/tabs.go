package cell

import "strings"

// TabStop is how many cells there are from one tab stop to the next.
const TabStop = 4

// ExpandTabs returns a line with blanks up to the next stop for each tab. The line begins at a column, from 0.
func ExpandTabs(line string, column int) string {
	before, rest, found := strings.Cut(line, "\t")
	if !found {
		return line
	}
	var b strings.Builder
	for ; found; before, rest, found = strings.Cut(rest, "\t") {
		column += Width(before)
		n := TabStop - column%TabStop
		b.WriteString(before)
		b.WriteString(strings.Repeat(" ", n))
		column += n
	}
	return b.String() + before
}
