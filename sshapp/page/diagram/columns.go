package diagram

// The columns at which boxes stand, and arrows leave and arrive.

// gap is how many cells stand between boxes in a row.
const gap = 2

// place gives each node its column. It reports false if they don't fit.
func (l *layers) place(width int) bool {
	for i := range l.nodes {
		n := &l.nodes[i]
		n.width = max(n.width, l.portsWidth(n.in, true), l.portsWidth(n.out, false))
		if n.box >= 0 && n.width%2 == 0 {
			n.width++ // the middle of a box is a column
		}
	}
	for _, row := range l.rows {
		x := 0
		for _, n := range row {
			l.nodes[n].x = x
			x += l.nodes[n].width + gap
		}
		if x-gap > width {
			return false
		}
	}
	for pass := range 12 {
		for i := range l.rows {
			if pass%2 == 0 {
				l.align(l.rows[i], true, width)
			} else {
				l.align(l.rows[len(l.rows)-1-i], false, width)
			}
		}
	}
	l.moveLeft()
	for i := range l.nodes {
		l.setPorts(&l.nodes[i])
	}
	l.straighten()
	return true
}

// portsWidth returns how wide a node must be for its arrows and the texts on them.
func (l *layers) portsWidth(links []int, arriving bool) int {
	n := 0
	for _, i := range links {
		n += l.portWidth(i, arriving)
	}
	return n
}

// portWidth is how many cells an arrow takes of a side of a box.
func (l *layers) portWidth(i int, arriving bool) int {
	n := &l.links[i]
	a := l.f.arrows[n.arrow]
	if n.isLast && arriving && len(a.label) > 0 {
		return max(widest(a.label)+2, 3)
	}
	return 3
}

// align moves the nodes of a row, which stay in their order, to where their neighbours are.
func (l *layers) align(row []int, above bool, width int) {
	wanted := make([]int, len(row))
	for i, n := range row {
		node := l.nodes[n]
		wanted[i] = node.x
		near := l.neighbours(n, above)
		if len(near) == 0 {
			continue
		}
		sum := 0
		for _, m := range near {
			sum += 2*l.nodes[m].x + l.nodes[m].width
		}
		wanted[i] = (sum/len(near) - node.width) / 2
	}
	room := make([]int, len(row)+1) // that the nodes from here on need
	for i := len(row) - 1; i >= 0; i-- {
		room[i] = room[i+1] + l.nodes[row[i]].width
		if i < len(row)-1 {
			room[i] += gap
		}
	}
	least := 0
	for i, n := range row {
		x := min(max(wanted[i], least), width-room[i])
		// What comes behind pushes this one to the left, half as far as it is pushed to the right itself.
		if i+1 < len(row) {
			if over := x + l.nodes[n].width + gap - wanted[i+1]; over > 0 {
				x = max(x-over/2, least)
			}
		}
		l.nodes[n].x = x
		least = x + l.nodes[n].width + gap
	}
}

// moveLeft takes off the columns that nothing stands in, at the left.
func (l *layers) moveLeft() {
	least := 1 << 20
	for _, n := range l.nodes {
		least = min(least, n.x)
	}
	for i := range l.nodes {
		l.nodes[i].x -= least
	}
}

// setPorts says at which columns the arrows of a node arrive and leave.
func (l *layers) setPorts(n *flowNode) {
	x := n.x + (n.width-l.portsWidth(n.in, true))/2
	for _, i := range n.in {
		w := l.portWidth(i, true)
		l.links[i].to = x + w/2
		x += w
	}
	x = n.x + (n.width-l.portsWidth(n.out, false))/2
	for _, i := range n.out {
		w := l.portWidth(i, false)
		l.links[i].from = x + w/2
		x += w
	}
	if n.box < 0 { // an arrow goes straight through
		l.links[n.in[0]].to = n.x + n.width/2
		l.links[n.out[0]].from = n.x + n.width/2
	}
}

// straighten lets arrows go straight down where they would go a little to the side.
func (l *layers) straighten() {
	for _, row := range l.rows {
		for i, at := range row {
			if n := &l.nodes[at]; len(n.in) == 1 && n.box < 0 {
				l.movePoint(row, i, l.links[n.in[0]].from)
			} else if len(n.in) == 1 {
				k := &l.links[n.in[0]]
				if n.mayShift(k.to, k.from, widest(l.f.arrows[k.arrow].label)) {
					k.to = k.from
				}
			}
		}
	}
	for i := range l.links {
		if k := &l.links[i]; l.nodes[k.upper].box >= 0 && len(l.nodes[k.upper].out) == 1 && l.nodes[k.upper].mayShift(k.from, k.to, 1) {
			k.from = k.to
		}
	}
}

// movePoint moves a point of an arrow to a column, if that is free.
func (l *layers) movePoint(row []int, i, column int) {
	n := &l.nodes[row[i]]
	x := column - n.width/2
	if i > 0 {
		if before := l.nodes[row[i-1]]; x < before.x+before.width+gap {
			return
		}
	}
	if x < 0 || i+1 < len(row) && x+n.width+gap > l.nodes[row[i+1]].x {
		return
	}
	n.x = x
	l.links[n.in[0]].to, l.links[n.out[0]].from = column, column
}

// mayShift reports whether the only arrow at a side of a box may be at another column: nearby, and with its text above the box.
func (n *flowNode) mayShift(from, to, text int) bool {
	const most = 2
	begin := to - text/2
	return n.x < to && to < n.x+n.width-1 && max(from-to, to-from) <= most && n.x <= begin && begin+text <= n.x+n.width
}
