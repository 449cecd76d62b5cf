package content

import (
	"strings"
	"unicode/utf8"
)

// Clean returns text that is safe to send to a terminal: valid UTF-8 in which every control character but tab and
// newline (C0, DEL, C1), every bidirectional override and every tag character is U+FFFD. Whatever decodes something,
// such as an entity or a percent-escape, calls it again.
func Clean(s string) string {
	if !strings.ContainsFunc(s, unsafe) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unsafe(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// unsafe reports whether a terminal could take r for something other than text. U+FFFD counts, because it is how an
// invalid byte shows when a string is ranged over.
func unsafe(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // embeddings, overrides, isolates (UAX #9)
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tag characters: invisible text
		return true
	}
	return r == utf8.RuneError
}

// line returns s as one line: cleaned, its runs of blanks and line ends each one space.
func line(s string) string {
	return strings.Join(strings.Fields(Clean(s)), " ")
}
