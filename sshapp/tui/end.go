package tui

import (
	"cmp"
	"strings"

	"postern/content"
)

// An end is what a post leads on to, under its text: the next post, the previous one, and those that are related. It is
// what n, p and a second space at the end of the text open.
type end struct {
	targets []target
	next    *content.Post // in the order of reading; nil for none
	prev    *content.Post
}

// A target is a line of an end that names a post.
type target struct {
	label string
	post  *content.Post
}

// An end's lines: a rule between blank lines, then the targets, whose titles begin at endColumn.
const (
	endHead   = 3
	endColumn = 12
)

// end finds what a post leads on to.
func (e env) end(c *content.Post) end {
	const most = 3 // related posts
	x := end{targets: make([]target, 0, 2+most)}
	x.next, x.prev = e.onward(c)
	if x.next != nil {
		x.targets = append(x.targets, target{"next     n", x.next})
	}
	if x.prev != nil {
		x.targets = append(x.targets, target{"previous p", x.prev})
	}
	label := "related"
	for _, p := range e.now.Related(c, most+2) {
		if p != x.next && p != x.prev && len(x.targets) < cap(x.targets) {
			x.targets = append(x.targets, target{label, p})
			label = ""
		}
	}
	return x
}

// lines is how many lines the end has.
func (x end) lines() int {
	if len(x.targets) == 0 {
		return 0
	}
	return endHead + len(x.targets)
}

// line sets a line of the end.
func (x end) line(i, measure int) string {
	switch {
	case i == 1:
		return faint(strings.Repeat("─", measure/3))
	case i < endHead:
		return ""
	}
	t := x.targets[i-endHead]
	return faint(t.label) + pad(t.label, endColumn) + spread(t.post.Title, faint(t.post.Day), measure-endColumn)
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
