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
	lines, ok := diagram.Draw(string(b.Text), s.room())
	if !ok {
		return false
	}
	widest := 0
	for _, line := range lines {
		widest = max(widest, cell.Width(line))
	}
	s.block(DiagramBlock, b, strings.TrimRight(string(b.Text), "\n")+"\n", func() { s.drawing(b, lines, widest) })
	return true
}

// drawing sets lines that stand for the source of a block, in the middle of the page.
func (s *setter) drawing(b *document.Block, lines []string, width int) {
	indent := blanks((s.room() - width) / 2)
	stands := document.CountVisible(string(b.Text))
	for _, line := range lines {
		s.line(indent, fragment{text: line, style: s.theme.Text, generated: true, stands: stands})
		stands = 0
	}
}
