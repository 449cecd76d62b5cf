package page

import (
	"math"
	"slices"
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// A grid is a table that is being set.
type grid struct {
	s      *setter
	rows   []*document.Block
	widths []int
	aligns []document.Alignment
}

const (
	// leastColumn is the narrowest that a column gets before a table is set as a list of its rows.
	leastColumn = 8

	// wholeWord is the widest word that a column makes room for.
	wholeWord = 20
)

// table sets a table: columns with light rules between them, the cells broken into lines where the page is too narrow.
// One with more columns than fit is set as a list: each row's cells below each other, each behind its column's name.
func (s *setter) table(b *document.Block) {
	g := &grid{s: s}
	for _, c := range b.Children {
		if c.Kind == document.TableRow {
			if len(c.Children) > 0 {
				g.rows = append(g.rows, c)
			}
		} else {
			s.layBlock(c)
			s.space(distance(c, b, true))
		}
	}
	if len(g.rows) == 0 {
		return
	}
	s.block(TableBlock, b, "", func() {
		if g.measure(s.room()) {
			g.set()
		} else {
			g.list()
		}
	})
}

// measure gives the columns their widths, and reports whether they fit.
func (g *grid) measure(room int) bool {
	columns := 0
	for _, r := range g.rows {
		columns = max(columns, len(r.Children))
	}
	room -= 3 * (columns - 1)
	if columns*min(leastColumn, room) > room && columns > 1 || columns > room {
		return false
	}
	least, text := make([]int, columns), make([]int, columns)
	g.widths = make([]int, columns)
	g.aligns = make([]document.Alignment, columns)
	for _, r := range g.rows {
		for i, c := range r.Children {
			l, m := minWidth(c, string(c.Text), wholeWord)
			least[i], g.widths[i], text[i] = max(least[i], l), max(g.widths[i], m), text[i]+m
			g.aligns[i] = max(g.aligns[i], r.Align[i])
		}
	}
	shrink(g.widths, least, text, room)
	return true
}

// shrink makes columns narrower until they fit: first none below its widest word; then any. text is how much each holds in
// all, in cells.
func shrink(widths, least, text []int, room int) {
	for i := range widths {
		widths[i], least[i] = max(widths[i], 1), max(least[i], 1)
	}
	switch {
	case total(widths) <= room:
	case total(least) <= room:
		share(widths, least, text, room)
	default:
		copy(widths, least)
		take(widths, total(least)-room)
	}
}

// share gives each column its part of the room: no less than its widest word, no more than its widest cell, and between
// them by the square root of its text, which makes the table as low as it can be: the lines of all columns together, the
// sum of text/width, are fewest then.
func share(widths, least, text []int, room int) {
	give := func(scale float64) []int {
		given := make([]int, len(widths))
		for i := range given {
			given[i] = min(max(int(scale*math.Sqrt(float64(text[i]))), least[i]), widths[i])
		}
		return given
	}
	lo, hi := 0.0, float64(room)
	for range 32 {
		if mid := (lo + hi) / 2; total(give(mid)) <= room {
			lo = mid
		} else {
			hi = mid
		}
	}
	given := give(lo)
	rest := room - total(given)
	for i := range widths {
		if given[i] < widths[i] && rest > 0 {
			given[i]++
			rest--
		}
	}
	copy(widths, given)
}

// take takes cells from the widest columns, none below one: it lowers a common ceiling.
func take(widths []int, excess int) {
	target := total(widths) - excess
	lo, hi := 1, slices.Max(widths)
	under := func(ceiling int) int {
		n := 0
		for _, w := range widths {
			n += min(w, ceiling)
		}
		return n
	}
	for lo < hi { // the highest ceiling under which they fit
		if mid := (lo + hi + 1) / 2; under(mid) <= target {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	rest := target - under(lo)
	for i, w := range widths {
		widths[i] = min(w, lo)
		if widths[i] < w && rest > 0 {
			widths[i]++
			rest--
		}
	}
}

func total(widths []int) int {
	n := 0
	for _, w := range widths {
		n += w
	}
	return n
}

// set sets the rows. Where a cell has several lines, blank lines between the rows tell them apart.
func (g *grid) set() {
	rows := make([][][]cut, len(g.rows))
	tall := false
	for i, r := range g.rows {
		rows[i] = make([][]cut, len(r.Children))
		for j, c := range r.Children {
			rows[i][j] = wrap(c, string(c.Text), g.widths[j])
			tall = tall || len(rows[i][j]) > 1 && !r.Header
		}
	}
	for i, r := range g.rows {
		switch {
		case i == 0:
		case g.rows[i-1].Header && !r.Header:
			g.rule()
		case tall:
			g.row(&document.Block{}, nil)
		}
		g.row(r, rows[i])
	}
}

func (g *grid) rule() {
	t := g.s.theme
	var b strings.Builder
	for i, w := range g.widths {
		if i > 0 {
			b.WriteString(t.RowToken + t.CrossToken + t.RowToken)
		}
		b.WriteString(strings.Repeat(t.RowToken, w))
	}
	g.s.line(generated(b.String(), t.TableRule))
}

func (g *grid) row(r *document.Block, cuts [][]cut) {
	height := 1
	for _, c := range cuts {
		height = max(height, len(c))
	}
	base := g.s.theme.Text
	if r.Header {
		base.Attributes |= theme.Bold
	}
	for n := range height {
		var line []fragment
		for i, w := range g.widths {
			if i > 0 {
				line = append(line, generated(" "+g.s.theme.ColumnToken+" ", g.s.theme.TableRule))
			}
			var text []fragment
			free := w
			if i < len(cuts) && n < len(cuts[i]) {
				c := r.Children[i]
				text, _ = g.s.fragments(c, string(c.Text), cuts[i][n], base, 0)
				free = max(w-cuts[i][n].width, 0)
			}
			before := 0
			switch g.aligns[i] {
			case document.AlignRight:
				before = free
			case document.AlignCenter:
				before = free / 2
			}
			line = append(line, generated(strings.Repeat(" ", before), theme.Style{}))
			line = append(line, text...)
			line = append(line, generated(strings.Repeat(" ", free-before), theme.Style{}))
		}
		g.s.line(line...)
	}
}

// maxLabel is how much of a column's name stands before each of its cells in a table that is set as a list.
const maxLabel = 20

// list sets the rows one below the other. The first is the header, and names the cells of the others.
func (g *grid) list() {
	head := g.rows[0]
	for i, r := range g.rows {
		if i > 0 {
			g.s.space(1)
		}
		base := g.s.theme.Text
		if r.Header {
			base.Attributes |= theme.Bold
		}
		for j, c := range r.Children {
			if len(c.Text) == 0 {
				continue
			}
			line := &document.Block{Kind: document.TableCell}
			if head.Header && i > 0 && j < len(head.Children) {
				line.Add(cell.Shorten(document.OneLine(head.Children[j].Plain()), maxLabel)+": ", document.Generated|document.Strong, 0)
			}
			text := string(c.Text)
			c.EachRun(text, 0, len(text), func(text string, r document.Run) { line.Add(text, r.Roles, r.Link) })
			g.s.within(edge{rest: "  ", first: "  "}, func() {
				if e := &g.s.edges[len(g.s.edges)-1]; g.s.room() > leastColumn {
					e.first = ""
				}
				g.s.flow(line, base)
			})
		}
	}
}
