package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fractions and binomials.

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
		switch c := part.class; {
		case c == opening:
			depth++
		case c == closing:
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

// choices say how a binomial is read, by the delimiter in front of it: as one, or as a Stirling number of the first or the second kind.
var choices = map[string]string{"(": "choose", "[": "cycle", "{": "subset"}

// binomial sets two parts above each other between delimiters, or "(n choose k)".
func (s *setter) binomial(n *node) box {
	if s.inline {
		return textBox(n.open + s.linear(n.parts[0], true) + " " + choices[n.open] + " " + s.linear(n.parts[1], true) + n.shut)
	}
	inner := stack('c', 0, s.box(n.parts[0], true), s.box(n.parts[1], true))
	return join(tall(n.open, inner.height(), inner.base), inner, tall(n.shut, inner.height(), inner.base))
}
