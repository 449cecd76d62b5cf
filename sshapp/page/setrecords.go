package page

import (
	"slices"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/linebreak"
	"postern/sshapp/page/theme"
)

// records sets a table whose columns don't fit: each row's cells below each other, each beside its column's name. A name is text of the post
// where it stands first, and a repetition below.
type records struct {
	s      *setter
	labels []*document.Block // what names each column; nil for nothing
	said   map[*document.Block]bool
	width  int // of the names' column; 0 if the page is too narrow for one
}

// maxAgain bounds what is repeated of a name, in characters: no name is longer, and what is stands whole above.
const maxAgain = 60

// labelGap stands between the name of a column and its cell.
const labelGap = 2

// records sets the rows one below the other. If the first is a header it names the cells of the others.
func (g *grid) records() {
	r := records{s: g.s, labels: make([]*document.Block, len(g.widths)), said: map[*document.Block]bool{}}
	rows := g.rows
	if head := rows[0]; head.Header && len(rows) > 1 {
		rows = rows[1:]
		for _, c := range head.Children {
			for i := range c.Columns {
				r.labels[c.Column+i] = c
			}
			_, most := linebreak.Widths(c, string(c.Text), wholeWord)
			r.width = max(r.width, most)
		}
	}
	room := g.s.room()
	if r.width = min(r.width, room*2/5); room < 2*leastColumn {
		r.width = 0
	}
	for i, row := range rows {
		if i > 0 {
			g.s.space(1)
		}
		r.record(row)
	}
}

// record sets the cells of a row, and all names that have not been said.
func (r *records) record(row *document.Block) {
	base := r.s.theme.Text
	if row.Header {
		base.Attributes |= theme.Bold
	}
	cells := row.Children
	for column, label := range r.labels {
		value := &document.Block{Kind: document.TableCell}
		if len(cells) > 0 && cells[0].Column == column {
			value, cells = cells[0], cells[1:]
		}
		if len(value.Text) > 0 || label != nil && !r.said[label] {
			r.pair(r.name(label), value, base)
		}
	}
}

// name returns what names a cell of a column.
func (r *records) name(label *document.Block) *document.Block {
	if label == nil || !r.said[label] {
		r.said[label] = true
		return label
	}
	again := &document.Block{Kind: document.TableCell}
	again.Add(cell.Shorten(label.Plain(), maxAgain), document.Generated, 0)
	return again
}

// pair sets a cell beside its column's name, or below it if there is no column of names.
func (r *records) pair(label, value *document.Block, base theme.Style) {
	bold := base
	bold.Attributes |= theme.Bold
	switch {
	case label == nil:
		r.s.within(edge{rest: "  "}, func() { r.s.flow(value, base) })
	case r.width == 0:
		r.s.flow(label, bold)
		r.s.within(edge{first: "  ", rest: "  "}, func() { r.s.flow(value, base) })
	default:
		left, right := r.s.openCell(label, r.width), r.s.openCell(value, r.s.room()-r.width-labelGap)
		for len(left.lines) > 0 || len(right.lines) > 0 {
			line := append(r.s.part(&left, r.width, bold), blanks(labelGap))
			r.s.line(slices.Concat(line, r.s.part(&right, 0, base))...)
		}
	}
}
