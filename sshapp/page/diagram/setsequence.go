package diagram

import (
	"strings"

	"postern/sshapp/cell"
)

// drawSequence is a drawer.
func drawSequence(statements []string, l labels, width int) (*canvas, bool) {
	s, ok := parseSequence(statements[1:], l)
	if !ok || statements[0] != "sequenceDiagram" {
		return nil, false
	}
	total := s.place()
	if total > width {
		return nil, true
	}
	return s.draw(total), true
}

// place gives the people their lines, as far apart as what is written between them is wide. It returns the width of it all.
func (s *sequence) place() int {
	margin := 2 * s.deepest
	end := 0
	for i := range s.people {
		p := &s.people[i]
		half := (widest(p.label) + 4) / 2
		p.x = margin + half
		if i > 0 {
			before := &s.people[i-1]
			p.x = max(p.x, before.x+(widest(before.label)+5)/2+half+1)
		}
		for _, e := range s.events {
			from, to := min(e.from, e.to), max(e.from, e.to)
			need := widest(e.label) + 4
			switch {
			case e.kind == messageEvent && to == i && from < i:
				p.x = max(p.x, s.people[from].x+need)
			case e.kind == messageEvent && from == to && from == i-1:
				p.x = max(p.x, s.people[from].x+need+2)
			case e.kind == noteEvent && e.name == "right of" && from == i-1, e.kind == noteEvent && e.name == "left of" && from == i:
				if i > 0 {
					p.x = max(p.x, s.people[i-1].x+need+3)
				} else {
					p.x = max(p.x, margin+need+2)
				}
			case e.kind == noteEvent && e.name == "over" && from == i && to == i:
				p.x = max(p.x, margin+need/2)
			case e.kind == noteEvent && e.name == "over" && to == i && from < i:
				p.x = max(p.x, s.people[from].x+need-4)
			}
		}
		end = max(end, p.x+half+1)
	}
	for _, e := range s.events {
		need := widest(e.label) + 4
		last := s.people[e.to].x
		switch {
		case e.kind == messageEvent && e.from == e.to:
			end = max(end, last+need+1)
		case e.kind == noteEvent && e.name == "right of":
			end = max(end, last+need+2)
		case e.kind == noteEvent && e.name == "over":
			middle := (s.people[e.from].x + last) / 2
			end = max(end, middle+need/2+2)
		case e.kind == frameEvent || e.kind == partEvent:
			end = max(end, margin+widest(e.label)+cell.Width(e.name)+6)
		}
	}
	return end + margin
}

// draw draws the people at the top, and then each event below the one before.
func (s *sequence) draw(width int) *canvas {
	c := &canvas{}
	y := 0
	if s.title != "" {
		c.write(max(0, (width-cell.Width(s.title))/2), 0, s.title)
		y = 2
	}
	height := 0
	for _, p := range s.people {
		height = max(height, len(p.label))
	}
	top := y
	y += height + 2
	begin := y
	depth := 0
	var over []func()
	for _, e := range s.events {
		switch e.kind {
		case messageEvent:
			y = s.message(c, e, y, &over)
		case noteEvent:
			x, w := s.notePlace(e)
			row := y
			over = append(over, func() { c.box(x, row, w, e.label) })
			y += len(e.label) + 2
		case frameEvent:
			depth++
			x1, x2, row := 2*(depth-1), width-1-2*(depth-1), y
			c.horizontal(x1, x2, row, false)
			c.at(x1, row).sides |= down
			c.at(x2, row).sides |= down
			over = append(over, func() { c.write(x1+2, row, frameTitle(e)) })
			y++
		case partEvent:
			x1, x2, row := 2*(depth-1), width-1-2*(depth-1), y
			c.horizontal(x1, x2, row, true)
			over = append(over, func() { c.write(x1+2, row, frameTitle(e)) })
			y++
		case endEvent:
			x1, x2 := 2*(depth-1), width-1-2*(depth-1)
			c.horizontal(x1, x2, y, false)
			depth--
			y++
		}
	}
	s.frames(c, begin, width)
	for _, p := range s.people {
		c.vertical(p.x, begin-1, y, false)
	}
	for i := range s.people {
		p := &s.people[i]
		w := widest(p.label) + 4
		c.box(p.x-w/2, top, w, pad(p.label, height))
		c.at(p.x, begin-1).sides |= down
	}
	for _, f := range over {
		f()
	}
	return c
}

// frameTitle returns what stands in the upper line of a frame or of a part.
func frameTitle(e event) string {
	return " " + strings.TrimSpace(e.name+" "+strings.Join(e.label, " ")) + " "
}

// frames draws the sides of the frames.
func (s *sequence) frames(c *canvas, y, width int) {
	var begun []int
	for _, e := range s.events {
		switch e.kind {
		case messageEvent:
			y += len(e.label) + 1
			if e.from == e.to {
				y++
			}
		case noteEvent:
			y += len(e.label) + 2
		case frameEvent:
			begun = append(begun, y)
			y++
		case partEvent:
			y++
		case endEvent:
			n := len(begun) - 1
			c.vertical(2*n, begun[n], y, false)
			c.vertical(width-1-2*n, begun[n], y, false)
			begun = begun[:n]
			y++
		}
	}
}

// notePlace returns where a note begins, and its width.
func (s *sequence) notePlace(e event) (x, width int) {
	from, to := s.people[e.from].x, s.people[e.to].x
	width = widest(e.label) + 4
	switch e.name {
	case "left of":
		return from - width - 1, width
	case "right of":
		return from + 2, width
	}
	if from < to {
		width = max(width, to-from+5)
	}
	return max((from+to)/2-width/2, 0), width
}

// message draws an arrow below its text, and returns the next row.
func (s *sequence) message(c *canvas, e event, y int, over *[]func()) int {
	from, to := s.people[e.from].x, s.people[e.to].x
	row := y + len(e.label)
	if from == to {
		for i, line := range e.label {
			*over = append(*over, func() { c.write(from+2, y+i, line) })
		}
		c.horizontal(from, from+3, row, e.dashed)
		c.vertical(from+3, row, row+1, false)
		c.horizontal(from+1, from+3, row+1, e.dashed)
		*over = append(*over, func() { c.write(from+1, row+1, "◀") })
		return row + 2
	}
	x1, x2 := min(from, to), max(from, to)
	for i, line := range e.label {
		*over = append(*over, func() { c.write((x1+x2-1-cell.Width(line))/2, y+i, " "+line+" ") }) // no line touches it
	}
	head := map[string]string{"▶": "◀", "▷": "◁"}[e.head]
	if head == "" {
		head = e.head
	}
	*over = append(*over, func() {
		for x := x1 + 1; x < x2; x++ {
			line := "─"
			if e.dashed {
				line = "╌"
			}
			c.write(x, row, line)
		}
		switch {
		case e.head == "":
		case from < to:
			c.write(x2-1, row, e.head)
		default:
			c.write(x1+1, row, head)
		}
	})
	return row + 1
}
