package tui

import (
	"strings"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// A readNext is the list under the text of a post of what to do after it: write to the author, read the next post, the previous
// one, or related ones. The keys R, n and p do the first three. A second space at the end of the text opens the next post too.
type readNext struct {
	rows []readNextRow
	next *content.Post // nil if there is none
	prev *content.Post
}

// A readNextRow is a line of a readNext, for one post or for an address to write to.
type readNextRow struct {
	label string // with the key that goes there; as many cells as the titles have to their left
	post  *content.Post
	reply string // a URL; empty for a post
	title string // of the post, or the address to write to
}

const (
	readNextHead   = 3  // lines above the rows: a rule between blank lines
	readNextLabel  = 8  // cells of a label without its key
	readNextColumn = 12 // cells to the left of the titles
)

// readNext finds what to read after a post.
func (e env) readNext(c *content.Post) readNext {
	const maxRelated = 3
	x := readNext{rows: make([]readNextRow, 0, 3+maxRelated)}
	if to := blog.ReplyTo(e.edition, c); to != "" {
		x.rows = append(x.rows, readNextRow{e.readNextLabel("write", "R"), nil, to, e.words.Say("to the author: %s", blog.ReplyName(to))})
	}
	x.next, x.prev = e.listing().Adjacent(c)
	if x.next != nil {
		x.rows = append(x.rows, readNextRow{e.readNextLabel("next", "n"), x.next, "", x.next.Title})
	}
	if x.prev != nil {
		x.rows = append(x.rows, readNextRow{e.readNextLabel("previous", "p"), x.prev, "", x.prev.Title})
	}
	label := e.readNextLabel("related", "")
	for _, p := range e.edition.Related(c, maxRelated+2) {
		if p != x.next && p != x.prev && len(x.rows) < cap(x.rows) {
			x.rows = append(x.rows, readNextRow{label, p, "", p.Title})
			label = strings.Repeat(" ", readNextColumn)
		}
	}
	return x
}

// readNextLabel returns a label, which is given in English, with its key.
func (e env) readNextLabel(label, key string) string {
	label = cell.Cut(e.words.Say(label), readNextLabel)
	label += cell.Pad(label, readNextLabel+1) + key
	return label + cell.Pad(label, readNextColumn)
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
	day := ""
	if t.post != nil {
		day = cell.Faint(t.post.Day)
	}
	return cell.Faint(t.label) + cell.Spread(t.title, day, measure-readNextColumn)
}
