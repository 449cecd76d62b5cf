package formula

import "unicode/utf8"

// Scripts and limits.

// scripts sets a base with its scripts: in raised and lowered characters if there are some for all of them; else on lines of their own,
// or behind ^ and _.
func (s *setter) scripts(n *node, tight bool) box {
	base, sub, sup := s.box(n.parts[0], tight), n.parts[1], n.parts[2]
	if n.limits && !s.inline && !tight {
		return s.limits(base, n)
	}
	subText, subSmall := s.script(sub, lowered())
	supText, supSmall := s.script(sup, raised())
	label := n.parts[0].kind == brace // words that say what is meant
	switch {
	case (sub == nil || subSmall) && (sup == nil || supSmall) && !label:
		return beside(base, subText, supText)
	case s.inline || tight:
		below, above := written("_", sub, subText, subSmall && !label), written("^", sup, supText, supSmall && !label)
		if sup != nil && supSmall && !subSmall {
			below, above = above, below // behind the _ it would be a script of the subscript
		}
		return join(base, textBox(below+above))
	}
	return s.raise(base, sub, sup)
}

// script returns a script on one line, small if Unicode has all characters of it for that.
func (s *setter) script(n *node, of map[rune]rune) (text string, isSmall bool) {
	if n == nil {
		return "", false
	}
	text = s.linear(n, true)
	if small, ok := shift(text, of); ok {
		return small, true
	}
	return text, false
}

// written returns a script as it stands behind its sign.
func written(prefix string, n *node, text string, isSmall bool) string {
	if n == nil || isSmall {
		return text
	}
	return prefix + enclosed(text, n)
}

// beside puts small scripts beside a base: at its corners if it is more than one line high.
func beside(base box, sub, sup string) box {
	if base.height() == 1 {
		return join(base, textBox(sub+sup))
	}
	corner := box{rows: make([]string, base.height()), base: base.base}
	below, above := textBox(sub), textBox(sup)
	corner.width = max(below.width, above.width)
	for i := range corner.rows {
		corner.rows[i] = blanks(corner.width)
	}
	corner.rows[0] = above.widen(corner.width, 'l').rows[0]
	if sub != "" {
		corner.rows[base.height()-1] = below.widen(corner.width, 'l').rows[0]
	}
	return join(base, corner)
}

// raise puts scripts beside a base on lines of their own: a superscript on the line above the base or, if that is more than one line
// high, on its first one.
func (s *setter) raise(base box, sub, sup *node) box {
	column := box{rows: make([]string, base.height()), base: base.base}
	if sup != nil {
		b := textBox(s.linear(sup, true))
		if base.height() == 1 {
			column = stack('l', 1, b, column)
		} else {
			column.width = b.width
			column.rows[0] = b.rows[0]
		}
	}
	column.rows = column.widened()
	if sub != nil {
		b := textBox(s.linear(sub, true))
		if base.height() == 1 {
			column = stack('l', 0, column, b)
		} else {
			column.width = max(column.width, b.width)
			column.rows[base.height()-1] = b.rows[0]
		}
	}
	column.rows = column.widened()
	return join(base, column)
}

// widened returns a box's lines with blanks up to its width.
func (b box) widened() []string {
	rows := make([]string, b.height())
	for i, row := range b.rows {
		rows[i] = textBox(row).widen(b.width, 'l').rows[0]
	}
	return rows
}

// limits puts scripts above and below their base.
func (s *setter) limits(base box, n *node) box {
	parts := []box{base}
	at := 0
	if arrow := n.parts[0]; arrow.kind == symbol && arrow.class == relation && utf8.RuneCountInString(arrow.text) == 1 {
		parts[0] = s.stretch(arrow.text, n.parts[1], n.parts[2])
	}
	if n.parts[2] != nil {
		parts = []box{s.limit(n.parts[2]), parts[0]}
		at = 1
	}
	if n.parts[1] != nil {
		parts = append(parts, s.limit(n.parts[1]))
	}
	return stack('c', at, parts...)
}

// limit sets what stands above or below: on one line unless it consists of lines.
func (s *setter) limit(n *node) box {
	if n.single().kind == table {
		return s.box(n.single(), true)
	}
	return textBox(s.linear(n, true))
}

// stretch makes an arrow as long as its labels.
func (s *setter) stretch(arrow string, labels ...*node) box {
	width := 1
	for _, n := range labels {
		if n != nil {
			width = max(width, s.limit(n).width+2)
		}
	}
	line := func(n int, c rune) string {
		out := make([]rune, n)
		for i := range out {
			out[i] = c
		}
		return string(out)
	}
	switch arrow {
	case "→", "↦":
		return textBox(line(width-1, '─') + "→")
	case "←":
		return textBox("←" + line(width-1, '─'))
	case "⇒":
		return textBox(line(width-1, '═') + "⇒")
	case "⇐":
		return textBox("⇐" + line(width-1, '═'))
	case "↔":
		return textBox("←" + line(max(width-2, 0), '─') + "→")
	}
	return textBox(arrow)
}
