package tui

// The contents stand beside the text where there is room for both. A terminal can't scroll the one and leave the other, so
// a line scrolled costs about a line for each heading there: some 1,200 bytes instead of 100.
const (
	sideFrom = 120 // columns of a terminal
	sideCols = 28
	sideGap  = 4
)

// hasSide reports whether there is room beside the text.
func (e env) hasSide(measure int) bool {
	return e.width >= sideFrom && e.width-measure-sideGap-sideCols >= 2
}

// withSidebar sets the contents to the right of a post's lines.
func withSidebar(e env, s layout, top int, lines []string) []string {
	measure, _ := e.measure()
	if !e.hasSide(measure) || len(s.page.Headings) < 2 {
		return lines
	}
	here := s.heading(top)
	headings := outline(s.page.Headings, sideCols-len(rowMark))
	const from = 1 // the line of the screen
	first := 0
	if room := e.height - from; len(headings) > room {
		first = max(0, min(here-room/2, len(headings)-room))
	}
	for i := range min(len(headings)-first, e.height-from) {
		for len(lines) <= from+i {
			lines = append(lines, "")
		}
		n := first + i
		lines[from+i] += pad(lines[from+i], measure+sideGap) + sidebarLine(headings[n], n == here)
	}
	return lines
}

func sidebarLine(heading string, here bool) string {
	if here {
		return cursorMark + heading
	}
	return rowMark + faint(heading)
}
