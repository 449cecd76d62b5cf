package linear

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A view is what the reader is reading: a list, a post, the headings of a post. It keeps which parts were printed last, as
// names and positions, but neither text nor pages.
type view interface {
	name(env) string                           // printed when the reader comes back
	prompt(env) string                         // without the colon
	atEnd(env) string                          // printed when the reader goes on at the end
	position(env) string                       // printed when the reader asks for it
	parts(env) parts                           // all that there is to print
	printed(env) (from, next int)              // the parts that were printed last are from ≤ i < next
	setPrinted(e env, p parts, from, next int) // sets what printed returns
	choose(s *Session, n int) []string         // goes to what has number n
	transient() bool                           // it closes at the next command that isn't about it
}

// A parts is the text of a view in its parts: the rows of a list, or the lines of a post.
type parts struct {
	count int
	lines func(i int) []string // returns the lines of part i
	key   func(i int) string   // identifies row i, counted from 0, in a numberedSpan; nil for other views
}

// screenful returns the lines of the parts, at least one, that fit into room lines, and the index of the next part. If not all
// fit, it ends at the last blank line, provided that this is in the last third of the screenful.
func (p parts) screenful(from, room int) (lines []string, next int) {
	pause, after := 0, 0
	for next = from; next < p.count; next++ {
		part := p.lines(next)
		blank := len(part) == 1 && part[0] == ""
		if blank && len(lines) == 0 {
			continue
		}
		if len(lines)+len(part) > room {
			break
		}
		if blank {
			pause, after = len(lines), next+1
		}
		lines = append(lines, part...)
	}
	switch {
	case len(lines) == 0 && next < p.count: // one part is more than fits
		part := p.lines(next)
		return part[:min(len(part), max(room, maxPartLines))], next + 1
	case next < p.count && 3*pause >= 2*room:
		return lines[:pause], after
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines, next
}

// maxPartLines is how many lines of a part are printed if it doesn't fit. A title may be of any length, and is printed whole
// when its post is opened.
const maxPartLines = 20

// before returns the part with which the screenful begins that ends before the part from.
func (p parts) before(from, room int) int {
	from = min(from, p.count) // there may be fewer parts than there were
	for n := 0; from > 0; from-- {
		if n += len(p.lines(from - 1)); n > room {
			break
		}
	}
	return from
}

// sentence ends a text with a full stop, unless it ends with a stop, such as that of an abbreviation.
func sentence(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".!?…。", last) {
		return text
	}
	return text + "."
}

// A span keeps which parts were printed last.
type span struct{ from, next, total int }

func (s *span) printed(env) (from, next int) { return s.from, s.next }

// remaining returns a prompt that tells how many parts are left.
func (s *span) remaining(e env, name string) string {
	if left := s.total - s.next; left > 0 {
		return e.Words().Say("%s, %d more", name, left)
	}
	return name
}

// rangeOf says which rows were printed last. The first head parts are not rows.
func (s *span) rangeOf(e env, name string, head int) string {
	if s.total <= head {
		return sentence(name)
	}
	return e.Words().Say("%s, %d to %d of %d.", name, max(s.from-head, 0)+1, s.next-head, s.total-head)
}

// A numberedSpan is a span of numbered rows. The first part is a heading, and has no number. The blog may change after a number
// was printed, so the keys of rows tell which row it meant.
type numberedSpan struct {
	span
	first int      // the index of the row of keys[0]
	keys  []string // of the rows that were printed last
}

// maxKeys is for how many rows the keys are kept: some screenfuls, since a list may have 10,000 rows.
const maxKeys = 256

func (r *numberedSpan) setPrinted(_ env, p parts, from, next int) {
	r.span = span{from, next, p.count}
	end := next - 1
	if begin := end - maxKeys; begin > r.first {
		r.keys = slices.Clone(r.keys[min(begin-r.first, len(r.keys)):])
		r.first = begin
	}
	for i := r.first + len(r.keys); i < end; i++ {
		r.keys = append(r.keys, p.key(i))
	}
}

// index returns the index of the row that had number n when the number was printed; false if there is no such row now.
func (r *numberedSpan) index(p parts, n int) (i int, ok bool) {
	i = n - 1
	last := r.first + len(r.keys)
	if i < 0 || i >= max(p.count-1, last) {
		return 0, false
	}
	if i < r.first || i >= last {
		return i, i < p.count-1
	}
	key := r.keys[i-r.first]
	if i < p.count-1 && p.key(i) == key {
		return i, true
	}
	for j := range p.count - 1 {
		if p.key(j) == key {
			return j, true
		}
	}
	return 0, false
}
