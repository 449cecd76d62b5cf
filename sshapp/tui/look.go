package tui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// The look of what surrounds the text is made of attributes alone: they suit any palette, and show without colour.
// Cells are counted as Bubble Tea's renderer counts them (wcwidth), or a line that fits here would be cut there.

// SGR sequences (ECMA-48, section 8.3.117).
const (
	beginBold  = "\x1b[1m"
	beginFaint = "\x1b[2m"
	reset      = "\x1b[m"
)

func bold(s string) string  { return styled(beginBold, s) }
func faint(s string) string { return styled(beginFaint, s) }

func styled(begin, s string) string {
	if s == "" {
		return ""
	}
	return begin + s + reset
}

// width counts cells. Nearly all lines are ASCII and SGR sequences, which are counted without the general decoder.
func width(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= ' ' && c <= '~':
			n++
		case c == 0x1b && i+1 < len(s) && s[i+1] == '[':
			for i += 2; i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ';'); i++ {
			}
			if i == len(s) || s[i] != 'm' {
				return ansi.StringWidthWc(s)
			}
		default:
			return ansi.StringWidthWc(s)
		}
	}
	return n
}

// cut shortens a line to n cells, with an ellipsis where something is lost. It keeps every escape sequence, so that what
// was opened is closed. ([ansi.TruncateWc] lets through a line whose graphemes would fit.)
func cut(s string, n int) string {
	if width(s) <= n {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
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

// indent sets n blanks before each line that holds anything. All lines share one piece of memory.
func indent(lines []string, n int) []string {
	if n == 0 {
		return lines
	}
	size := 0
	for _, l := range lines {
		size += n + len(l)
	}
	var b strings.Builder
	b.Grow(size)
	blanks := strings.Repeat(" ", n)
	out := make([]string, len(lines))
	for i, l := range lines {
		from := b.Len()
		if l != "" {
			b.WriteString(blanks)
			b.WriteString(l)
		}
		out[i] = b.String()[from:]
	}
	return out
}

// wrap breaks plain text into lines of at most n cells, at blanks where there are some. The lines are parts of it.
func wrap(s string, n int) []string {
	if n < 1 {
		return nil
	}
	var lines []string
	for s != "" {
		var line string
		if line, s = wrapLine(s, n); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// wrapLine returns the first line of a text, and the rest.
func wrapLine(s string, n int) (line, rest string) {
	s = strings.TrimSpace(s)
	if s == "" || n < 1 {
		return "", ""
	}
	end := fit(s, n)
	if end < len(s) && s[end] != ' ' {
		if i := strings.LastIndexByte(s[:end], ' '); i > 0 {
			end = i
		}
	}
	return strings.TrimRight(s[:end], " "), strings.TrimLeft(s[end:], " ")
}

// fit returns how many bytes of plain text, at least a character, are at most n cells wide.
func fit(s string, n int) int {
	i := 0
	for i < len(s) && i < n && s[i] >= ' ' && s[i] <= '~' {
		i++
	}
	if i == len(s) || i == n && s[i] <= '~' {
		return i
	}
	i = max(0, i-1) // a mark may follow, and belong to the last
	room := n - i
	for i < len(s) {
		c, _ := ansi.FirstGraphemeCluster(s[i:], ansi.WcWidth)
		if room -= width(c); room < 0 && i > 0 {
			break
		}
		i += len(c)
	}
	return i
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
	b.Grow(len(line) + 2*len(spans)*len(begin+end))
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
