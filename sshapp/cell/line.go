package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// LineWidth returns the width in cells of a line that may hold escape sequences, counted by code points. Nearly all of
// it is ASCII and SGR sequences, which are counted without the general decoder.
func LineWidth(line string) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c >= ' ' && c <= '~':
			n++
		case c == 0x1b && i+1 < len(line) && line[i+1] == '[':
			for i += 2; i < len(line) && (line[i] >= '0' && line[i] <= '9' || line[i] == ';'); i++ {
			}
			if i == len(line) || line[i] != 'm' {
				return ansi.StringWidthWc(line)
			}
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(line[i:])
			if r == utf8.RuneError || r < 0xa0 { // a control character, which may begin a sequence
				return ansi.StringWidthWc(line)
			}
			i += size - 1
			if fillsOneCell(r) {
				n++
			} else {
				n += ansi.StringWidthWc(line[i+1-size : i+1])
			}
		default:
			return ansi.StringWidthWc(line)
		}
	}
	return n
}

// fillsOneCell reports whether a character is one of those that lines are full of where pictures are: lines and blocks, and the
// character in whose place kitty shows a picture.
func fillsOneCell(r rune) bool { return r >= 0x2500 && r <= 0x259f || r == 0x10eeee }

// Cut shortens a line to n cells, with an ellipsis in place of the text that is lost. It keeps every escape sequence, so that
// styles and links still end. ([ansi.TruncateWc] lets through a line that fits only when counted by clusters.)
func Cut(line string, n int) string {
	if len(line) <= n || LineWidth(line) <= n { // no character has more cells than bytes
		return line
	}
	var b strings.Builder
	b.Grow(len(line))
	room := max(0, n-1)
	full := n < 1
	for state := byte(0); len(line) > 0; {
		seq, w, read, next := ansi.DecodeSequenceWc(line, state, nil)
		if w > room && !full {
			full = true
			b.WriteString("…")
		}
		if !full || seq[0] == 0x1b {
			b.WriteString(seq)
			room -= w
		}
		line, state = line[read:], next
	}
	return b.String()
}

// Spread puts left and right at the two ends of a line of n cells. If they don't fit, left is cut; if right leaves no room for
// left, right is dropped.
func Spread(left, right string, n int) string {
	if right == "" || n < LineWidth(right)+2 {
		return Cut(left, n)
	}
	left = Cut(left, n-LineWidth(right)-1)
	return left + strings.Repeat(" ", n-LineWidth(left)-LineWidth(right)) + right
}

// Pad returns the blanks that fill a line up to n cells, at least one.
func Pad(line string, n int) string { return strings.Repeat(" ", max(1, n-LineWidth(line))) }

// Indent puts n blanks before each line that is not empty. It makes one allocation for the text of all lines, for 0 blanks too: who
// keeps a few lines of a page doesn't keep the page.
func Indent(lines []string, n int) []string {
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
