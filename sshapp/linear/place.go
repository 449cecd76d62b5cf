package linear

import (
	"fmt"
	"slices"
)

// A place is where a reader is: a list, a post, the headings of one. It keeps which parts of it were said last, in names
// and positions, and neither text nor pages.
type place interface {
	name(env) string                    // said when one comes back
	prompt() string                     // without the colon
	over(env) string                    // said to who goes on at the end
	where(env) string                   // said to who asks
	text(env) text                      // what there is to say
	marks(env) (from, next int)         // the parts said last are those from one up to another
	mark(e env, x text, from, next int) // keeps them
	choose(t *Talk, n int) []string     // what number n leads to
	passing() bool                      // it is left as soon as something else is asked for
}

// A text is what a place has to say now, in parts: a list's rows, a post's lines.
type text struct {
	parts int
	part  func(i int) []string // the lines of one
	key   func(i int) string   // by which the ith of what has numbers is known
}

// screenful returns the parts from one on that fit into so many lines, at least one of them, and the part that comes next.
// Where there is more, it ends between paragraphs if the last third has a place for it.
func (x text) screenful(from, room int) (lines []string, next int) {
	pause, after := 0, 0
	for next = from; next < x.parts; next++ {
		part := x.part(next)
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
	case len(lines) == 0 && next < x.parts: // one part is more than fits
		part := x.part(next)
		return part[:min(len(part), max(room, longestPart))], next + 1
	case next < x.parts && 3*pause >= 2*room:
		return lines[:pause], after
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines, next
}

// longestPart is how many lines of one part are said where fewer fit: a title of any length is not, before it is chosen.
const longestPart = 20

// before returns the part at which a screenful begins that ends before another.
func (x text) before(from, room int) int {
	from = min(from, x.parts) // there may have been more
	for n := 0; from > 0; from-- {
		if n += len(x.part(from - 1)); n > room {
			break
		}
	}
	return from
}

// A span keeps which parts were said last.
type span struct{ from, next, parts int }

func (s *span) marks(env) (from, next int) { return s.from, s.next }

// more is a prompt that tells how many parts are left.
func (s *span) more(name string) string {
	if left := s.parts - s.next; left > 0 {
		return fmt.Sprintf("%s, %d more", name, left)
	}
	return name
}

// among says which of the rows behind a heading of some parts were said last.
func (s *span) among(name string, head int) string {
	if s.parts <= head {
		return name + "."
	}
	return fmt.Sprintf("%s, %d to %d of %d.", name, max(s.from-head, 0)+1, s.next-head, s.parts-head)
}

// rows are a span of what has numbers: behind a heading, which is the first part.
type rows struct {
	span
	first int      // the index of the first of shown
	shown []string // the keys of those that were said last, by number
}

// maxShown is of how many numbers it is kept what they meant when they were said: of some screenfuls, for a list may have
// ten thousand.
const maxShown = 256

func (r *rows) mark(_ env, x text, from, next int) {
	r.span = span{from, next, x.parts}
	end := next - 1
	if begin := end - maxShown; begin > r.first {
		r.shown = slices.Clone(r.shown[min(begin-r.first, len(r.shown)):])
		r.first = begin
	}
	for i := r.first + len(r.shown); i < end; i++ {
		r.shown = append(r.shown, x.key(i))
	}
}

// index returns where what has a number is now: where it was moved to since the number was said.
func (r *rows) index(x text, n int) (i int, ok bool) {
	i = n - 1
	last := r.first + len(r.shown)
	if i < 0 || i >= max(x.parts-1, last) {
		return 0, false
	}
	if i < r.first || i >= last {
		return i, i < x.parts-1
	}
	said := r.shown[i-r.first]
	if i < x.parts-1 && x.key(i) == said {
		return i, true
	}
	for j := range x.parts - 1 {
		if x.key(j) == said {
			return j, true
		}
	}
	return 0, false
}

// An aside is something to be read once, such as the help.
type aside struct {
	span
	title string
	lines []string
}

func (a *aside) name(env) string                    { return a.title }
func (a *aside) prompt() string                     { return a.more(a.title) }
func (a *aside) over(env) string                    { return "That was all. Type back to return." }
func (a *aside) where(env) string                   { return a.among(a.title+", lines", 0) }
func (a *aside) passing() bool                      { return true }
func (a *aside) mark(_ env, _ text, from, next int) { a.span = span{from, next, len(a.lines)} }

func (a *aside) text(env) text {
	return text{parts: len(a.lines), part: func(i int) []string { return a.lines[i : i+1] }}
}

func (a *aside) choose(t *Talk, n int) []string {
	t.drop()
	return t.here().choose(t, n)
}
