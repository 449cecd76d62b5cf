package diagram

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
)

// A chain is a flowchart in which each box has at most one arrow to it and one from it, all one behind the other. It may be drawn from left
// to right, as one line of boxes.
type chain struct {
	boxes  []flowBox
	arrows []arrow // between each box and the next
}

// chain returns the flowchart as a chain. It reports false if it isn't one.
func (f *flowchart) chain() (c chain, ok bool) {
	if len(f.arrows) != len(f.boxes)-1 {
		return chain{}, false
	}
	out, isTarget := make([]int, len(f.boxes)), make([]bool, len(f.boxes)) // arrows, from 1
	for i, a := range f.arrows {
		if out[a.from] > 0 || isTarget[a.to] {
			return chain{}, false
		}
		out[a.from], isTarget[a.to] = i+1, true
	}
	at := slices.Index(isTarget, false)
	c.boxes = append(c.boxes, f.boxes[at])
	for out[at] > 0 && len(c.boxes) <= len(f.boxes) {
		a := f.arrows[out[at]-1]
		c.arrows = append(c.arrows, a)
		at = a.to
		c.boxes = append(c.boxes, f.boxes[at])
	}
	return c, len(c.boxes) == len(f.boxes)
}

// draw draws a chain from left to right, or the other way round.
func (c chain) draw(leftward bool) *canvas {
	if leftward {
		slices.Reverse(c.boxes)
		slices.Reverse(c.arrows)
	}
	height, texts := 0, 0
	for _, b := range c.boxes {
		height = max(height, len(b.label))
	}
	for _, a := range c.arrows {
		texts = max(texts, len(a.label))
	}
	middle := max(texts, (height+1)/2) // of the arrows
	row := &canvas{}
	x := 0
	for i, b := range c.boxes {
		width, y := b.width(), middle-(len(b.label)+1)/2
		row.box(x, y, width, b.label)
		row.title(x, y, b)
		if i > 0 {
			row.arrow(x-c.arrows[i-1].length(), middle, c.arrows[i-1], leftward)
		}
		x += width
		if i < len(c.arrows) {
			x += c.arrows[i].length()
		}
	}
	return row
}

// length is how many cells an arrow takes between two boxes of a chain.
func (a arrow) length() int {
	const least = 4
	return max(widest(a.label)+2, least)
}

// arrow draws an arrow to the right, or to the left, from the box that ends before a column to the next one.
func (c *canvas) arrow(x, y int, a arrow, leftward bool) {
	if a.hidden {
		return
	}
	first, last := a.tail, a.head
	if leftward {
		first, last = last, first
	}
	begin, end := x, x+a.length()-1
	c.horizontal(begin, end, y, a.dashed)
	if first == "" {
		c.at(begin-1, y).sides |= right
		c.at(begin, y).sides |= left
	} else {
		c.write(begin, y, strings.Replace(first, ">", "◀", 1))
	}
	if last == "" {
		c.at(end, y).sides |= right
		c.at(end+1, y).sides |= left
	} else {
		c.write(end, y, strings.Replace(last, ">", "▶", 1))
	}
	for i, line := range a.label {
		c.write(x+(a.length()-cell.Width(line))/2, y-len(a.label)+i, line)
	}
}
