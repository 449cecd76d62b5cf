package formula

import "strings"

// Tables: matrices, cases, and formulas that are aligned.

// table sets the rows of a table below each other, or behind each other on one line.
func (s *setter) table(n *node) box {
	if s.inline {
		return s.rowsInLine(n)
	}
	g := &grid{s: s, n: n}
	g.measure()
	if s.failed {
		return textBox("")
	}
	var rows []box
	isTall := false
	for _, r := range g.rows {
		isTall = isTall || r.height > 1
	}
	for i := range g.rows {
		if n.rows[i].rule {
			rows = append(rows, textBox(strings.Repeat("─", g.width())))
		} else if isTall && i > 0 {
			rows = append(rows, textBox(blanks(g.width())))
		}
		if i == len(g.rows)-1 && i > 0 && n.rows[i].isEmpty() {
			continue
		}
		rows = append(rows, g.row(i))
	}
	all := stack('l', 0, rows...)
	all.base = (all.height() - 1) / 2
	if len(n.rows) == 1 {
		all.base = rows[0].base
	}
	return all
}

// rowsInLine sets a table on one line: "a, b; c, d". A row that goes on with the formula above it follows that behind a blank.
func (s *setter) rowsInLine(n *node) box {
	var line strings.Builder
	for i, r := range n.rows {
		if r.number != nil {
			s.failed = true
		}
		last := i == len(n.rows)-1 && r.isEmpty()
		goesOn := n.isAlignment && r.cells[0].isEmpty()
		switch {
		case i == 0 || last:
		case goesOn:
			line.WriteString(" ")
		default:
			line.WriteString(separator(line.String(), ";"))
		}
		for j, c := range r.cells {
			if !n.isAlignment && j > 0 {
				line.WriteString(separator(line.String(), ","))
			}
			before := nothing
			if n.isAlignment && j%2 == 1 && !(j == 1 && goesOn) {
				before = ordinary
			} else if n.isAlignment && j > 0 && !goesOn {
				line.WriteString(" ")
			}
			line.WriteString(s.list(c.parts, false, before).rows[0])
		}
	}
	return textBox(line.String())
}

// separator returns what stands between a line and what follows: a sign, unless its author put one there.
func separator(line, stop string) string {
	if strings.HasSuffix(line, ",") || strings.HasSuffix(line, ";") || strings.HasSuffix(line, ".") {
		return " "
	}
	return stop + " "
}

// A grid is a table that is being set.
type grid struct {
	s       *setter
	n       *node
	rows    []gridRow
	columns []int // their widths
}

// A gridRow is a row whose cells are set.
type gridRow struct {
	cells  []box
	height int
}

// measure sets the cells.
func (g *grid) measure() {
	for _, r := range g.n.rows {
		var set gridRow
		for i, c := range r.cells {
			before := nothing
			if g.n.isAlignment && i%2 == 1 {
				before = ordinary
			}
			b := g.s.list(c.parts, false, before)
			if n := len(c.parts); g.n.isAlignment && i%2 == 0 && i < len(r.cells)-1 && n > 0 && c.parts[n-1].rightClass() == relation {
				b = join(b, textBox(" ")) // a relation has blanks on both sides, wherever formulas are aligned at it
			}
			set.cells = append(set.cells, b)
			set.height = max(set.height, b.height())
			if i == len(g.columns) {
				g.columns = append(g.columns, 0)
			}
			g.columns[i] = max(g.columns[i], b.width)
		}
		g.rows = append(g.rows, set)
		if g.s.failed || g.width() > g.s.width {
			g.s.failed = true
			return
		}
	}
}

// column returns the alignment of a column, and whether a line stands on its left side.
func (g *grid) column(i int) (a align, line bool) {
	spec := g.n.columns
	if spec == "" {
		return 'c', false
	}
	if g.n.isAlignment {
		return align(spec[i%len(spec)]), false
	}
	a = 'c'
	for _, c := range spec {
		if c == '|' {
			line = true
			continue
		}
		a = align(c)
		if i == 0 {
			return a, line
		}
		i--
		line = false
	}
	return a, false
}

// columnGap is how many cells stand between two aligned formulas of a row.
const columnGap = 3

// gap returns how many cells stand in front of a column.
func (g *grid) gap(i int) int {
	_, line := g.column(i)
	switch {
	case line && i == 0:
		return len("| ")
	case line:
		return len(" | ")
	case i == 0, g.n.isAlignment && i%2 == 1, g.n.columns == "rcl":
		return 0
	case g.n.isAlignment:
		return columnGap
	}
	return g.n.gap
}

// end returns how many cells stand behind the last column.
func (g *grid) end() int {
	if !g.n.isAlignment && strings.HasSuffix(g.n.columns, "|") {
		return len(" |")
	}
	return 0
}

func (g *grid) width() int {
	n := g.end()
	for i, w := range g.columns {
		n += g.gap(i) + w
	}
	return n
}

// row sets a row: its cells beside each other, all columns as wide as their widest cells.
func (g *grid) row(i int) box {
	cells := g.rows[i].cells
	all := join(append([]box{textBox("")}, cells...)...) // as high as the row is
	var parts []box
	for j, w := range g.columns {
		a, line := g.column(j)
		gap := g.gap(j)
		if line {
			parts = append(parts, textBox(blanks(gap-len("| "))), verticalLine(all), textBox(" "))
		} else {
			parts = append(parts, textBox(blanks(gap)))
		}
		cell := textBox("")
		if j < len(cells) {
			cell = cells[j]
		}
		parts = append(parts, cell.widen(w, a))
	}
	if g.end() > 0 {
		parts = append(parts, textBox(" "), verticalLine(all))
	}
	b := join(parts...)
	if label := g.n.rows[i].number; label != nil {
		b.tags = append(b.tags, tag{b.base, label.text})
	}
	return b
}

// verticalLine returns a line as high as a box.
func verticalLine(as box) box {
	line := box{rows: make([]string, as.height()), width: 1, base: as.base}
	for i := range line.rows {
		line.rows[i] = "│"
	}
	return line
}
