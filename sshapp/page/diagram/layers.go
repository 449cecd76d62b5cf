package diagram

import (
	"slices"
	"sort"
)

// Layers are the boxes of a flowchart in rows, such that arrows lead down: Sugiyama, Tagawa and Toda, "Methods for Visual Understanding
// of Hierarchical System Structures", 1981. An arrow that leads over several rows has a point in each row between.
type layers struct {
	f     *flowchart
	nodes []flowNode
	links []link
	rows  [][]int // of nodes, from left to right
}

// A flowNode is a box, or a point of an arrow.
type flowNode struct {
	box      int // -1 for a point
	row      int
	x, width int   // where it begins, and how wide it is
	bottom   int   // the line below it
	in, out  []int // links, from left to right
}

// A link is a part of an arrow, from a row to the next one.
type link struct {
	arrow        int
	upper, lower int  // nodes
	reversed     bool // the arrow leads up
	isFirst      bool // it begins at the upper box
	isLast       bool // it ends at the lower box
	from, to     int  // the columns at which it leaves and arrives
	track        int  // the line, between two rows, on which it goes to the side
}

// newLayers reports false if too many points are needed.
func newLayers(f *flowchart) (*layers, bool) {
	l := &layers{f: f}
	for i, b := range f.boxes {
		l.nodes = append(l.nodes, flowNode{box: i, width: b.width()})
	}
	reversed := l.reversed()
	l.rank(reversed)
	for i := range f.arrows {
		l.connect(i, reversed[i])
		if len(l.nodes) > len(f.boxes)+maxPoints {
			return nil, false
		}
	}
	rows := 0
	for _, n := range l.nodes {
		rows = max(rows, n.row+1)
	}
	l.rows = make([][]int, rows)
	for i, n := range l.nodes {
		l.rows[n.row] = append(l.rows[n.row], i)
	}
	l.order()
	return l, true
}

// reversed returns which arrows lead back to a box that they come from, by others.
func (l *layers) reversed() []bool {
	back := make([]bool, len(l.f.arrows))
	const open, done = 1, 2
	state := make([]int, len(l.f.boxes))
	var visit func(box int)
	visit = func(box int) {
		state[box] = open
		for i, a := range l.f.arrows {
			if a.from != box {
				continue
			}
			switch state[a.to] {
			case open:
				back[i] = true
			case 0:
				visit(a.to)
			}
		}
		state[box] = done
	}
	for i := range l.f.boxes {
		if state[i] == 0 {
			visit(i)
		}
	}
	return back
}

// rank gives each box its row: below all boxes whose arrows lead to it.
func (l *layers) rank(reversed []bool) {
	for range l.f.boxes {
		for i, a := range l.f.arrows {
			upper, lower := a.from, a.to
			if reversed[i] {
				upper, lower = lower, upper
			}
			l.nodes[lower].row = max(l.nodes[lower].row, l.nodes[upper].row+1)
		}
	}
}

// connect makes the links of an arrow, with points in the rows between its boxes.
func (l *layers) connect(i int, reversed bool) {
	upper, lower := l.f.arrows[i].from, l.f.arrows[i].to
	if reversed {
		upper, lower = lower, upper
	}
	for at := upper; at != lower; {
		next := lower
		if row := l.nodes[at].row + 1; row < l.nodes[lower].row {
			next = len(l.nodes)
			l.nodes = append(l.nodes, flowNode{box: -1, row: row, width: 1})
		}
		n := link{arrow: i, upper: at, lower: next, reversed: reversed, isFirst: at == upper, isLast: next == lower}
		l.nodes[at].out = append(l.nodes[at].out, len(l.links))
		l.nodes[next].in = append(l.nodes[next].in, len(l.links))
		l.links = append(l.links, n)
		at = next
	}
}

// order puts the nodes of each row in the order that their neighbours above and below have, which makes few arrows cross.
func (l *layers) order() {
	position := make([]float64, len(l.nodes))
	number := func(row []int) {
		for i, n := range row {
			position[n] = float64(i)
		}
	}
	for _, row := range l.rows {
		number(row)
	}
	for pass := range 8 {
		for i := range l.rows {
			row, fromAbove := l.rows[i], pass%2 == 0
			if !fromAbove {
				row = l.rows[len(l.rows)-1-i]
			}
			wanted := map[int]float64{}
			for _, n := range row {
				wanted[n] = l.mean(n, fromAbove, position)
			}
			sort.SliceStable(row, func(a, b int) bool { return wanted[row[a]] < wanted[row[b]] })
			number(row)
		}
	}
	for i := range l.nodes {
		n := &l.nodes[i]
		slices.SortStableFunc(n.in, func(a, b int) int { return int(position[l.links[a].upper] - position[l.links[b].upper]) })
		slices.SortStableFunc(n.out, func(a, b int) int { return int(position[l.links[a].lower] - position[l.links[b].lower]) })
	}
}

// mean returns the mean of where the neighbours of a node are, in the row above or below.
func (l *layers) mean(n int, above bool, position []float64) float64 {
	sum, count := 0.0, 0
	for _, i := range l.neighbours(n, above) {
		sum += position[i]
		count++
	}
	if count == 0 {
		return position[n]
	}
	return sum / float64(count)
}

func (l *layers) neighbours(n int, above bool) []int {
	var all []int
	if above {
		for _, i := range l.nodes[n].in {
			all = append(all, l.links[i].upper)
		}
		return all
	}
	for _, i := range l.nodes[n].out {
		all = append(all, l.links[i].lower)
	}
	return all
}
