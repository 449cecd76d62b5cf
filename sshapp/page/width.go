package page

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Cell widths. Bubble Tea's renderer counts cells in one of two ways: by grapheme clusters where the terminal says that
// it does so too (mode 2027), by code points elsewhere. A page is shared by both, so a cluster counts as the wider of
// the two: a line may come out shorter on some terminal, and never longer.

// cluster returns the first grapheme cluster of s, which must not be empty, and its width in cells.
func cluster(s string) (string, int) {
	if len(s) == 1 || s[1] < 0x80 && s[0] < 0x80 {
		return s[:1], 1
	}
	c, w := ansi.FirstGraphemeCluster(head(s, 8*maxCluster), ansi.GraphemeWidth)
	if len(c) == 0 { // never on what content lets through; a loop over clusters must still end
		return s[:1], 1
	}
	if w < 2 || len(c) > 3 { // a wide character alone is wide in both counts
		w = max(w, ansi.StringWidthWc(c))
	}
	if w > maxCluster {
		return part(c)
	}
	return c, w
}

// maxCluster is the width of the widest cluster that people write: a family of four, counted by code points. Unicode has
// no bound, and one of a megabyte would be one character on one line.
const maxCluster = 8

// head returns the beginning of s, at most so many bytes, up to a character's end.
func head(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// part returns a part of a cluster that is too wide, from its beginning.
func part(c string) (string, int) {
	width := 0
	for i, r := range c {
		w := ansi.StringWidthWc(string(r))
		if i > 0 && width+w > maxCluster {
			return c[:i], max(width, 1)
		}
		width += w
	}
	return c, width
}

// cells returns the width of s, which holds no control character.
func cells(s string) int {
	if isASCII(s) {
		return len(s)
	}
	n := 0
	for len(s) > 0 {
		c, w := cluster(s)
		n += w
		s = s[len(c):]
	}
	return n
}

// fit returns how many bytes of s, at least one cluster, fit into so many cells, and their width.
func fit(s string, room int) (bytes, width int) {
	for bytes < len(s) {
		if n := asciiPrefix(s[bytes:], room-width); n > 0 {
			bytes += n
			width += n
			continue
		}
		c, w := cluster(s[bytes:])
		if width+w > room && bytes > 0 {
			break
		}
		bytes += len(c)
		width += w
	}
	return bytes, width
}

// asciiPrefix returns how many bytes s begins with, at most so many, that are a cell each.
func asciiPrefix(s string, most int) int {
	n := 0
	for n < len(s) && n <= most && s[n] < 0x80 {
		n++
	}
	if n > most || n < len(s) { // a mark may follow, and belong to the last
		n--
	}
	return max(n, 0)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
