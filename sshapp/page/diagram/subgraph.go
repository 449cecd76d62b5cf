package diagram

import (
	"regexp"
	"slices"
	"strings"
)

// A group is a part of a flowchart in a frame: a subgraph. The first group of a flowchart is all of it.
type group struct {
	id     string
	title  []string
	parent int // of the group that it stands in; -1 for the first
}

// maxGroups is how many there may be. Real flowcharts have five.
const maxGroups = 20

var (
	groupBegin = regexp.MustCompile(`(?s)^subgraph\s+(.+)$`)
	groupTitle = regexp.MustCompile(`(?s)^([^\s\[]+)\s*\[(.*)\]$`)
)

// begin begins a group.
func (f *flowchart) begin(name string) {
	g := group{id: name, title: f.read(name), parent: f.open}
	if m := groupTitle.FindStringSubmatch(name); m != nil {
		g.id, g.title = m[1], f.read(m[2])
	}
	f.open = len(f.groups)
	f.groups = append(f.groups, g)
}

// end ends the group that is open. It reports false if none is.
func (f *flowchart) end() bool {
	if f.open == 0 {
		return false
	}
	f.open = f.groups[f.open].parent
	return true
}

// A place is a box of a flowchart, or a group that arrows lead to.
type place struct {
	box   int // -1 for a group
	group int // that a box stands in, or the group itself
}

// place returns what an arrow to a box leads to: the group, if that is what its id means.
func (f *flowchart) place(box int) place {
	id := f.boxes[box].id
	if i := slices.IndexFunc(f.groups[1:], func(g group) bool { return g.id == id }); i >= 0 {
		return place{-1, i + 1}
	}
	return place{box, f.boxes[box].group}
}

// within returns what stands for a place in a group that it is in, at any depth: itself, or one of the groups of that group.
func (f *flowchart) within(p place, outer int) (in place, ok bool) {
	if p.box >= 0 && p.group == outer {
		return p, true
	}
	for at := (place{-1, p.group}); at.group > 0; at.group = f.groups[at.group].parent {
		if f.groups[at.group].parent == outer {
			return at, true
		}
	}
	return place{}, false
}

// part returns the flowchart that a group consists of: its boxes, and its groups as boxes that are drawn already. It reports false if
// one doesn't fit, or if an arrow leads from a group into itself.
func (f *flowchart) part(outer, width int) (part *flowchart, fits, ok bool) {
	part = &flowchart{labels: f.labels}
	index := map[place]int{}
	for i, b := range f.boxes {
		if p := f.place(i); p.box >= 0 && b.group == outer {
			index[p] = len(part.boxes)
			part.boxes = append(part.boxes, b)
		}
	}
	for i, g := range f.groups {
		if g.parent != outer {
			continue
		}
		c, ok := f.draw(i, width-4)
		if c == nil {
			return nil, false, ok
		}
		index[place{-1, i}] = len(part.boxes)
		part.boxes = append(part.boxes, flowBox{id: g.id, label: c.square(), title: g.title})
	}
	for _, a := range f.arrows {
		from, to := f.place(a.from), f.place(a.to)
		begin, ok1 := f.within(from, outer)
		end, ok2 := f.within(to, outer)
		switch {
		case !ok1 || !ok2:
		case begin == end && begin.box < 0 && (from == begin || to == begin):
			return nil, false, false
		case begin == end && begin.box < 0: // it is an arrow of the group
		default:
			if from != begin || to != end {
				a.label = slices.Concat(a.label, f.innerEnds(from, begin, to, end))
			}
			a.from, a.to = index[begin], index[end]
			part.arrows = append(part.arrows, a)
		}
	}
	return part, true, true
}

// innerEnds says where an arrow begins and ends, so far as that is within groups: "a → b".
func (f *flowchart) innerEnds(from, begin, to, end place) []string {
	text := "→"
	if from != begin {
		text = f.name(from) + " " + text
	}
	if to != end {
		text += " " + f.name(to)
	}
	return f.read(text)
}

// name returns what stands in a box, or above a group, on one line.
func (f *flowchart) name(p place) string {
	if p.box < 0 {
		return strings.Join(f.groups[p.group].title, " ")
	}
	return strings.Join(f.boxes[p.box].label, " ")
}

// draw draws a group. It returns nil if that doesn't fit, and reports false if it can't be drawn at any width.
func (f *flowchart) draw(outer, width int) (*canvas, bool) {
	part, fits, ok := f.part(outer, width)
	if !fits || !ok {
		return nil, ok
	}
	if len(part.boxes) == 0 {
		return &canvas{}, true
	}
	if c, ok := part.chain(); ok && strings.ContainsAny(f.direction, "LR") {
		if row := c.draw(f.direction == "RL"); widest(row.lines()) <= width {
			return row, true
		}
	}
	l, ok := newLayers(part)
	if !ok {
		return nil, false
	}
	if !l.place(width) {
		return nil, true
	}
	return l.draw(), true
}

// square returns the lines of a canvas, all as wide as the widest.
func (c *canvas) square() []string {
	lines := c.lines()
	width := widest(lines)
	for i, line := range lines {
		lines[i] = line + strings.Repeat(" ", width-widest([]string{line}))
	}
	return lines
}
