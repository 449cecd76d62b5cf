package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marks and braces.

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
	isWord := strings.IndexFunc(b.rows[0], isWordless) < 0
	name, isNamed := accentNames[n.text]
	switch {
	case b.height() == 1 && (utf8.RuneCountInString(b.rows[0]) == 1 || n.everywhere && isWord), n.everywhere && !isNamed:
		for i := range b.rows {
			b.rows[i] = mark(b.rows[i], n.text)
		}
		return b
	case n.text == overline && !s.inline:
		return stack('l', 1, textBox(strings.Repeat("_", b.width)), b)
	case n.text == underline && !s.inline:
		return stack('l', 0, b, textBox(strings.Repeat("‾", b.width)))
	case b.height() > 1 || !isNamed:
		s.failed = true
	case n.everywhere && !strings.Contains(b.rows[0], " "):
		return textBox(mark(b.rows[0], n.text))
	}
	return textBox(name + "(" + b.rows[0] + ")")
}

// isWordless reports whether a character stands in no word, no number and no sequence of them.
func isWordless(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '…' && r != '⋯'
}

// The marks of \overline and \underline.
const (
	overline  = "\u0305"
	underline = "\u0332"
)

// accentNames say what a mark is that would stand on more than one character. What is struck out has none.
var accentNames = map[string]string{
	overline: "overline", underline: "underline", "\u20d6": "vec", "\u20e1": "vec",
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
