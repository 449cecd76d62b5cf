package tui

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
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
	bottom := top + e.height
	next := bottom
	for next > top+e.height/2 && !s.mayBreak(next) {
		next--
	}
	if next <= top+e.height/2 {
		next = bottom
	}
	for next < s.lines() && s.line(next) == "" {
		next++
	}
	begin, head := s.begin(next, e.height)
	p.scrollTo(e, s, max(begin, top+1))
	p.turned = pageTurn{p.line, s.lines(), top, bottom, 0}
	if at, again := s.begin(p.line+len(head), e.height); at == p.line { // as a rule; not at the end of the text
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
	least := max(first-e.height+1, 0)
	begin, head := least, []string(nil)
	for at := least; least > 0 && at <= first-e.height/2; at++ {
		if b, h := s.begin(at, e.height); b >= least && s.line(at) != "" && s.mayBreak(at) {
			begin, head = b, h
			break
		}
	}
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

// mayBreak reports whether a screen may begin at a line of the layout.
func (s layout) mayBreak(line int) bool {
	line -= len(s.head)
	return line < 0 || line >= len(s.page.Lines) || s.page.MayBreak(line)
}

// begin returns the line that a screen of a height begins with to go on at a line of the layout, and the head of the table that
// it is in, for which that leaves room.
func (s layout) begin(line, height int) (begin int, head []string) {
	at := line - len(s.head)
	if at <= 0 || at >= len(s.page.Lines) {
		return line, nil
	}
	at, head = s.page.Begin(at)
	if len(head) > height/3 {
		return line - 1, nil
	}
	return len(s.head) + at, head
}

// turnMark stands in the margin of the lines that were on the screen before the page was turned.
const turnMark = "┊"

// markTurn marks the lines of a window that were on the screen before, and has the head of a table in the place of those that it
// covers. The lines have their margins.
func (p *post) markTurn(e env, s layout, top int, lines []string) {
	t := p.turnOf(s, top)
	if t.covered > 0 {
		_, head := s.begin(top+t.covered, e.height)
		copy(lines, s.indent(e, top, slices.Clone(head)))
	}
	for i := max(t.from-top, t.covered); i < min(t.to-top, len(lines)); i++ {
		if left := s.left(e, top+i) - len(rowMark); left >= 0 {
			lines[i] = strings.Repeat(" ", left) + cell.Faint(turnMark) + " " + strings.TrimPrefix(lines[i], strings.Repeat(" ", left+len(rowMark)))
		}
	}
}
