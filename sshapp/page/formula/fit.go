package formula

import "slices"

// fit sets a formula within a width. One that is too wide is broken at its relations, or else at its operators and commas too.
func fit(tree *node, width int) (box, bool) {
	tree = tree.single()
	s := &setter{width: width}
	if b := s.box(tree, false); !s.failed {
		return b, true
	}
	if tree.kind == table && tree.isAlignment {
		return fitRows(tree, width)
	}
	if tree.kind != list {
		return box{}, false
	}
	for _, breaks := range [][]class{{relation}, {relation, binary}, {relation, binary, punctuation}} {
		if b, ok := broken(tree, width, breaks); ok {
			return b, true
		}
	}
	return box{}, false
}

// fitRows sets the rows of aligned formulas one below the other, each broken where it has to be.
func fitRows(n *node, width int) (box, bool) {
	var rows []box
	for _, r := range n.rows {
		line := &node{kind: list}
		for _, c := range r.cells {
			line.parts = append(line.parts, c.parts...)
		}
		if r.number != nil {
			return box{}, false
		}
		b, ok := fit(line, width)
		if !ok {
			return box{}, false
		}
		rows = append(rows, b)
	}
	return stack('l', 0, spaced(rows)...), true
}

// continued is how far the lines behind the first are indented.
const continued = 4

// broken sets a list on lines that begin with parts of some classes, as many on each line as fit.
func broken(n *node, width int, breaks []class) (box, bool) {
	var lines, line []box
	room, used := width, 0
	for _, b := range unbroken(n.parts, width, breaks) {
		if used+b.width > room {
			lines = append(lines, join(line...))
			room, used, line = width, continued-1, []box{textBox(blanks(continued - 1))}
		}
		line = append(line, b)
		if used += b.width; used > room {
			return box{}, false
		}
	}
	lines = append(lines, join(line...))
	return stack('l', 0, spaced(lines)...), len(lines) <= maxRows
}

// unbroken sets the parts of a list between which a line may end, each with the blank in front of it. What is in parentheses stays
// together.
func unbroken(parts []*node, width int, breaks []class) []box {
	var boxes []box
	begin, depth := 0, 0
	before := nothing
	for i, n := range parts {
		if i > begin && depth <= 0 && breaksBefore(parts, i, breaks) {
			s := setter{width: width}
			boxes = append(boxes, s.piece(parts[begin:i], before))
			begin, before = i, parts[i-1].rightClass()
		}
		switch {
		case n.kind == fenced:
		case n.class == opening:
			depth++
		case n.class == closing:
			depth--
		}
	}
	s := setter{width: width}
	return append(boxes, s.piece(parts[begin:], before))
}

// piece sets parts behind another one. What doesn't fit is wider than any line.
func (s *setter) piece(parts []*node, before class) box {
	b := s.list(parts, false, before)
	if s.failed || b.height() > maxRows {
		return box{rows: []string{""}, width: 2 * maxWidth}
	}
	return b
}

// breaksBefore reports whether a line may end before a part: in front of an operator or a relation, and behind a comma.
func breaksBefore(parts []*node, i int, breaks []class) bool {
	before := parts[i-1].rightClass()
	switch c := parts[i].class; c {
	case punctuation:
		return false
	case binary:
		return slices.Contains(breaks, binary) && isBetween(before, following(parts[i+1:]))
	case relation:
		return before != relation
	}
	return before == punctuation && slices.Contains(breaks, punctuation)
}

// spaced returns boxes with a blank line between them if one of them is more than one line high.
func spaced(boxes []box) []box {
	var out []box
	isTall := false
	for _, b := range boxes {
		isTall = isTall || b.height() > 1
	}
	for i, b := range boxes {
		if isTall && i > 0 {
			out = append(out, textBox(""))
		}
		out = append(out, b)
	}
	return out
}
