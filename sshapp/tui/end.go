package tui

import (
	"cmp"
	"strings"

	"postern/content"
)

// An end is what a post leads on to, under its text: the next post, the previous one, and those that are related. It is
// what n, p and a second space at the end of the text open.
type end struct {
	lines   []string
	targets []target
	next    *content.Post // in the order of reading; nil for none
	prev    *content.Post
}

// A target is a line of an end that names a post.
type target struct {
	line int // of the end
	post *content.Post
}

// endColumn is where the titles of an end begin.
const endColumn = 12

// end lays out what a post leads on to.
func (e env) end(c *content.Post, measure int) end {
	x := end{lines: []string{"", faint(strings.Repeat("─", measure/3)), ""}}
	x.next, x.prev = e.onward(c)
	add := func(label string, p *content.Post) {
		if p == nil {
			return
		}
		x.targets = append(x.targets, target{len(x.lines), p})
		x.lines = append(x.lines, faint(label)+pad(label, endColumn)+spread(p.Title, faint(p.Day), measure-endColumn))
	}
	add("next     n", x.next)
	add("previous p", x.prev)
	for i, p := range e.related(c, x) {
		label := ""
		if i == 0 {
			label = "related"
		}
		add(label, p)
	}
	if len(x.targets) == 0 {
		return end{}
	}
	return x
}

// related returns a few related posts that aren't named already.
func (e env) related(c *content.Post, x end) []*content.Post {
	const most = 3
	var related []*content.Post
	for _, p := range e.now.Related(c, most+2) {
		if p != x.next && p != x.prev && len(related) < most {
			related = append(related, p)
		}
	}
	return related
}

// onward returns what is read after a post and before it. A series is read from its first part on; a blog from its
// newest post on, as its list is.
func (e env) onward(c *content.Post) (next, prev *content.Post) {
	parts := e.parts(c.Series)
	for i, p := range parts {
		if p.Path != c.Path {
			continue
		}
		if i > 0 {
			next = parts[i-1]
		}
		if i+1 < len(parts) {
			prev = parts[i+1]
		}
	}
	return cmp.Or(next, beyond(c, e.now.Previous)), cmp.Or(prev, beyond(c, e.now.Next))
}

// beyond steps from post to post until one is not of the same series.
func beyond(c *content.Post, step func(*content.Post) (*content.Post, bool)) *content.Post {
	for p, ok := step(c); ok; p, ok = step(p) {
		if p.Time.IsZero() != c.Time.IsZero() { // one of them stands beside the list
			return nil
		}
		if c.Series == "" || !strings.EqualFold(p.Series, c.Series) {
			return p
		}
	}
	return nil
}
