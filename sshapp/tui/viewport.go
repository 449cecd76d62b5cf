package tui

import "postern/sshapp/page"

// A viewport is where a reader is in a post: a position in its text, which outlasts a change of width or of theme, and the
// line that it had on the page that it was taken from.
type viewport struct {
	at    page.Position
	line  int // of the sheet
	head  int // lines of that sheet above the page
	width int // of that page; 0 before the first move
	sum   [16]byte
}

// top returns the line at the top of the screen: the one that was kept or, on another page, the one that holds the same
// text.
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

// scrollTo brings a line to the top of the screen, or as near as the ends let it.
func (p *viewport) scrollTo(e env, s layout, line int) {
	p.line = min(max(line, 0), s.bottom(e))
	p.at, p.head, p.sum, p.width = s.page.At(p.line-len(s.head)), len(s.head), s.post.Sum, s.width
}

// reveal brings a line of the page onto the screen, with some lines above it, unless it is there.
func (p *viewport) reveal(e env, s layout, line int) {
	line += len(s.head)
	if top := p.top(e, s); line < top || line >= top+e.height {
		p.scrollTo(e, s, line-e.height/4)
	}
}
