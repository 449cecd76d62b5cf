package linear

import (
	"fmt"
	"slices"
)

// A place is where a reader is: a list, a post, the headings of a post. It keeps which parts were said last, as names and
// positions, but neither text nor pages.
type place interface {
	name(env) string                           // said when the reader comes back
	prompt() string                            // without the colon
	atEnd(env) string                          // said when the reader goes on at the end
	where(env) string                          // answers the question where the reader is
	speech(env) speech                         // all that there is to say
	spoken(env) (from, next int)               // the parts that were said last are from ≤ i < next
	setSpoken(e env, s speech, from, next int) // sets what spoken returns
	choose(t *Talk, n int) []string            // goes to what has number n
	transient() bool                           // it is left as soon as something else is asked for
}

// A speech is what a place has to say now, in parts: the rows of a list, the lines of a post.
type speech struct {
	parts int
	part  func(i int) []string // returns the lines of part i
	key   func(i int) string   // identifies row i of what has numbers, from 0
}

// screenful returns the lines of the parts that fit into room lines, of one part at least, and the part that comes next. If
// not all fit, it ends between two paragraphs if there is such a place in its last third.
func (s speech) screenful(from, room int) (lines []string, next int) {
	pause, after := 0, 0
	for next = from; next < s.parts; next++ {
		part := s.part(next)
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
	case len(lines) == 0 && next < s.parts: // one part is more than fits
		part := s.part(next)
		return part[:min(len(part), max(room, longestPart))], next + 1
	case next < s.parts && 3*pause >= 2*room:
		return lines[:pause], after
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines, next
}

// longestPart is how many lines of a part are said if it doesn't fit: titles have no bound, and the whole title is said
// when its post is opened.
const longestPart = 20

// before returns the part with which a screenful begins that ends before another part.
func (s speech) before(from, room int) int {
	from = min(from, s.parts) // there may be fewer parts than there were
	for n := 0; from > 0; from-- {
		if n += len(s.part(from - 1)); n > room {
			break
		}
	}
	return from
}

// A span keeps which parts were said last.
type span struct{ from, next, parts int }

func (s *span) spoken(env) (from, next int) { return s.from, s.next }

// remaining returns a prompt that tells how many parts are left.
func (s *span) remaining(name string) string {
	if left := s.parts - s.next; left > 0 {
		return fmt.Sprintf("%s, %d more", name, left)
	}
	return name
}

// rangeOf says which rows were said last. The first parts, head of them, are not rows.
func (s *span) rangeOf(name string, head int) string {
	if s.parts <= head {
		return name + "."
	}
	return fmt.Sprintf("%s, %d to %d of %d.", name, max(s.from-head, 0)+1, s.next-head, s.parts-head)
}

// A numbered is a span of rows with numbers. The first part is a heading, and has none.
type numbered struct {
	span
	first int      // the index of the first of shown
	shown []string // the keys of the rows that were said last
}

// maxShown is for how many numbers their meaning is kept: some screenfuls, since a list may have 10,000 rows.
const maxShown = 256

func (r *numbered) setSpoken(_ env, s speech, from, next int) {
	r.span = span{from, next, s.parts}
	end := next - 1
	if begin := end - maxShown; begin > r.first {
		r.shown = slices.Clone(r.shown[min(begin-r.first, len(r.shown)):])
		r.first = begin
	}
	for i := r.first + len(r.shown); i < end; i++ {
		r.shown = append(r.shown, s.key(i))
	}
}

// index returns the index that the row with number n has now. It may have moved since the number was said.
func (r *numbered) index(s speech, n int) (i int, ok bool) {
	i = n - 1
	last := r.first + len(r.shown)
	if i < 0 || i >= max(s.parts-1, last) {
		return 0, false
	}
	if i < r.first || i >= last {
		return i, i < s.parts-1
	}
	said := r.shown[i-r.first]
	if i < s.parts-1 && s.key(i) == said {
		return i, true
	}
	for j := range s.parts - 1 {
		if s.key(j) == said {
			return j, true
		}
	}
	return 0, false
}
