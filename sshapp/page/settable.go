package page

import (
	"math"
	"slices"
	"strings"

	"postern/sshapp/cell"
)

// A grid is a table that is being set.
type grid struct {
	s      *setter
	rows   []*block
	widths []int
	aligns []alignment
}

const (
	// leastColumn is the narrowest that a column gets before a table is set as a list of its rows.
	leastColumn = 8

	// wholeWord is the widest word that a column makes room for.
	wholeWord = 20
)

// table sets a table: columns with light rules between them, the cells broken into lines where the page is too narrow.
// One with more columns than fit is set as a list: each row's cells below each other, each behind its column's name.
func (s *setter) table(b *block) {
	g := &grid{s: s}
	for _, c := range b.inner {
		if c.kind == tableRow {
			if len(c.inner) > 0 {
				g.rows = append(g.rows, c)
			}
		} else {
			s.one(c)
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
		columns = max(columns, len(r.inner))
	}
	room -= 3 * (columns - 1)
	if columns*min(leastColumn, room) > room && columns > 1 || columns > room {
		return false
	}
	least, text := make([]int, columns), make([]int, columns)
	g.widths = make([]int, columns)
	g.aligns = make([]alignment, columns)
	for _, r := range g.rows {
		for i, c := range r.inner {
			l, m := narrowest(c, string(c.text), wholeWord)
			least[i], g.widths[i], text[i] = max(least[i], l), max(g.widths[i], m), text[i]+m
			g.aligns[i] = max(g.aligns[i], r.align[i])
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
		rows[i] = make([][]cut, len(r.inner))
		for j, c := range r.inner {
			rows[i][j] = wrap(c, string(c.text), g.widths[j])
			tall = tall || len(rows[i][j]) > 1 && !r.header
		}
	}
	for i, r := range g.rows {
		switch {
		case i == 0:
		case g.rows[i-1].header && !r.header:
			g.rule()
		case tall:
			g.row(&block{}, nil)
		}
		g.row(r, rows[i])
	}
}

func (g *grid) rule() {
	t := g.s.theme
	var b strings.Builder
	for i, w := range g.widths {
		if i > 0 {
			b.WriteString(t.rowToken + t.crossToken + t.rowToken)
		}
		b.WriteString(strings.Repeat(t.rowToken, w))
	}
	g.s.line(signOf(b.String(), t.tableRule))
}

func (g *grid) row(r *block, cuts [][]cut) {
	height := 1
	for _, c := range cuts {
		height = max(height, len(c))
	}
	base := g.s.theme.text
	if r.header {
		base.attrs |= bold
	}
	for n := range height {
		var line []fragment
		for i, w := range g.widths {
			if i > 0 {
				line = append(line, signOf(" "+g.s.theme.columnToken+" ", g.s.theme.tableRule))
			}
			var text []fragment
			free := w
			if i < len(cuts) && n < len(cuts[i]) {
				c := r.inner[i]
				text, _ = g.s.fragments(c, string(c.text), cuts[i][n], base, 0)
				free = max(w-cuts[i][n].width, 0)
			}
			before := 0
			switch g.aligns[i] {
			case right:
				before = free
			case center:
				before = free / 2
			}
			line = append(line, signOf(strings.Repeat(" ", before), style{}))
			line = append(line, text...)
			line = append(line, signOf(strings.Repeat(" ", free-before), style{}))
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
		base := g.s.theme.text
		if r.header {
			base.attrs |= bold
		}
		for j, c := range r.inner {
			if len(c.text) == 0 {
				continue
			}
			line := &block{kind: tableCell}
			if head.header && i > 0 && j < len(head.inner) {
				line.add(cell.Shorten(oneLine(head.inner[j].plain()), maxLabel)+": ", ours|strong, 0)
			}
			text := string(c.text)
			c.each(text, 0, len(text), func(text string, r textRun) { line.add(text, r.roles, r.link) })
			g.s.within(edge{rest: "  ", first: "  "}, func() {
				if e := &g.s.edges[len(g.s.edges)-1]; g.s.room() > leastColumn {
					e.first = ""
				}
				g.s.flow(line, base)
			})
		}
	}
}
