package tui

import "postern/sshapp/page"

// A viewport is the part of a post that shows. It keeps a position in the text, which stays valid when the width, the theme or
// the text changes, and the line that this position had in the layout at the last scroll.
type viewport struct {
	position page.Position
	line     int // of that layout, at the top of the screen
	head     int // how many lines that layout had above its page
	width    int // of that page, in cells; 0 before the first scroll
	room     page.Room
	sum      [16]byte // of the post then
	lang     string   // of the post then
	turned   pageTurn
}

// top returns the line at the top of the screen: the line of the last scroll or, in another layout, the line with the same
// text.
func (p *viewport) top(e env, s layout) int {
	line := p.line
	switch {
	case p.width == 0 || line < p.head:
	case p.sum != s.post.Sum || p.lang != s.post.Language || p.width != s.width || p.room != s.room:
		line = len(s.head) + s.page.Line(p.position)
	default:
		line += len(s.head) - p.head
	}
	return min(line, s.bottom(e))
}

// scrollTo puts a line at the top of the screen, or as near to it as the ends of the text allow.
func (p *viewport) scrollTo(e env, s layout, line int) {
	p.line = min(max(line, 0), s.bottom(e))
	p.turned = pageTurn{}
	p.position, p.head = s.page.At(p.line-len(s.head)), len(s.head)
	p.sum, p.lang, p.width, p.room = s.post.Sum, s.post.Language, s.width, s.room
}

// reveal scrolls to a line of the page, with a quarter of the screen above it, unless the line shows already.
func (p *viewport) reveal(e env, s layout, line int) {
	line += len(s.head)
	if top := p.top(e, s); line < top || line >= top+e.height {
		p.scrollTo(e, s, line-e.height/4)
	}
}
