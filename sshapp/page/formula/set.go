package formula

import (
	"strings"
)

// A setter makes boxes of nodes. It fails if one is too wide or too high.
type setter struct {
	inline bool // all boxes have one line
	width  int  // of the widest box, in cells
	failed bool
}

// box returns a node's box. What is tight, such as a script, has no blanks around its operators.
func (s *setter) box(n *node, tight bool) box {
	if s.failed {
		return textBox("")
	}
	b := s.make(n, tight)
	if b.width > s.width || b.height() > maxRows {
		s.failed = true
		return textBox("")
	}
	return b
}

func (s *setter) make(n *node, tight bool) box {
	switch n.kind {
	case symbol:
		return textBox(n.text)
	case list:
		return s.list(n.parts, tight, nothing)
	case fraction:
		return s.fraction(n, tight)
	case binomial:
		return s.binomial(n)
	case root:
		return s.root(n, tight)
	case scripts:
		return s.scripts(n, tight)
	case accent:
		return s.accent(n, tight)
	case brace:
		return s.brace(n, tight)
	case fenced:
		return s.fenced(n, tight)
	case table:
		return s.table(n)
	case framed:
		return s.frame(s.box(n.parts[0], tight))
	case hidden:
		b := s.box(n.parts[0], tight)
		return textBox(blanks(b.width))
	}
	return textBox("") // spaces and numbers are set by what holds them
}

// linear returns a node on one line.
func (s *setter) linear(n *node, tight bool) string {
	line := setter{inline: true, width: s.width}
	b := line.box(n, tight)
	s.failed = s.failed || line.failed || len(b.tags) > 0
	return b.rows[0]
}

// maxSpace is how many cells the spaces that an author wrote behind each other have at most.
const maxSpace = 4

// list puts parts beside each other, behind a part of a class.
func (s *setter) list(parts []*node, tight bool, before class) box {
	boxes := make([]box, 0, 2*len(parts))
	asked := 0 // cells, by commands
	wasWord := false
	for i, n := range parts {
		if n.kind == space {
			asked = min(asked+n.cells, maxSpace)
			continue
		}
		left := n.leftClass()
		if left == binary && !isBetween(before, following(parts[i+1:])) {
			left = ordinary
			if n.isText {
				left = operator
			}
		}
		gap := gapBetween(before, left, tight)
		isWord := n.isText && left == binary // such as mod
		if isWord || wasWord || n.class == operator && left == operator && before == operator {
			gap = 1
		}
		wasWord = isWord
		if asked > 1 || !tight {
			gap = max(gap, asked)
		}
		b := s.box(n, tight)
		if gap > 0 && (asked > 1 || before != nothing) {
			boxes = append(boxes, textBox(blanks(gap)))
		}
		boxes = append(boxes, b)
		asked = 0
		before = n.rightClass()
		switch {
		case before == binary && left == ordinary:
			before = opening // a sign touches what it belongs to
		case before == ordinary && n.kind == scripts && s.inline && strings.ContainsAny(boxes[len(boxes)-1].rows[0], "_^"):
			before = quotient // what follows is not part of the script
		}
	}
	if len(boxes) == 0 {
		return textBox(blanks(asked))
	}
	return join(boxes...)
}

// following returns the class of the first of some parts.
func following(parts []*node) class {
	for _, n := range parts {
		if n.kind != space {
			return n.leftClass()
		}
	}
	return nothing
}

// isBetween reports whether a binary operator between two parts is one, and not a sign.
func isBetween(before, after class) bool {
	switch before {
	case nothing, operator, sum, binary, relation, opening, punctuation:
		return false
	}
	return after != nothing && after != relation && after != closing && after != punctuation
}

// gapBetween is how many cells stand between two parts.
func gapBetween(left, right class, tight bool) int {
	switch {
	case left == nothing || right == nothing || left == opening || right == closing || right == punctuation && left != punctuation:
		return 0
	case left == operator && right != opening && right != relation, left == sum:
		return 1
	case (right == operator || right == sum) && (left == ordinary || left == closing || left == quotient):
		return 1
	case tight:
		return 0
	case left == relation && right == relation:
		return 0
	case left == binary || right == binary || left == relation || right == relation || left == punctuation:
		return 1
	case left == quotient || right == quotient:
		return 1
	}
	return 0
}

// fenced puts delimiters around parts, as high as these are.
func (s *setter) fenced(n *node, tight bool) box {
	parts := make([]box, len(n.parts))
	above, below := 0, 0
	for i, part := range n.parts {
		parts[i] = s.box(part, tight)
		above, below = max(above, parts[i].base), max(below, parts[i].height()-parts[i].base-1)
	}
	height := above + 1 + below
	for i, part := range n.parts {
		if i%2 == 1 {
			parts[i] = join(textBox(" "), tall(part.text, height, above), textBox(" "))
		}
	}
	inner := join(parts...)
	left, right := tall(n.open, height, above), tall(n.shut, height, above)
	if height > 1 && len(n.parts) == 1 && n.parts[0].single().kind == table && strings.Contains("{", n.open) && n.open != "" {
		left = join(left, textBox(" "))
	}
	return join(left, inner, right)
}

// frame puts a part in a frame, or in brackets.
func (s *setter) frame(b box) box {
	if s.inline {
		return join(textBox("["), b, textBox("]"))
	}
	line := strings.Repeat("─", b.width+2)
	side := verticalLine(b)
	return stack('c', 1, textBox("╭"+line+"╮"), join(side, textBox(" "), b, textBox(" "), side), textBox("╰"+line+"╯"))
}
