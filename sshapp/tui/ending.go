package tui

import (
	"strings"

	"postern/content"
)

// An ending is what a post leads on to, under its text: the next post, the previous one, and those that are related. It is
// what n, p and a second space at the ending of the text open.
type ending struct {
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

// ending finds what a post leads on to.
func (e env) ending(c *content.Post) ending {
	const most = 3 // related posts
	x := ending{targets: make([]target, 0, 2+most)}
	x.next, x.prev = e.listing().Adjacent(c)
	if x.next != nil {
		x.targets = append(x.targets, target{"next     n", x.next})
	}
	if x.prev != nil {
		x.targets = append(x.targets, target{"previous p", x.prev})
	}
	label := "related"
	for _, p := range e.edition.Related(c, most+2) {
		if p != x.next && p != x.prev && len(x.targets) < cap(x.targets) {
			x.targets = append(x.targets, target{label, p})
			label = ""
		}
	}
	return x
}

// height is how many height the end has.
func (x ending) height() int {
	if len(x.targets) == 0 {
		return 0
	}
	return endHead + len(x.targets)
}

// line sets a line of the end.
func (x ending) line(i, measure int) string {
	switch {
	case i == 1:
		return faint(strings.Repeat("─", measure/3))
	case i < endHead:
		return ""
	}
	t := x.targets[i-endHead]
	return faint(t.label) + pad(t.label, endColumn) + spread(t.post.Title, faint(t.post.Day), measure-endColumn)
}
