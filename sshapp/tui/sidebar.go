package tui

import "postern/sshapp/cell"

// The sidebar lists the headings beside the text of a post, on wide terminals. A terminal can't scroll one and leave the
// other, so to scroll one line takes about a line for each heading: some 1,200 bytes instead of 100.
const (
	sideFrom = 120 // the least width of a terminal with a sidebar, in cells
	sideCols = 28
	sideGap  = 4
)

// hasSide reports whether there is room for the sidebar.
func (e env) hasSide(measure int) bool {
	return e.width >= sideFrom && e.width-measure-sideGap-sideCols >= 2
}

// withSidebar appends the sidebar to the lines of a post, if there is room.
func withSidebar(e env, s layout, top int, lines []string) []string {
	measure, _ := e.measure()
	if !e.hasSide(measure) || len(s.page.Headings) < 2 {
		return lines
	}
	here := s.heading(top)
	headings := outline(s.page.Headings, sideCols-len(rowMark))
	const from = 1 // its first line on the screen
	first := 0
	if room := e.height - from; len(headings) > room {
		first = max(0, min(here-room/2, len(headings)-room))
	}
	for i := range min(len(headings)-first, e.height-from) {
		for len(lines) <= from+i {
			lines = append(lines, "")
		}
		n := first + i
		lines[from+i] += cell.Pad(lines[from+i], measure+sideGap) + sidebarLine(headings[n], n == here)
	}
	return lines
}

func sidebarLine(heading string, here bool) string {
	if here {
		return cursorMark + heading
	}
	return rowMark + cell.Faint(heading)
}
