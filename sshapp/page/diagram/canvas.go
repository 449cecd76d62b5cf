package diagram

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
)

// A canvas is a grid of squares of a cell each.
type canvas struct{ rows [][]square }

// A square holds text, or lines to some of its sides.
type square struct {
	text    string // a character; of one that is wide, in the first of its squares
	covered bool   // by the character to the left
	sides   sides
	dashed  bool
}

// sides are a set of the sides of a square that lines lead to.
type sides uint8

const (
	up sides = 1 << iota
	down
	left
	right
)

// strokes are the characters for lines, by the sides that they lead to.
var strokes = [16]string{
	0: " ", up: "│", down: "│", left: "─", right: "─", up | down: "│", left | right: "─", down | right: "╭", down | left: "╮", up | right: "╰", up | left: "╯",
	up | down | right: "├", up | down | left: "┤", down | left | right: "┬", up | left | right: "┴", up | down | left | right: "┼",
}

// at returns a square. The canvas grows to hold it.
func (c *canvas) at(x, y int) *square {
	for len(c.rows) <= y {
		c.rows = append(c.rows, nil)
	}
	for len(c.rows[y]) <= x {
		c.rows[y] = append(c.rows[y], square{})
	}
	return &c.rows[y][x]
}

// horizontal draws a line from one square to another in the same row.
func (c *canvas) horizontal(x1, x2, y int, dashed bool) {
	x1, x2 = min(x1, x2), max(x1, x2)
	for x := x1; x <= x2; x++ {
		s := c.at(x, y)
		if x > x1 {
			s.sides |= left
		}
		if x < x2 {
			s.sides |= right
		}
		s.dashed = s.dashed || dashed
	}
}

// vertical draws a line from one square to another in the same column.
func (c *canvas) vertical(x, y1, y2 int, dashed bool) {
	y1, y2 = min(y1, y2), max(y1, y2)
	for y := y1; y <= y2; y++ {
		s := c.at(x, y)
		if y > y1 {
			s.sides |= up
		}
		if y < y2 {
			s.sides |= down
		}
		s.dashed = s.dashed || dashed
	}
}

// write puts text over what is there.
func (c *canvas) write(x, y int, text string) {
	for x = max(x, 0); text != ""; {
		cluster, width := cell.Cluster(text)
		*c.at(x, y) = square{text: cluster}
		for i := 1; i < width; i++ {
			*c.at(x+i, y) = square{covered: true}
		}
		x += width
		text = text[len(cluster):]
	}
}

// box draws a frame around lines of text, over what is there.
func (c *canvas) box(x, y, width int, lines []string) {
	bottom := y + len(lines) + 1
	for row := y; row <= bottom; row++ {
		c.write(x, row, strings.Repeat(" ", width))
	}
	for _, row := range []int{y, bottom} {
		c.horizontal(x, x+width-1, row, false)
	}
	for _, column := range []int{x, x + width - 1} {
		c.vertical(column, y, bottom, false)
	}
	for i, line := range lines {
		c.write(x+(width-cell.Width(line))/2, y+1+i, line)
	}
}

// lines returns what has been drawn, without blanks at the ends of lines.
func (c *canvas) lines() []string {
	var all []string
	for _, row := range c.rows {
		var b strings.Builder
		for _, s := range row {
			switch {
			case s.covered:
			case s.sides == 0 && s.text != "":
				b.WriteString(s.text)
			case s.sides != 0 && s.text != "" && s.text != " ":
				b.WriteString(s.text)
			case s.dashed && s.sides == left|right:
				b.WriteString("╌")
			case s.dashed && s.sides == up|down:
				b.WriteString("╎")
			default:
				b.WriteString(strokes[s.sides])
			}
		}
		all = append(all, strings.TrimRight(b.String(), " "))
	}
	return all
}

// pad returns lines with empty ones behind them.
func pad(lines []string, n int) []string {
	return append(slices.Clone(lines), make([]string, n-len(lines))...)
}
