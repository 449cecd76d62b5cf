package theme

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/cell"
)

// Fill returns a line of a screen in the theme's own foreground and background, with blanks up to width cells. A terminal that
// can't be told to change its own colours (OSC 10 and 11) would show the line's colours on a background that they weren't chosen
// for. The line's sequences must be SGR and OSC 8. For a theme without a background, it is the line as it is.
func (t *Theme) Fill(line string, width int) string {
	if t.Background == "" {
		return line
	}
	foreground, _ := parseColor(t.Foreground)
	background, _ := parseColor(t.Background)
	base := ground{foreground.parameter(30), background.parameter(40)}
	blanks := width - max(cell.LineWidth(line), cell.Width(ansi.Strip(line))) // a terminal may count either, and a line must not wrap
	var b strings.Builder
	b.Grow(2*len(line) + max(blanks, 0))
	base.begin(&b)
	for {
		before, rest, found := strings.Cut(line, "\x1b[")
		b.WriteString(before)
		if !found {
			break
		}
		params, after, _ := strings.Cut(rest, "m")
		base.write(&b, params)
		line = after
	}
	b.WriteString(strings.Repeat(" ", max(blanks, 0)))
	b.WriteString("\x1b[m")
	return b.String()
}

// A ground is what stands for the terminal's own colours: the parameters of its foreground and its background.
type ground struct{ foreground, background string }

func (g ground) begin(b *strings.Builder) {
	b.WriteString("\x1b[" + g.foreground + ";" + g.background + "m")
}

// write writes an SGR sequence that has these parameters, and the ground's where it takes the terminal's own colours.
func (g ground) write(b *strings.Builder, params string) {
	first, rest, more := strings.Cut(params, ";")
	if first == "" || first == "0" {
		b.WriteString("\x1b[m")
		g.begin(b)
		if !more {
			return
		}
		params = rest
	}
	b.WriteString("\x1b[")
	of := 0 // how many parameters of a colour are still to come (ITU-T T.416, 13.1.8)
	for i, p := range strings.Split(params, ";") {
		if i > 0 {
			b.WriteByte(';')
		}
		switch {
		case of == unknownKind && p == "5":
			of = 1
		case of == unknownKind:
			of = 3
		case of > 0:
			of--
		case p == "38" || p == "48" || p == "58":
			of = unknownKind
		case p == "39":
			p = g.foreground
		case p == "49":
			p = g.background
		}
		b.WriteString(p)
	}
	b.WriteByte('m')
}

// unknownKind is how many parameters a colour has as long as its kind isn't known.
const unknownKind = 4
