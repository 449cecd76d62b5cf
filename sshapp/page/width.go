package page

import (
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
	c, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if len(c) == 0 { // never on what content lets through; a loop over clusters must still end
		return s[:1], 1
	}
	if len(c) > 3 { // no single code point below U+10000: the two counts may differ
		w = max(w, ansi.StringWidthWc(c))
	} else if w < 2 {
		w = max(w, ansi.StringWidthWc(c))
	}
	return c, w
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
		c, w := cluster(s[bytes:])
		if width+w > room && bytes > 0 {
			break
		}
		bytes += len(c)
		width += w
	}
	return bytes, width
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
