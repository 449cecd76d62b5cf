package theme

import (
	"cmp"

	"charm.land/glamour/v2/ansi"
)

// Attributes are those that a terminal shows text with.
type Attributes uint8

const (
	Bold Attributes = 1 << iota
	Faint
	Italic
	Underline
	Reverse
	Strikethrough
)

// A Style is how a stretch of text is painted. The zero style is the terminal's own.
type Style struct {
	Foreground, Background Color
	Attributes             Attributes
}

// Over returns the style of text in s that stands within text in under.
func (s Style) Over(under Style) Style {
	return Style{cmp.Or(s.Foreground, under.Foreground), cmp.Or(s.Background, under.Background), s.Attributes | under.Attributes}
}

// PaintsBlanks reports whether a blank in this style can be seen.
func (s Style) PaintsBlanks() bool {
	return s.Background != 0 || s.Attributes&(Reverse|Underline|Strikethrough) != 0
}

// newStyle returns the style that a style sheet gives. A color that is not valid counts as none.
func newStyle(p ansi.StylePrimitive) Style {
	var s Style
	if p.Color != nil {
		s.Foreground, _ = parseColor(*p.Color)
	}
	if p.BackgroundColor != nil {
		s.Background, _ = parseColor(*p.BackgroundColor)
	}
	for _, a := range []struct {
		on *bool
		Attributes
	}{{p.Bold, Bold}, {p.Faint, Faint}, {p.Italic, Italic}, {p.Underline, Underline}, {p.Inverse, Reverse}, {p.CrossedOut, Strikethrough}} {
		if a.on != nil && *a.on {
			s.Attributes |= a.Attributes
		}
	}
	return s
}
