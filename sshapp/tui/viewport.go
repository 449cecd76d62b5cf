package tui

import "postern/sshapp/page"

// A viewport is the part of a post that shows. It keeps a position in the text, which outlasts a change of width or theme, and
// the line of that position in the layout that it was taken from.
type viewport struct {
	at    page.Position
	line  int // of the layout, at the top of the screen
	head  int // lines of that layout above its page
	width int // of that page, in cells; 0 before the first scroll
	sum   [16]byte
}

// top returns the line at the top of the screen: the line that was kept or, in another layout, the line with the same text.
func (p *viewport) top(e env, s layout) int {
	line := p.line
	switch {
	case p.width == 0 || line < p.head:
	case p.sum != s.post.Sum || p.width != s.width:
		line = len(s.head) + s.page.Line(p.at)
	default:
		line += len(s.head) - p.head
	}
	return min(line, s.bottom(e))
}

// scrollTo puts a line at the top of the screen, or as near to it as the ends of the text allow.
func (p *viewport) scrollTo(e env, s layout, line int) {
	p.line = min(max(line, 0), s.bottom(e))
	p.at, p.head, p.sum, p.width = s.page.At(p.line-len(s.head)), len(s.head), s.post.Sum, s.width
}

// reveal scrolls to a line of the page, with some lines above it, unless it shows already.
func (p *viewport) reveal(e env, s layout, line int) {
	line += len(s.head)
	if top := p.top(e, s); line < top || line >= top+e.height {
		p.scrollTo(e, s, line-e.height/4)
	}
}
