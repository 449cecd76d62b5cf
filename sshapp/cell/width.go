// Package cell measures, cuts, breaks and styles text in the cells of a terminal.
//
// Bubble Tea's renderer counts cells in one of two ways: by grapheme clusters where the terminal says that it does so
// too (mode 2027), by code points (wcwidth) elsewhere. Two widths follow from that. [Width] is for text that both kinds
// of terminals share, such as a page from the cache: it counts a cluster as the wider of the two, so that a line may
// come out shorter on some terminal, and never longer. [LineWidth] is for the lines of a screen: it counts code points
// and skips escape sequences.
package cell

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Cluster returns the first grapheme cluster of s, which must not be empty, and its width in cells.
func Cluster(s string) (string, int) {
	if len(s) == 1 || s[1] < 0x80 && s[0] < 0x80 {
		return s[:1], 1
	}
	c, w := ansi.FirstGraphemeCluster(prefix(s, 8*maxCluster), ansi.GraphemeWidth)
	if len(c) == 0 { // can't happen with sanitized text; a loop over clusters must end nevertheless
		return s[:1], 1
	}
	if w < 2 || len(c) > 3 { // a single wide character is wide by both counts
		w = max(w, ansi.StringWidthWc(c))
	}
	if w > maxCluster {
		return boundedCluster(c)
	}
	return c, w
}

// maxCluster is the width of the widest cluster that people write: a family of four, counted by code points. Unicode has no
// bound, and a cluster of a megabyte would be one character of one line.
const maxCluster = 8

// prefix returns the first most bytes of s, or fewer so that the last character is whole.
func prefix(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// boundedCluster returns the beginning of a cluster that is too wide, at most maxCluster cells, and its width.
func boundedCluster(c string) (string, int) {
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

// Width returns the width in cells of plain text without control characters. Each cluster counts as [Cluster] says.
func Width(s string) int {
	if IsASCII(s) {
		return len(s)
	}
	n := 0
	for len(s) > 0 {
		c, w := Cluster(s)
		n += w
		s = s[len(c):]
	}
	return n
}

// Fit returns how many bytes of s, at least one cluster, fit into room cells, and their width in cells.
func Fit(s string, room int) (bytes, width int) {
	for bytes < len(s) {
		if n := ASCIIPrefix(s[bytes:], room-width); n > 0 {
			bytes += n
			width += n
			continue
		}
		c, w := Cluster(s[bytes:])
		if width+w > room && bytes > 0 {
			break
		}
		bytes += len(c)
		width += w
	}
	return bytes, width
}

// ASCIIPrefix returns how many bytes at the beginning of s, at most most, certainly fill a cell each.
func ASCIIPrefix(s string, most int) int {
	n := 0
	for n < len(s) && n <= most && s[n] < 0x80 {
		n++
	}
	if n > most || n < len(s) { // the last one may combine with what follows
		n--
	}
	return max(n, 0)
}

// IsASCII reports whether s has no byte of 0x80 or above.
func IsASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
