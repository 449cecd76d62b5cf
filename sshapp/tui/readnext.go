package tui

import (
	"strings"

	"postern/content"
	"postern/sshapp/cell"
)

// A readNext is the list under the text of a post of what to read after it: the next post, the previous one, and related
// ones. The keys n and p open the first two. A second space at the end of the text opens the next post too.
type readNext struct {
	rows []readNextRow
	next *content.Post // nil if there is none
	prev *content.Post
}

// A readNextRow is a line of a readNext, for one post.
type readNextRow struct {
	label string
	post  *content.Post
}

const (
	readNextHead   = 3  // lines above the rows: a rule between blank lines
	readNextColumn = 12 // cells to the left of the titles
)

// readNext finds what to read after a post.
func (e env) readNext(c *content.Post) readNext {
	const maxRelated = 3
	x := readNext{rows: make([]readNextRow, 0, 2+maxRelated)}
	x.next, x.prev = e.listing().Adjacent(c)
	if x.next != nil {
		x.rows = append(x.rows, readNextRow{"next     n", x.next})
	}
	if x.prev != nil {
		x.rows = append(x.rows, readNextRow{"previous p", x.prev})
	}
	label := "related"
	for _, p := range e.edition.Related(c, maxRelated+2) {
		if p != x.next && p != x.prev && len(x.rows) < cap(x.rows) {
			x.rows = append(x.rows, readNextRow{label, p})
			label = ""
		}
	}
	return x
}

// height returns how many lines there are; 0 if there is nothing to read.
func (x readNext) height() int {
	if len(x.rows) == 0 {
		return 0
	}
	return readNextHead + len(x.rows)
}

// line returns line i, at most measure cells wide.
func (x readNext) line(i, measure int) string {
	switch {
	case i == 1:
		return cell.Faint(strings.Repeat("─", measure/3))
	case i < readNextHead:
		return ""
	}
	t := x.rows[i-readNextHead]
	return cell.Faint(t.label) + cell.Pad(t.label, readNextColumn) + cell.Spread(t.post.Title, cell.Faint(t.post.Day), measure-readNextColumn)
}
