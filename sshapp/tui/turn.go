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
	next := s.nextPage(top, e.height)
	begin, head := s.begin(next, e.height)
	p.scrollTo(e, s, max(begin, top+1))
	p.turned = pageTurn{p.line, s.lines(), top, top + e.height, 0}
	row := p.line + len(head)
	if at, again := s.begin(row, e.height); at == p.line && !s.isBlank(row) { // as a rule; not at the end of the text
		p.turned.covered = len(again)
	}
}

// nextPage returns the line that goes on after a screen of a height. It is in the lower half of the screen, or just below; further up if
// something begins there that the next screen shows whole.
func (s layout) nextPage(top, height int) int {
	bottom := top + height
	next := bottom
	for next > top+height/2 && !s.mayTurn(next, height) {
		next--
	}
	if next <= top+height/2 {
		next = s.beginOf(bottom, next+1)
		if first, last, ok := s.whole(bottom, height); ok && first > top {
			next = s.beginOf(first, max(top, last-height)+1)
		}
	}
	for next < s.lines() && s.isBlank(next) {
		next++
	}
	return next
}

// turnUp turns to the page before, unless this is the first: it ends with the first line of this one.
func (p *post) turnUp(e env, s layout) {
	top := p.top(e, s)
	if top <= 0 {
		return
	}
	first := top + p.turnOf(s, top).covered
	begin, head := s.previousPage(first, e.height)
	p.scrollTo(e, s, min(begin, top-1))
	p.turned = pageTurn{p.line, s.lines(), first, first + e.height, len(head)}
}

// previousPage returns the line that a screen of a height begins with which goes on at a line, and the head of the table that is in the place
// of its first lines. It ends with that line, or with what that is the middle of. What would be cut, and can be shown whole, is left to
// the page before.
func (s layout) previousPage(next, height int) (begin int, head []string) {
	end := s.endOf(next, height)
	begin = max(end-height+1, 0)
	for at := begin; begin > 0 && at <= end-height/2; at++ {
		if b, h := s.begin(at, height); b >= begin && !s.isBlank(at) && s.mayTurn(at, height) {
			return b, h
		}
	}
	for at := begin; at <= end-height/2; at++ { // rather below a heading than in the middle of something
		if s.begins(at) {
			return at, nil
		}
	}
	first, last, ok := s.whole(begin, height)
	if !ok {
		return begin, nil
	}
	for last++; last < end && s.isBlank(last); {
		last++
	}
	if last < end {
		return last, nil
	}
	return s.beginOf(first, last-height), nil
}

// endOf returns the last line of what a screen that begins with a line is in the middle of, if a screen can show it from its beginning or
// its heading on; else the line below.
func (s layout) endOf(line, height int) int {
	if _, last, ok := s.whole(line, height); ok {
		return last
	}
	begin := s.beginOf(line, line-height)
	for end := line; end <= begin+height; end++ {
		if s.mayTurn(end, height) {
			return max(line, end-1)
		}
	}
	return line + 1 // a heading keeps two lines
}

// mayTurn reports whether a screen of a height may begin at a line: it parts nothing that such a screen can show whole.
func (s layout) mayTurn(line, height int) bool {
	_, _, ok := s.whole(line, height)
	return !ok && s.mayBreak(line)
}

// beginOf returns the line to begin with for what begins at a line to show: that of its heading, if it has one, but none above the line least.
func (s layout) beginOf(line, least int) int {
	least = max(least, 0)
	for at := line; at >= least; at-- {
		if s.mayBreak(at) {
			return at
		}
	}
	for least < line && !s.begins(least) { // of several headings those for which there is room
		least++
	}
	return least
}

// begins reports whether a block begins at a line.
func (s layout) begins(line int) bool {
	at, _ := s.page.Begin(line - len(s.head))
	return at == line-len(s.head) && !s.isBlank(line)
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

// isBlank reports whether nothing stands on a line of the layout.
func (s layout) isBlank(line int) bool {
	if at := line - len(s.head); at >= 0 && at < len(s.page.Lines) {
		return s.page.IsBlank(at)
	}
	return s.line(line) == ""
}

// whole returns the lines of what goes on at a line of the layout, as [page.Page.Whole] does.
func (s layout) whole(line, height int) (first, last int, ok bool) {
	first, last, ok = s.page.Whole(line-len(s.head), height)
	return first + len(s.head), last + len(s.head), ok
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
