package tui

import (
	"strings"

	"postern/content"
	"postern/sshapp/cell"
)

// An ending lists, under the text of a post, what to read after it: the next post, the previous one, and related ones. The
// keys n and p open the first two. A second space at the end of the text opens the next post too.
type ending struct {
	targets []target
	next    *content.Post // nil if there is none
	prev    *content.Post
}

// A target is a line of an ending, for one post.
type target struct {
	label string
	post  *content.Post
}

// An ending begins with a rule between blank lines. The titles of its targets begin at endColumn.
const (
	endHead   = 3
	endColumn = 12
)

// ending finds what to read after a post.
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

// height returns how many lines the ending has.
func (x ending) height() int {
	if len(x.targets) == 0 {
		return 0
	}
	return endHead + len(x.targets)
}

// line returns line i of the ending.
func (x ending) line(i, measure int) string {
	switch {
	case i == 1:
		return cell.Faint(strings.Repeat("─", measure/3))
	case i < endHead:
		return ""
	}
	t := x.targets[i-endHead]
	return cell.Faint(t.label) + cell.Pad(t.label, endColumn) + cell.Spread(t.post.Title, cell.Faint(t.post.Day), measure-endColumn)
}
