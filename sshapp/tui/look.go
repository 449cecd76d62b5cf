package tui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// The look of what surrounds the text is made of attributes alone: they suit any palette, and show without colour.
// Cells are counted as Bubble Tea's renderer counts them (wcwidth), or a line that fits here would be cut there.

func bold(s string) string  { return styled(ansi.Style{}.Bold(), s) }
func faint(s string) string { return styled(ansi.Style{}.Faint(), s) }

func styled(style ansi.Style, s string) string {
	if s == "" {
		return ""
	}
	return style.Styled(s)
}

func width(s string) int { return ansi.StringWidthWc(s) }

// cut shortens a line to n cells, with an ellipsis where something is lost. It keeps every escape sequence, so that what
// was opened is closed. ([ansi.TruncateWc] lets through a line whose graphemes would fit.)
func cut(s string, n int) string {
	if width(s) <= n {
		return s
	}
	var b strings.Builder
	room := max(0, n-1)
	full := n < 1
	for state := byte(0); len(s) > 0; {
		seq, w, read, next := ansi.DecodeSequenceWc(s, state, nil)
		if w > room && !full {
			full = true
			b.WriteString("…")
		}
		if !full || seq[0] == 0x1b {
			b.WriteString(seq)
			room -= w
		}
		s, state = s[read:], next
	}
	return b.String()
}

// spread sets left and right at the two ends of n cells; left gives way.
func spread(left, right string, n int) string {
	if right == "" || n < width(right)+2 {
		return cut(left, n)
	}
	left = cut(left, n-width(right)-1)
	return left + strings.Repeat(" ", n-width(left)-width(right)) + right
}

// indent sets n blanks before each line that holds anything.
func indent(lines []string, n int) []string {
	if n == 0 {
		return lines
	}
	blanks := strings.Repeat(" ", n)
	out := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			out[i] = blanks + l
		}
	}
	return out
}

// wrap breaks plain text into lines of at most n cells.
func wrap(s string, n int) []string {
	if s == "" || n < 1 {
		return nil
	}
	return strings.Split(ansi.WrapWc(s, n, ""), "\n")
}

// pad returns the blanks that fill what follows s up to n cells, at least one.
func pad(s string, n int) string { return strings.Repeat(" ", max(1, n-width(s))) }

// colour returns a theme's colour, nil for the terminal's own.
func colour(s string) color.Color {
	if s == "" {
		return nil
	}
	return lipgloss.Color(s)
}

// highlight shows spans of a line's text in reverse: from and to in bytes of the text without its escapes, ascending. What
// the line itself sets goes on within them.
func highlight(line string, spans [][2]int) string {
	if len(spans) == 0 {
		return line
	}
	const begin, end = "\x1b[7m", "\x1b[27m"
	var b strings.Builder
	at := 0 // in the text
	inside := false
	for state := byte(0); len(line) > 0; {
		seq, _, n, next := ansi.DecodeSequenceWc(line, state, nil)
		line, state = line[n:], next
		if seq[0] == 0x1b {
			b.WriteString(seq)
			if inside {
				b.WriteString(begin) // the sequence may have reset it
			}
			continue
		}
		if inside && at >= spans[0][1] {
			inside, spans = false, spans[1:]
			b.WriteString(end)
		}
		if !inside && len(spans) > 0 && at >= spans[0][0] {
			inside = true
			b.WriteString(begin)
		}
		b.WriteString(seq)
		at += len(seq)
	}
	if inside {
		b.WriteString(end)
	}
	return b.String()
}
