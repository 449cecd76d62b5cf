package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
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

// list puts parts beside each other, behind a part of a class.
func (s *setter) list(parts []*node, tight bool, before class) box {
	boxes := make([]box, 0, 2*len(parts))
	asked := 0 // cells, by commands
	for i, n := range parts {
		if n.kind == space {
			asked = max(asked, n.cells)
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
		if n.class == operator && left == operator && before == operator {
			gap = 1
		}
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
	case left == nothing || right == nothing || left == opening || right == closing || right == punctuation:
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

// fraction sets a numerator above a denominator, or a/b.
func (s *setter) fraction(n *node, tight bool) box {
	if s.inline || n.small || tight {
		above, below := s.linear(n.parts[0], true), s.linear(n.parts[1], true)
		if !n.hasRule {
			return textBox("(" + above + " atop " + below + ")")
		}
		return textBox(numerator(above, n.parts[0]) + "/" + denominator(below, n.parts[1]))
	}
	above, below := s.box(n.parts[0], false), s.box(n.parts[1], false)
	width := max(above.width, below.width)
	if !n.hasRule {
		return stack('c', 1, above, textBox(blanks(width)), below)
	}
	return stack('c', 1, above, textBox(strings.Repeat("─", width+2)), below)
}

// numerator returns a numerator in parentheses if it needs them in front of a slash.
func numerator(s string, n *node) string {
	if isTerm(n) {
		return s
	}
	return "(" + s + ")"
}

// denominator returns a denominator in parentheses if it needs them behind a slash: all but one part, and derivatives.
func denominator(s string, n *node) string {
	n = n.single()
	isOne := n.kind != list && n.kind != fraction || utf8.RuneCountInString(s) == 1 || isFenced(n) || isCall(n)
	if isOne || isTerm(n) && len(n.parts) == 2 && (s[0] == 'd' || strings.HasPrefix(s, "∂")) {
		return s
	}
	return "(" + s + ")"
}

// isTerm reports whether a node needs no parentheses as a factor: it holds no operators.
func isTerm(n *node) bool {
	n = n.single()
	if n.kind != list {
		return n.kind != fraction
	}
	if isFenced(n) {
		return true
	}
	depth := 0
	for _, part := range n.parts {
		switch c := part.leftClass(); {
		case part.kind != fenced && c == opening:
			depth++
		case part.kind != fenced && c == closing:
			depth--
		case depth == 0 && (c == binary || c == relation || c == punctuation || c == quotient || c == sum || c == operator && len(n.parts) > 1 || part.kind == space && part.cells > 1):
			return false
		}
	}
	return true
}

// isCall reports whether a list is the name of a function, as far as one knows a name by its letter, with its arguments in parentheses.
func isCall(n *node) bool {
	if len(n.parts) < 2 || n.parts[0].kind != symbol {
		return false
	}
	name, _ := utf8.DecodeRuneInString(n.parts[0].text)
	return (unicode.IsUpper(name) || strings.ContainsRune("fghφψ", name)) && isFenced(&node{kind: list, parts: n.parts[1:]})
}

// isFenced reports whether a list is all between two parentheses.
func isFenced(n *node) bool {
	if n.kind != list || len(n.parts) == 0 || n.parts[0].leftClass() != opening {
		return false
	}
	if len(n.parts) == 1 {
		return n.parts[0].kind == fenced
	}
	depth := 0
	for i, part := range n.parts {
		if part.kind != fenced {
			switch part.class {
			case opening:
				depth++
			case closing:
				depth--
			}
		}
		if depth <= 0 && i < len(n.parts)-1 {
			return false
		}
	}
	return depth == 0
}

// binomial sets two parts above each other between delimiters, or "(n choose k)".
func (s *setter) binomial(n *node) box {
	if s.inline {
		word := map[string]string{"(": " choose ", "[": " cycle ", "{": " subset "}[n.open] // as they are read
		return textBox(n.open + s.linear(n.parts[0], true) + word + s.linear(n.parts[1], true) + n.shut)
	}
	inner := stack('c', 0, s.box(n.parts[0], true), s.box(n.parts[1], true))
	return join(tall(n.open, inner.height(), inner.base), inner, tall(n.shut, inner.height(), inner.base))
}

// root sets a radicand below a line, or in parentheses.
func (s *setter) root(n *node, tight bool) box {
	degree := s.degree(n.parts[1])
	inner := s.box(n.parts[0], tight || s.inline)
	radical := textBox(degree + "√")
	switch {
	case inner.height() == 1 && utf8.RuneCountInString(inner.rows[0]) == 1 || s.inline && isFenced(n.parts[0]):
		return join(radical, inner)
	case s.inline || tight && inner.height() == 1:
		return join(radical, textBox("("), inner, textBox(")"))
	case inner.height() == 1:
		return stack('r', 1, textBox(strings.Repeat("_", inner.width)), join(radical, inner))
	}
	foot := textBox(degree+"╲").pad(inner.height()-1, 0)
	foot.base = inner.base
	line := textBox(blanks(foot.width) + "┌" + strings.Repeat("─", inner.width))
	return stack('l', 1, line, join(foot, verticalLine(inner), inner))
}

// degree returns the degree of a root in raised characters, as far as there are any; nothing for a square root.
func (s *setter) degree(n *node) string {
	if n == nil {
		return ""
	}
	degree := s.linear(n, true)
	if degree == "2" {
		return ""
	}
	if small, ok := shift(degree, raised()); ok {
		return small
	}
	return enclosed(degree, n)
}

// accent puts a mark on a part: of one with scripts, on their base.
func (s *setter) accent(n *node, tight bool) box {
	if inner := n.parts[0].single(); inner.kind == scripts && !n.everywhere {
		base := *n
		base.parts = inner.parts[:1]
		marked := *inner
		marked.parts = append([]*node{&base}, inner.parts[1:]...)
		return s.box(&marked, tight)
	}
	b := s.box(n.parts[0], tight)
	isWord := strings.IndexFunc(b.rows[0], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) < 0
	name, isNamed := accentNames[n.text]
	switch {
	case b.height() == 1 && (utf8.RuneCountInString(b.rows[0]) == 1 || n.everywhere && (isWord || !isNamed)):
		return textBox(mark(b.rows[0], n.text))
	case n.text == overline && !s.inline:
		return stack('l', 1, textBox(strings.Repeat("_", b.width)), b)
	case b.height() > 1 || !isNamed:
		s.failed = true
	}
	return textBox(name + "(" + b.rows[0] + ")")
}

// overline is the mark of \overline.
const overline = "\u0305"

// accentNames say what a mark is that would stand on more than one character. What is struck out has none.
var accentNames = map[string]string{
	overline: "overline", "\u0332": "underline", "\u20d6": "vec", "\u20e1": "vec",
	"\u0302": "hat", "\u030c": "check", "\u0303": "tilde", "\u0301": "acute", "\u0300": "grave", "\u0307": "dot", "\u0308": "ddot", "\u20db": "dddot", "\u0306": "breve",
	"\u0304": "bar", "\u20d7": "vec", "\u030a": "ring",
}

// brace puts a brace above or below a part.
func (s *setter) brace(n *node, tight bool) box {
	b := s.box(n.parts[0], tight)
	if s.inline {
		if isTerm(n.parts[0]) {
			return b
		}
		return join(textBox("("), b, textBox(")"))
	}
	width := max(b.width, 3)
	b = b.widen(width, 'c')
	left, right := strings.Repeat("─", (width-3)/2), strings.Repeat("─", width-3-(width-3)/2)
	if n.above {
		return stack('c', 1, textBox("╭"+left+"┴"+right+"╮"), b)
	}
	return stack('c', 0, b, textBox("╰"+left+"┬"+right+"╯"))
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
