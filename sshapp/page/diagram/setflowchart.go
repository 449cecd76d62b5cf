package diagram

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
)

// draw draws the rows of boxes, and between them the arrows.
func (l *layers) draw() *canvas {
	c := &canvas{}
	y := 0
	for i, row := range l.rows {
		height := 1
		for _, n := range row {
			if b := l.nodes[n].box; b >= 0 {
				height = max(height, len(l.f.boxes[b].label))
			}
		}
		for _, n := range row {
			l.drawNode(c, &l.nodes[n], y, height)
		}
		y += height + 2
		if i < len(l.rows)-1 {
			y = l.drawLinks(c, row, y)
		}
	}
	return c
}

// drawNode draws a box, or the part of an arrow that goes through a row.
func (l *layers) drawNode(c *canvas, n *flowNode, y, height int) {
	n.bottom = y + height + 2
	if n.box < 0 {
		a := l.f.arrows[l.links[n.in[0]].arrow]
		if !a.hidden {
			c.vertical(n.x+n.width/2, y, y+height+1, a.dashed)
		}
		return
	}
	b := l.f.boxes[n.box]
	if 2*len(b.label) < height { // beside a group it would be a tower
		height = max(len(b.label), 1)
	}
	n.bottom = y + height + 2
	c.box(n.x, y, n.width, pad(b.label, height))
	c.title(n.x, y, b)
	for _, i := range n.in {
		if l.f.arrows[l.links[i].arrow].hidden {
			continue
		}
		if lower, _ := l.ends(&l.links[i]); lower == "" {
			c.at(l.links[i].to, y).sides |= up
		}
	}
	for _, i := range n.out {
		if l.f.arrows[l.links[i].arrow].hidden {
			continue
		}
		if _, upper := l.ends(&l.links[i]); upper == "" {
			c.at(l.links[i].from, n.bottom-1).sides |= down
		}
	}
}

// width returns how wide a box is.
func (b flowBox) width() int {
	width := widest(b.label) + 4
	if len(b.title) > 0 {
		width = max(width, cell.Width(strings.Join(b.title, " "))+6)
	}
	return width
}

// title writes the title of a group on the line above it.
func (c *canvas) title(x, y int, b flowBox) {
	if len(b.title) > 0 {
		c.write(x+2, y, " "+strings.Join(b.title, " ")+" ")
	}
}

// drawLinks draws what leads from a row to the next, from a line on, and returns the line below it: first the heads that point up, then
// the lines on which arrows go to the side, then the texts, then the heads that point down.
func (l *layers) drawLinks(c *canvas, row []int, y int) int {
	var links []*link
	texts, top := 0, y
	for _, n := range row {
		for _, i := range l.nodes[n].out {
			k := &l.links[i]
			links = append(links, k)
			if _, upper := l.ends(k); upper != "" && l.nodes[n].bottom == top {
				y = top + 1
			}
			if k.isLast {
				texts = max(texts, len(l.f.arrows[k.arrow].label))
			}
		}
	}
	tracks := l.assignTracks(links)
	bottom := y + tracks + texts // of the heads
	if texts == 0 && tracks == 0 {
		bottom++
	}
	links = slices.DeleteFunc(links, func(k *link) bool { return l.f.arrows[k.arrow].hidden })
	for _, k := range links {
		a := l.f.arrows[k.arrow]
		begin := l.nodes[k.upper].bottom
		if k.from == k.to {
			c.vertical(k.from, begin, bottom, a.dashed)
		} else {
			c.vertical(k.from, begin, y+k.track, a.dashed)
			c.horizontal(k.from, k.to, y+k.track, a.dashed)
			c.vertical(k.to, y+k.track, bottom, a.dashed)
		}
		c.at(k.from, begin).sides |= up
		c.at(k.to, bottom).sides |= down
	}
	for _, k := range links {
		lower, upper := l.ends(k)
		if lower != "" {
			c.write(k.to, bottom, lower)
		}
		if upper != "" {
			c.write(k.from, l.nodes[k.upper].bottom, upper)
		}
		if a := l.f.arrows[k.arrow]; k.isLast {
			for i, line := range a.label {
				c.write(k.to-cell.Width(line)/2, bottom-texts+i, line)
			}
		}
	}
	return bottom + 1
}

// ends returns the heads of an arrow's part: at its lower end, and at its upper one.
func (l *layers) ends(k *link) (lower, upper string) {
	a := l.f.arrows[k.arrow]
	begin, end := a.tail, a.head
	if k.reversed {
		begin, end = end, begin
	}
	if k.isFirst {
		upper = begin
	}
	if k.isLast {
		lower = end
	}
	if lower == ">" {
		lower = "▼"
	}
	if upper == ">" {
		upper = "▲"
	}
	return lower, upper
}
