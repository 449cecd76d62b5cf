package formula

import (
	"strings"

	"postern/sshapp/cell"
)

// A box is lines of equal width. What stands beside it has its baseline on the same line.
type box struct {
	rows  []string
	width int // in cells
	base  int // the line of the baseline
	tags  []tag
}

// A tag is the number of a line.
type tag struct {
	row  int
	text string
}

// textBox returns a box of one line.
func textBox(s string) box { return box{rows: []string{s}, width: cell.Width(s)} }

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

// height is the number of a box's lines.
func (b box) height() int { return len(b.rows) }

// join puts boxes beside each other, with their baselines on one line.
func join(parts ...box) box {
	if len(parts) == 1 {
		return parts[0]
	}
	above, below := 0, 0
	all := box{}
	for _, b := range parts {
		above, below = max(above, b.base), max(below, b.height()-b.base-1)
		all.width += b.width
	}
	all.base = above
	all.rows = make([]string, above+1+below)
	for i := range all.rows {
		var row strings.Builder
		for _, b := range parts {
			if at := i - above + b.base; at >= 0 && at < b.height() {
				row.WriteString(b.rows[at])
			} else {
				row.WriteString(blanks(b.width))
			}
		}
		all.rows[i] = row.String()
	}
	for _, b := range parts {
		for _, t := range b.tags {
			all.tags = append(all.tags, tag{t.row + above - b.base, t.text})
		}
	}
	return all
}

// An align is where a box stands in what is wider: 'l', 'c' or 'r'.
type align byte

// widen puts blanks beside a box, up to a width.
func (b box) widen(width int, a align) box {
	free := width - b.width
	if free <= 0 {
		return b
	}
	left := 0
	switch a {
	case 'c':
		left = free / 2
	case 'r':
		left = free
	}
	wide := box{rows: make([]string, b.height()), width: width, base: b.base, tags: b.tags}
	for i, row := range b.rows {
		wide.rows[i] = blanks(left) + row + blanks(free-left)
	}
	return wide
}

// flushLeft returns a box without the blanks in front of all its lines.
func (b box) flushLeft() box {
	free := b.width
	for _, row := range b.rows {
		free = min(free, len(row)-len(strings.TrimLeft(row, " ")))
	}
	flush := box{width: b.width - free, base: b.base, tags: b.tags}
	for _, row := range b.rows {
		flush.rows = append(flush.rows, row[free:])
	}
	return flush
}

// stack puts boxes one below the other. The baseline is that of one of them.
func stack(a align, base int, parts ...box) box {
	all := box{}
	for _, b := range parts {
		all.width = max(all.width, b.width)
	}
	for i, b := range parts {
		if i == base {
			all.base = len(all.rows) + b.base
		}
		for _, t := range b.tags {
			all.tags = append(all.tags, tag{t.row + len(all.rows), t.text})
		}
		all.rows = append(all.rows, b.widen(all.width, a).rows...)
	}
	return all
}

// pad returns a box with blank lines above and below it.
func (b box) pad(above, below int) box {
	blank := blanks(b.width)
	rows := make([]string, 0, above+b.height()+below)
	for range above {
		rows = append(rows, blank)
	}
	rows = append(rows, b.rows...)
	for range below {
		rows = append(rows, blank)
	}
	return box{rows: rows, width: b.width, base: b.base + above, tags: b.tags}
}

// isExact reports whether the lines are as wide as they were reckoned to be: a character may join the one beside it.
func (b box) isExact() bool {
	for _, row := range b.rows {
		if cell.Width(row) != b.width {
			return false
		}
	}
	return true
}

// numbered puts the numbers of lines at the right end of so many cells, and the rest in the middle. It reports false if they don't
// fit.
func (b box) numbered(width int) (box, bool) {
	widest := 0
	for _, t := range b.tags {
		widest = max(widest, cell.Width(t.text))
	}
	numbers := make([]string, b.height())
	for _, t := range b.tags {
		numbers[t.row] = strings.TrimSpace(numbers[t.row] + " " + t.text)
		widest = max(widest, cell.Width(numbers[t.row]))
	}
	const gap = 2
	left := min((width-b.width)/2, width-b.width-gap-widest)
	if left < 0 {
		return box{}, false
	}
	out := box{width: width, base: b.base}
	for i, row := range b.rows {
		out.rows = append(out.rows, blanks(left)+row+blanks(width-left-b.width-cell.Width(numbers[i]))+numbers[i])
	}
	return out, true
}
