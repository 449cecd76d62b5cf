package formula

import (
	"strings"
	"unicode/utf8"
)

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
