package page

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"postern/sshapp/page/document"

	"charm.land/glamour/v2/ansi"
)

// A color is how a terminal is asked for one: none for its own, an index into its palette, or red, green and blue.
type color uint32

const (
	indexed color = 1 << 24
	direct  color = 2 << 24
)

// parseColor reads a color as glamour writes it: "#rrggbb", "#rgb", or an index from 0 to 255.
func parseColor(s string) (color, error) {
	hex, ok := strings.CutPrefix(s, "#")
	if !ok {
		n, err := strconv.ParseUint(s, 10, 8)
		if err != nil {
			return 0, fmt.Errorf("color %q is neither #rrggbb nor a number from 0 to 255", s)
		}
		return indexed | color(n), nil
	}
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 24)
	if err != nil || len(hex) != 6 {
		return 0, fmt.Errorf("color %q is not of the form #rrggbb", s)
	}
	return direct | color(n), nil
}

type attribute uint8

const (
	bold attribute = 1 << iota
	faint
	italic
	underline
	inverse
	strike
)

// A style is how a stretch of text is painted. The zero style is the terminal's own.
type style struct {
	fg, bg color
	attrs  attribute
}

// over returns the style of text in s that stands within text in under.
func (s style) over(under style) style {
	return style{cmp.Or(s.fg, under.fg), cmp.Or(s.bg, under.bg), s.attrs | under.attrs}
}

// paintsBlanks reports whether a blank in this style can be seen.
func (s style) paintsBlanks() bool { return s.bg != 0 || s.attrs&(inverse|underline|strike) != 0 }

// newStyle returns what a primitive of a style sheet paints. Its colors have been checked.
func newStyle(p ansi.StylePrimitive) style {
	var s style
	if p.Color != nil {
		s.fg, _ = parseColor(*p.Color)
	}
	if p.BackgroundColor != nil {
		s.bg, _ = parseColor(*p.BackgroundColor)
	}
	for _, a := range []struct {
		on *bool
		attribute
	}{{p.Bold, bold}, {p.Faint, faint}, {p.Italic, italic}, {p.Underline, underline}, {p.Inverse, inverse}, {p.CrossedOut, strike}} {
		if a.on != nil && *a.on {
			s.attrs |= a.attribute
		}
	}
	return s
}

// sgr has the parameters that set an attribute and take it back (ECMA-48, 8.3.117). Bold and faint are
// taken back together.
var sgr = [...]struct {
	attribute
	on, off string
}{{bold, "1", "22"}, {faint, "2", "22"}, {italic, "3", "23"}, {underline, "4", "24"}, {inverse, "7", "27"}, {strike, "9", "29"}}

// appendChange appends the shortest sequence that turns the pen from one style to another.
func appendChange(b []byte, from, to style) []byte {
	if from == to {
		return b
	}
	if to == (style{}) {
		return append(b, "\x1b[m"...)
	}
	change := parameters(nil, from, to)
	if from != (style{}) {
		if fresh := parameters([]byte("0"), style{}, to); len(fresh) < len(change) {
			change = fresh
		}
	}
	b = append(b, "\x1b["...)
	b = append(b, change...)
	return append(b, 'm')
}

func parameters(b []byte, from, to style) []byte {
	add := func(p string) {
		if len(b) > 0 {
			b = append(b, ';')
		}
		b = append(b, p...)
	}
	gone := from.attrs &^ to.attrs
	have := from.attrs &^ gone
	if gone&(bold|faint) != 0 {
		have &^= bold | faint
		gone = gone&^(bold|faint) | bold
	}
	for _, a := range sgr {
		if gone&a.attribute != 0 {
			add(a.off)
		}
	}
	for _, a := range sgr {
		if to.attrs&^have&a.attribute != 0 {
			add(a.on)
		}
	}
	if from.fg != to.fg {
		add(to.fg.parameter(30))
	}
	if from.bg != to.bg {
		add(to.bg.parameter(40))
	}
	return b
}

// parameter returns what sets the color: of text for base 30, behind it for 40.
func (c color) parameter(base int) string {
	v := int(c & 0xffffff)
	switch {
	case c == 0:
		return strconv.Itoa(base + 9)
	case c&direct != 0:
		return fmt.Sprintf("%d;2;%d;%d;%d", base+8, v>>16, v>>8&0xff, v&0xff)
	case v < 8:
		return strconv.Itoa(base + v)
	case v < 16:
		return strconv.Itoa(base + 60 + v - 8) // the bright ones, as aixterm named them
	}
	return fmt.Sprintf("%d;5;%d", base+8, v)
}

// style returns how text in these roles is painted within a block that is painted like under.
func (t *Theme) style(r document.Roles, under style) style {
	s := under
	for _, p := range [...]struct {
		document.Roles
		style
	}{
		{document.Quiet | document.Small, t.quiet}, {document.LinkText, t.link}, {document.AltText, t.picture}, {document.Emphasis, t.emphasis}, {document.Strong, t.strong},
		{document.Deleted, t.deleted}, {document.Inserted, style{attrs: underline}}, {document.Code | document.Math | document.Keyboard, t.code}, {document.Marked, t.marked},
	} {
		if r&p.Roles != 0 {
			s = p.style.over(s)
		}
	}
	return s
}
