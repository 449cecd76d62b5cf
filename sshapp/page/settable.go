package page

import (
	"math"
	"slices"
	"strings"

	"postern/sshapp/page/document"
	"postern/sshapp/page/linebreak"
	"postern/sshapp/page/theme"
)

// A grid is a table that is being set.
type grid struct {
	s       *setter
	rows    []*document.Block
	widths  []int
	aligns  []document.Alignment
	open    []openCell // of the row that is being set, by their columns
	toRight bool       // its columns run from right to left
	indent  int        // of all its lines, in cells

	head int // how many lines of the page there are with the rule below the header; 0 without one
}

// An openCell is a cell whose lines are being set, over all rows that it reaches into.
type openCell struct {
	*document.Block
	row   *document.Block // that it begins in
	align document.Alignment
	text  string
	kind  textKind
	lines []linebreak.Line // that are left
	rows  int              // that are left
}

// gutter is the width of what stands between columns.
const gutter = 3

const (
	// leastColumn is the narrowest that a column gets before a table is set as a list of its rows.
	leastColumn = 8

	// A column is squeezed if it is narrower than squeezedColumn and a cell of it is higher than squeezedLines: what it holds
	// is read more easily in a record.
	squeezedColumn, squeezedLines = 24, 8

	// longRecords is how many lines records take before a table is set with broken words, if that is much lower.
	longRecords = 60

	// wholeWord is the widest word that a column makes room for, in a table that would be set as records otherwise.
	wholeWord = 20
)

// table sets a table: columns with light rules between them, the cells broken into lines where the page is too narrow.
// One with more columns than fit is set as records (setrecords.go).
func (s *setter) table(b *document.Block) {
	g := &grid{s: s, widths: make([]int, b.Columns), aligns: make([]document.Alignment, b.Columns)}
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
		if g.measure() {
			g.direct()
			g.set()
		} else {
			g.records()
		}
	})
	if g.head > 0 {
		block := &s.page.Blocks[len(s.page.Blocks)-1]
		block.Head = g.head - block.First
	}
}

// measure gives the columns their widths, and reports whether they fit. None is wider than text is.
func (g *grid) measure() bool {
	columns := len(g.widths)
	gutters := gutter * (columns - 1)
	if most := g.s.wideRoom() - gutters; columns*min(leastColumn, most) > most && columns > 1 || columns > most {
		g.s.page.narrow = true
		return false
	}
	least, text := make([]int, columns), make([]int, columns)
	var wide []*document.Block
	for _, r := range g.rows {
		for i, c := range r.Children {
			if c.Columns > 1 {
				wide = append(wide, c)
				continue
			}
			at := c.Column
			l, m := linebreak.Widths(c, string(c.Text), wholeWord)
			least[at], g.widths[at], text[at] = max(least[at], l), max(g.widths[at], m), text[at]+m
			g.aligns[at] = max(g.aligns[at], r.Align[i])
		}
	}
	for _, c := range wide {
		l, m := linebreak.Widths(c, string(c.Text), wholeWord)
		widen(least[c.Column:c.Column+c.Columns], l)
		widen(g.widths[c.Column:c.Column+c.Columns], m)
		for i := range c.Columns {
			text[c.Column+i] += m / c.Columns
		}
	}
	longest := slices.Clone(g.widths)
	for i, w := range g.widths {
		g.widths[i], least[i] = min(max(w, 1), g.s.width), max(least[i], 1)
	}
	breaks := columns > 1 && total(least)+gutters > g.s.wideRoom() // words, and those of the widest columns first
	for most := wholeWord; breaks && total(least)+gutters > g.s.wideRoom(); most-- {
		for i, w := range least {
			least[i] = min(w, most)
		}
	}
	shrink(g.widths, least, text, g.s.stretch(total(g.widths)+gutters)-gutters)
	if breaks {
		return g.isMuchLower()
	}
	return columns == 1 || !g.isSqueezed(longest)
}

// isSqueezed reports whether a column is. longest has the widest cells of all of them.
func (g *grid) isSqueezed(longest []int) bool {
	for i, w := range g.widths {
		if w < squeezedColumn && longest[i] > squeezedLines*w {
			return true
		}
	}
	return false
}

// isMuchLower reports whether the table takes less than half of the lines that its rows take as records, and those are many.
func (g *grid) isMuchLower() bool {
	height, asRecords := 0, 0
	for _, r := range g.rows {
		row := 0
		for _, c := range r.Children {
			_, most := linebreak.Widths(c, string(c.Text), wholeWord)
			row = max(row, linesOf(most, g.width(c)))
			asRecords += linesOf(most, g.s.room()/2)
		}
		height += row + 1
		asRecords++
	}
	return asRecords > longRecords && 2*height < asRecords
}

// linesOf returns how many lines of a width a text takes, about.
func linesOf(text, width int) int { return (text + width - 1) / width }

// direct puts the columns of a table whose first row is right-to-left text from right to left, at the right.
func (g *grid) direct() {
	var first []string
	for _, c := range g.rows[0].Children {
		first = append(first, string(c.Text))
	}
	if !g.s.isRightToLeft(strings.Join(first, " ")) {
		return
	}
	columns := len(g.widths)
	g.toRight, g.indent = true, max(0, g.s.room()-total(g.widths)-gutter*(columns-1))
	for _, r := range g.rows {
		for _, c := range r.Children {
			c.Column = columns - c.Column - c.Columns
		}
	}
	slices.Reverse(g.widths)
	slices.Reverse(g.aligns)
}

// widen makes columns wide enough for a cell that reaches over all of them.
func widen(widths []int, width int) {
	missing := width - gutter*(len(widths)-1) - total(widths)
	for i := range widths {
		if more := missing / (len(widths) - i); more > 0 {
			widths[i] += more
			missing -= more
		}
	}
}

// width returns the width that a cell's columns give it.
func (g *grid) width(c *document.Block) int {
	return total(g.widths[c.Column:c.Column+c.Columns]) + gutter*(c.Columns-1)
}

// shrink makes columns narrower until they fit, none below its widest word, unless there is but one. text is how much each holds in all, in
// cells.
func shrink(widths, least, text []int, room int) {
	switch {
	case total(widths) <= room:
	case total(least) <= room:
		share(widths, least, text, room)
	default:
		widths[0] = room
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

func total(widths []int) int {
	n := 0
	for _, w := range widths {
		n += w
	}
	return n
}

// set sets the rows. Where a cell has several lines, blank lines between the rows tell them apart.
func (g *grid) set() {
	rows := make([][]openCell, len(g.rows))
	tall := false
	for i, r := range g.rows {
		rows[i] = make([]openCell, len(r.Children))
		for j, c := range r.Children {
			open := g.s.openCell(c, g.width(c))
			tall = tall || len(open.lines) > 1 && !r.Header
			open.row, open.align, open.rows = r, r.Align[j], min(c.Rows, len(rows)-i)
			if c.Columns == 1 {
				open.align = g.aligns[c.Column]
			}
			if g.toRight && open.align == document.AlignLeft {
				open.align = document.AlignRight
			}
			rows[i][j] = open
		}
	}
	for i, r := range g.rows {
		switch {
		case i == 0:
		case g.rows[i-1].Header && !r.Header:
			g.rule()
			g.head = len(g.s.ends)
		case tall:
			g.line()
		}
		g.row(rows[i])
	}
}

// row sets a row: as many lines as the cells need that end in it.
func (g *grid) row(open []openCell) {
	g.open = append(g.open, open...)
	slices.SortFunc(g.open, func(a, b openCell) int { return a.Column - b.Column })
	height := 1
	for _, c := range g.open {
		if c.rows == 1 {
			height = max(height, len(c.lines))
		}
	}
	for range height {
		g.line()
	}
	for i := range g.open {
		g.open[i].rows--
	}
	g.open = slices.DeleteFunc(g.open, func(c openCell) bool { return c.rows == 0 })
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
	g.s.line(blanks(g.indent), generated(b.String(), t.TableRule))
}

// line sets the next line of the cells that are open.
func (g *grid) line() {
	line := []fragment{blanks(g.indent)}
	cells := g.open
	for at := 0; at < len(g.widths); {
		if at > 0 {
			line = append(line, generated(" "+g.s.theme.ColumnToken+" ", g.s.theme.TableRule))
		}
		if len(cells) == 0 || cells[0].Column > at {
			line = append(line, blanks(g.widths[at]))
			at++
			continue
		}
		base := g.s.theme.Text
		if cells[0].row.Header {
			base.Attributes |= theme.Bold
		}
		line = append(line, g.s.part(&cells[0], g.width(cells[0].Block), base)...)
		at += cells[0].Columns
		cells = cells[1:]
	}
	g.s.line(line...)
}

// openCell returns a cell, or a part of a record, whose text is broken into lines of a width.
func (s *setter) openCell(b *document.Block, width int) openCell {
	text := string(b.Text)
	return openCell{Block: b, text: text, kind: s.kindOf(text), lines: s.wrap(b, text, width)}
}

// part returns the next line of a cell, padded to a width.
func (s *setter) part(c *openCell, width int, base theme.Style) []fragment {
	if len(c.lines) == 0 {
		return []fragment{blanks(width)}
	}
	line, _ := s.fragments(c.Block, c.text, c.lines[0], base, 0, c.kind)
	if s.alignsRight {
		line = directed(line, c.text[c.lines[0].Begin:c.lines[0].End], c.kind.isRightToLeft)
	}
	free := max(width-c.lines[0].Width, 0)
	c.lines = c.lines[1:]
	before := 0
	switch c.align {
	case document.AlignRight:
		before = free
	case document.AlignCenter:
		before = free / 2
	}
	return slices.Concat([]fragment{blanks(before)}, line, []fragment{blanks(free - before)})
}

func blanks(n int) fragment { return generated(strings.Repeat(" ", n), theme.Style{}) }
