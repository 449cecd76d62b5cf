package tui

import "postern/sshapp/cell"

// The sidebar lists the headings beside the text of a post, on wide terminals. Since a terminal can't scroll the text without
// the sidebar, each heading is drawn again for a line scrolled, which takes some 300 bytes instead of 100.
const (
	minSidebarWidth = 120 // of the terminal
	sidebarColumns  = 28
	sidebarGap      = 4
)

// hasSidebar reports whether there is room for the sidebar.
func (e env) hasSidebar(measure int) bool {
	return e.width >= minSidebarWidth && e.width-measure-sidebarGap-sidebarColumns >= gutter
}

// withSidebar appends the sidebar to the lines of a post, which have their margins, if there is room: beside the widest of
// the post, or else beside the text of a screen that has nothing wider.
func withSidebar(e env, s layout, top int, lines []string) []string {
	headings := s.sidebar
	if len(headings) < 2 {
		return lines
	}
	_, margin := e.measure()
	left := margin + s.reach(e, 0, s.lines()) + sidebarGap
	if left+sidebarColumns > e.width {
		if s.reach(e, top, top+e.height) > s.width {
			return lines
		}
		left = margin + s.width + sidebarGap
	}
	current := s.heading(top)
	const from = 1 // the sidebar's first line on the screen
	first := 0
	if room := e.height - from; len(headings) > room {
		first = max(0, min(current-room/2, len(headings)-room))
	}
	for i := range min(len(headings)-first, e.height-from) {
		for len(lines) <= from+i {
			lines = append(lines, "")
		}
		n := first + i
		lines[from+i] += cell.Pad(lines[from+i], left) + sidebarLine(headings[n], n == current)
	}
	return lines
}

func sidebarLine(heading string, current bool) string {
	if current {
		return cursorMark + heading
	}
	return rowMark + cell.Faint(heading)
}
