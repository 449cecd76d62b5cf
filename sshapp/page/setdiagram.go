package page

import (
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/diagram"
	"postern/sshapp/page/document"
)

// diagram draws a block of code that describes a diagram, in the middle of the page. It reports false if it isn't understood
// and fits. As a formula does, it counts as many characters of text as its source has.
func (s *setter) diagram(b *document.Block) bool {
	if b.Language != "mermaid" {
		return false
	}
	lines, ok := s.draw(string(b.Text), diagram.Draw)
	if !ok {
		return false
	}
	s.block(DiagramBlock, b, strings.TrimRight(string(b.Text), "\n")+"\n", func() { s.drawing(b, lines, s.diagramLine) })
	return true
}

// draw draws what a source describes in the room of text or, if it doesn't fit, in all of the room.
func (s *setter) draw(source string, drawn func(source string, width int) ([]string, bool)) (lines []string, ok bool) {
	room := s.room()
	if lines, ok = drawn(source, room); ok {
		return lines, true
	}
	if wide := s.wideRoom(); wide > room {
		return drawn(source, wide)
	}
	if _, fits := drawn(source, maxWide); fits {
		s.page.narrow = true
	}
	return nil, false
}

func (s *setter) diagramLine(line string) []fragment {
	return []fragment{generated(line, s.theme.Text)}
}

// drawing sets lines that stand for the source of a block, in the middle of the page.
func (s *setter) drawing(b *document.Block, lines []string, paint func(line string) []fragment) {
	widest := 0
	for _, line := range lines {
		widest = max(widest, cell.Width(line))
	}
	indent := blanks(max(s.room()-widest, 0) / 2)
	stands := document.CountVisible(string(b.Text))
	for _, line := range lines {
		row := append([]fragment{indent}, paint(line)...)
		if strings.TrimSpace(line) != "" { // it shows
			row[1].stands = stands
			stands = 0
		}
		s.line(row...)
	}
}
