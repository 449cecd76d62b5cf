package formula

import "slices"

// fit sets a formula within a width. One that is too wide is broken, in the end within parentheses.
func fit(tree *node, width int) (box, bool) {
	tree = tree.single()
	if tree.kind == table && tree.isAlignment {
		return fitRows(tree, width)
	}
	return fitParts([]*node{tree}, width, true)
}

// fitParts sets parts on one line, or else on lines that end at wide spaces, or at relations, or at operators and commas too, or within
// parentheses if they may.
func fitParts(parts []*node, width int, within bool) (box, bool) {
	s := &setter{width: width}
	if b := s.list(parts, false, nothing); !s.failed && b.width <= width {
		return b, true
	}
	parts = ungrouped(parts, width, 0)
	finest := []class{relation, binary, punctuation}
	b, ok := broken(parts, width, finest, false)
	if !ok && within {
		return broken(ungrouped(parts, width, maxUnfenced), width, finest, true)
	}
	for n := 0; n < len(finest) && ok; n++ {
		if coarser, fits := broken(parts, width, finest[:n], false); fits {
			return coarser, true
		}
	}
	return b, ok
}

// maxUnfenced is how many delimiters within each other a line may end in: each level sets all that is within it.
const maxUnfenced = 2

// ungrouped returns parts with those that stand between braces in place of their group, and down to a level those between delimiters that
// are wider than half a line, so that a line may end among them.
func ungrouped(parts []*node, width, levels int) []*node {
	var all []*node
	for _, n := range parts {
		inner := n
		if n.kind == scripts {
			inner = n.parts[0]
		}
		s := setter{width: width / 2}
		switch {
		case n.kind == list && n.class == ordinary && len(n.parts) > 1:
			all = append(all, ungrouped(n.parts, width, levels)...)
		case levels > 0 && inner.kind == fenced && len(inner.parts) == 1 && s.isWide(n):
			all = append(all, &node{text: inner.open, class: opening})
			all = append(all, ungrouped(inner.parts, width, levels-1)...)
			all = append(all, n.fence(&node{text: inner.shut, class: closing}))
		default:
			all = append(all, n)
		}
	}
	return all
}

// isWide reports whether a node is wider than a setter's boxes may be.
func (s *setter) isWide(n *node) bool {
	s.box(n, false)
	return s.failed
}

// fitRows sets the rows of aligned formulas one below the other. If it can, it keeps them aligned at their relations, and else those that
// begin with a relation are indented.
func fitRows(n *node, width int) (box, bool) {
	s := &setter{width: width}
	if b := s.box(n, false); !s.failed {
		return b, true
	}
	s.failed = false
	indent := 0
	for _, r := range n.rows {
		if left, _ := n.divided(r); len(left) > 0 {
			indent = max(indent, s.list(left, false, nothing).width+1)
		}
	}
	if b, ok := n.stackRows(indent, width, true, false); ok && !s.failed && indent <= width/3 {
		return b, true
	}
	indent = min(indent, continued)
	b, ok := n.stackRows(indent, width, false, false)
	if !ok {
		b, ok = n.stackRows(indent, width, false, true)
	}
	return b, ok
}

// stackRows sets aligned formulas with their relations at an indentation, or if they aren't aligned only those that begin with them.
func (n *node) stackRows(indent, width int, isAligned, within bool) (box, bool) {
	s := setter{width: width}
	var rows []box
	for _, r := range n.rows {
		left, right := n.divided(r)
		before := textBox(blanks(indent))
		switch {
		case r.number != nil:
			return box{}, false
		case isAligned && len(left) > 0:
			before = s.list(left, false, nothing).widen(indent-1, 'r').widen(indent, 'l')
		case len(left) > 0:
			before, right = textBox(""), append(slices.Clone(left), right...)
		}
		b, ok := fitParts(right, width-before.width, within)
		if !ok || s.failed {
			return box{}, false
		}
		rows = append(rows, join(before, b))
	}
	return stack('l', 0, spaced(rows)...), true
}

// divided returns what stands in front of the relation of an aligned formula, and the relation with what is behind it.
func (n *node) divided(r tableRow) (left, right []*node) {
	if n.columns == "rl" || n.columns == "rcl" {
		left = r.cells[0].parts
	}
	for i, c := range r.cells {
		switch {
		case i == 0 && len(left) > 0:
			continue
		case i > 0 && i%2 == 0 && n.columns == "rl":
			right = append(right, &node{kind: space, cells: columnGap})
		}
		right = append(right, c.parts...)
	}
	return left, right
}

// continued is how far the lines behind the first are indented.
const continued = 4

// broken sets parts on lines that begin with those of some classes, as many on each line as fit.
func broken(parts []*node, width int, breaks []class, within bool) (box, bool) {
	var lines, line []box
	room, used := width, 0
	for _, b := range unbroken(parts, width, breaks, within) {
		if used+b.width > room {
			lines = append(lines, join(line...))
			room, used, line = width, continued, []box{textBox(blanks(continued))}
			b = b.flushLeft()
		}
		line = append(line, b)
		if used += b.width; used > room {
			return box{}, false
		}
	}
	lines = append(lines, join(line...))
	return stack('l', 0, spaced(lines)...), len(lines) <= maxRows
}

// unbroken sets the parts between which a line may end, each with the blank in front of it. What is in parentheses stays together, unless
// lines may end within them.
func unbroken(parts []*node, width int, breaks []class, within bool) []box {
	var boxes []box
	begin, depth := 0, 0
	before := nothing
	for i, n := range parts {
		if i > begin && (depth <= 0 || within) && breaksBefore(parts, i, breaks) {
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

// breaksBefore reports whether a line may end before a part: before a wide space, an operator or a relation, and behind a comma.
func breaksBefore(parts []*node, i int, breaks []class) bool {
	before := parts[i-1].rightClass()
	if parts[i].kind == space || parts[i-1].kind == space && parts[i-1].cells > 1 {
		return parts[i].cells > 1
	}
	switch c := parts[i].class; c {
	case punctuation:
		return false
	case binary:
		return slices.Contains(breaks, binary) && isBetween(before, following(parts[i+1:]))
	case relation:
		return slices.Contains(breaks, relation) && before != relation
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
