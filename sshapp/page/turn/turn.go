// Package turn says where the screens of a text begin that is read by turning pages: what a screen can show whole is not cut, a heading
// stays with what follows, and what goes on has a line of what was before above it.
package turn

import "postern/sshapp/page"

// A Text is a page with lines above and below it. Its lines are counted from 0 over all of them.
type Text struct {
	Page  *page.Page
	Above int                 // lines
	Lines int                 // in all
	Blank func(line int) bool // reports whether a line above or below the page is blank
}

// Next returns the line that goes on after a screen of a height. It is in the lower half of the screen, or just below; further up if
// something begins there that the next screen shows whole.
func (t Text) Next(top, height int) int {
	bottom := top + height
	next := bottom
	for next > top+height/2 && !t.mayTurn(next, height) {
		next--
	}
	if next <= top+height/2 {
		next = t.beginOf(bottom, next+1)
		if first, last, ok := t.whole(bottom, height); ok && first > top {
			next = t.beginOf(first, max(top, last-height)+1)
		}
	}
	for next < t.Lines && t.IsBlank(next) {
		next++
	}
	return next
}

// Previous returns the line that a screen of a height begins with which goes on at a line, and the head of the table that is in the place
// of its first lines. It ends with that line, or with what that is the middle of. What would be cut, and can be shown whole, is left to
// the page before.
func (t Text) Previous(next, height int) (begin int, head []string) {
	end := t.endOf(next, height)
	begin = max(end-height+1, 0)
	for at := begin; begin > 0 && at <= end-height/2; at++ {
		if b, h := t.Begin(at, height); b >= begin && !t.IsBlank(at) && t.mayTurn(at, height) {
			return b, h
		}
	}
	for at := begin; at <= end-height/2; at++ { // rather below a heading than in the middle of something
		if t.begins(at) {
			return at, nil
		}
	}
	first, last, ok := t.whole(begin, height)
	if !ok {
		return begin, nil
	}
	for last++; last < end && t.IsBlank(last); {
		last++
	}
	if last < end {
		return last, nil
	}
	return t.beginOf(first, last-height), nil
}

// endOf returns the last line of what a screen that begins with a line is in the middle of, if a screen can show it from its beginning or
// its heading on; else the line below.
func (t Text) endOf(line, height int) int {
	if _, last, ok := t.whole(line, height); ok {
		return last
	}
	begin := t.beginOf(line, line-height)
	for end := line; end <= begin+height; end++ {
		if t.mayTurn(end, height) {
			return max(line, end-1)
		}
	}
	return line + 1 // a heading keeps two lines
}

// mayTurn reports whether a screen of a height may begin at a line: it parts nothing that such a screen can show whole.
func (t Text) mayTurn(line, height int) bool {
	_, _, ok := t.whole(line, height)
	return !ok && t.mayBreak(line)
}

// beginOf returns the line to begin with for what begins at a line to show: that of its heading, if it has one, but none above the line least.
func (t Text) beginOf(line, least int) int {
	least = max(least, 0)
	for at := line; at >= least; at-- {
		if t.mayBreak(at) {
			return at
		}
	}
	for least < line && !t.begins(least) { // of several headings those for which there is room
		least++
	}
	return least
}

// begins reports whether a block begins at a line.
func (t Text) begins(line int) bool {
	at, _ := t.Page.Begin(line - t.Above)
	return at == line-t.Above && !t.IsBlank(line)
}

// mayBreak reports whether a screen may begin at a line of the text.
func (t Text) mayBreak(line int) bool {
	line -= t.Above
	return line < 0 || line >= len(t.Page.Lines) || t.Page.MayBreak(line)
}

// IsBlank reports whether nothing stands on a line of the text.
func (t Text) IsBlank(line int) bool {
	if at := line - t.Above; at >= 0 && at < len(t.Page.Lines) {
		return t.Page.IsBlank(at)
	}
	return t.Blank(line)
}

// whole returns the lines of what goes on at a line of the text, as [page.Page.Whole] does.
func (t Text) whole(line, height int) (first, last int, ok bool) {
	first, last, ok = t.Page.Whole(line-t.Above, height)
	return first + t.Above, last + t.Above, ok
}

// Begin returns the line that a screen of a height begins with to go on at a line of the text, and the head of the table that
// it is in, for which that leaves room.
func (t Text) Begin(line, height int) (begin int, head []string) {
	at := line - t.Above
	if at <= 0 || at >= len(t.Page.Lines) {
		return line, nil
	}
	at, head = t.Page.Begin(at)
	if len(head) > height/3 {
		return line - 1, nil
	}
	return t.Above + at, head
}
