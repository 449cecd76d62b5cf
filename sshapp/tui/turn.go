package tui

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/turn"
)

// A pageTurn is what a turn of the page has left on the screen, until the next scroll.
type pageTurn struct {
	top, lines int // the line at the top of the screen, and how many there were in all: it is of no other layout
	from, to   int // the lines that were on the screen before
	covered    int // lines at the top in whose place the head of a table stands
}

// turnDown turns to the next page, unless this is the last. Its first line is one where the text may be parted; a line of the
// last screen comes again above it.
func (p *post) turnDown(e env, s layout) {
	top := p.top(e, s)
	if top >= s.bottom(e) {
		return
	}
	turns := s.turns()
	next := turns.Next(top, e.height)
	begin, head := turns.Begin(next, e.height)
	p.scrollTo(e, s, max(begin, top+1))
	p.turned = pageTurn{p.line, s.lines(), top, top + e.height, 0}
	row := p.line + len(head)
	if at, again := turns.Begin(row, e.height); at == p.line && !turns.IsBlank(row) { // as a rule; not at the end of the text
		p.turned.covered = len(again)
	}
}

// turnUp turns to the page before, unless this is the first: it ends with the first line of this one.
func (p *post) turnUp(e env, s layout) {
	top := p.top(e, s)
	if top <= 0 {
		return
	}
	first := top + p.turnOf(s, top).covered
	begin, head := s.turns().Previous(first, e.height)
	p.scrollTo(e, s, min(begin, top-1))
	p.turned = pageTurn{p.line, s.lines(), first, first + e.height, len(head)}
}

// turnOf returns the turn of the page after which the screen has not been scrolled; the zero pageTurn if there was none.
func (v *viewport) turnOf(s layout, top int) pageTurn {
	if v.turned.top != top || v.turned.lines != s.lines() {
		return pageTurn{}
	}
	return v.turned
}

// turns returns the layout as a text whose pages are turned.
func (s layout) turns() turn.Text {
	return turn.Text{Page: s.page, Above: len(s.head), Lines: s.lines(), Blank: func(line int) bool { return s.line(line) == "" }}
}

// turnMark stands in the margin of the lines that were on the screen before the page was turned.
const turnMark = "┊"

// markTurn marks the lines of a window that were on the screen before, and has the head of a table in the place of those that it
// covers. The lines have their margins.
func (p *post) markTurn(e env, s layout, top int, lines []string) {
	t := p.turnOf(s, top)
	if t.covered > 0 {
		_, head := s.turns().Begin(top+t.covered, e.height)
		copy(lines, s.indent(e, top, slices.Clone(head)))
	}
	for i := max(t.from-top, t.covered); i < min(t.to-top, len(lines)); i++ {
		if left := s.left(e, top+i) - len(rowMark); left >= 0 {
			lines[i] = strings.Repeat(" ", left) + cell.Faint(turnMark) + " " + strings.TrimPrefix(lines[i], strings.Repeat(" ", left+len(rowMark)))
		}
	}
}
