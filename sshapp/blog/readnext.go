package blog

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/bidi"
	"postern/sshapp/cell"
)

// A ReadNext is the list under the text of a post of what to do after it: write to the author, read the next post, the previous
// one, or related ones. The keys R, n and p do the first three. A second space at the end of the text opens the next post too.
type ReadNext struct {
	Rows  []ReadNextRow
	toEnd bool          // the post is right-to-left text
	Next  *content.Post // nil if there is none
	Prev  *content.Post
}

// A ReadNextRow is a line of a ReadNext, for one post or for an address to write to.
type ReadNextRow struct {
	label string // with the key that goes there; as many cells as the titles have to their left
	Post  *content.Post
	Reply string // a URL; empty for a post
	title string // of the post, or the address to write to
}

// ReadNextHead is how many lines are above the rows: a rule between blank lines.
const ReadNextHead = 3

const (
	readNextLabel  = 8  // cells of a label without its key
	readNextColumn = 12 // cells to the left of the titles
)

// ReadNext finds what to read after a post.
func (l Listing) ReadNext(c *content.Post) ReadNext {
	const maxReadNext = 6
	x := ReadNext{Rows: make([]ReadNextRow, 0, maxReadNext), toEnd: IsRightToLeft(c)}
	if to := ReplyTo(l.Edition, c); to != "" {
		x.Rows = append(x.Rows, ReadNextRow{l.readNextLabel("write", "R", x.toEnd), nil, to, l.Words().Say("to the author: %s", ReplyName(to))})
	}
	x.Next, x.Prev = l.Adjacent(c)
	if x.Next != nil {
		x.Rows = append(x.Rows, ReadNextRow{l.readNextLabel("next", "n", x.toEnd), x.Next, "", x.Next.Title})
	}
	if x.Prev != nil {
		x.Rows = append(x.Rows, ReadNextRow{l.readNextLabel("previous", "p", x.toEnd), x.Prev, "", x.Prev.Title})
	}
	label := l.readNextLabel("related", "", x.toEnd)
	for _, p := range l.Edition.Related(c, maxReadNext) {
		if p != x.Next && p != x.Prev && len(x.Rows) < maxReadNext {
			x.Rows = append(x.Rows, ReadNextRow{label, p, "", p.Title})
			label = strings.Repeat(" ", readNextColumn)
		}
	}
	return x
}

// readNextLabel returns a label, which is given in English, with its key; the key first if the label stands at the right.
func (l Listing) readNextLabel(label, key string, toEnd bool) string {
	label = cell.Cut(l.Words().Say(label), readNextLabel)
	if toEnd {
		return "  " + cmp.Or(key, " ") + cell.Pad(label, readNextLabel+1) + label
	}
	label += cell.Pad(label, readNextLabel+1) + key
	return label + cell.Pad(label, readNextColumn)
}

// Height returns how many lines there are; 0 if there is nothing to read.
func (x ReadNext) Height() int {
	if len(x.Rows) == 0 {
		return 0
	}
	return ReadNextHead + len(x.Rows)
}

// Line returns line i, at most measure cells wide.
func (x ReadNext) Line(i, measure int) string {
	rule := cell.Faint(strings.Repeat("─", measure/3))
	switch {
	case i == 1 && x.toEnd:
		return cell.ToEnd(rule, measure)
	case i == 1:
		return rule
	case i < ReadNextHead:
		return ""
	}
	t := x.Rows[i-ReadNextHead]
	if x.toEnd {
		return cell.SpreadToEnd(t.title, cell.Faint(t.day()), measure-readNextColumn) + bidi.LeftToRight + cell.Faint(t.label)
	}
	return cell.Faint(t.label) + cell.SpreadToStart(t.title, cell.Faint(t.day()), measure-readNextColumn)
}

// day returns the date of the post; empty if there is none.
func (t ReadNextRow) day() string {
	if t.Post == nil {
		return ""
	}
	return t.Post.Day
}

// TitleAt returns where the title of row i begins in the text of its line, in bytes.
func (x ReadNext) TitleAt(i, measure int) int {
	line, before := ansi.Strip(x.Line(ReadNextHead+i, measure)), ""
	if !x.toEnd {
		before = x.Rows[i].label
	}
	title := strings.TrimPrefix(line[len(before):], x.Rows[i].day()+bidi.LeftToRight)
	return len(line) - len(strings.TrimLeft(title, " "))
}
