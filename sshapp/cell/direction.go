package cell

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// IsRightToLeft reports whether a paragraph of plain text is in a script such as Arabic or Hebrew: whether that is the script of its
// first letter (UAX #9, rules P2 and P3).
func IsRightToLeft(text string) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return false
		}
		if c < utf8.RuneSelf {
			i++
			continue
		}
		properties, n := bidi.LookupString(text[i:])
		switch properties.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
		i += max(n, 1)
	}
	return false
}

// WrapToStart breaks plain text into lines of at most n cells, as [Wrap] does. Where text is right-to-left they end in cell n.
func WrapToStart(text string, n int, isRightToLeft bool) []string {
	lines := Wrap(text, n)
	if isRightToLeft {
		for i, l := range lines {
			lines[i] = ToEnd(l, n)
		}
	}
	return lines
}

// CutToStart shortens a line to n cells, as [Cut] does. If it is right-to-left text it ends in cell n.
func CutToStart(text string, n int) string {
	line := Cut(text, n)
	if IsRightToLeft(text) {
		return ToEnd(line, n)
	}
	return line
}

// ToEnd puts blanks before a line, so that it ends in cell n.
func ToEnd(line string, n int) string { return strings.Repeat(" ", max(0, n-LineWidth(line))) + line }
