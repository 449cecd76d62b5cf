// Package sanitize makes text, lines, file names and slugs safe to show, to compare and to put in an address.
package sanitize

import (
	"strings"
	"unicode/utf8"
)

// Text returns s as text that is safe to send to a terminal: valid UTF-8 in which every control character except tab and
// newline (C0, DEL, C1), every bidirectional override and every tag character is replaced by U+FFFD. Whoever decodes
// something, such as an entity or a percent-escape, calls it on the result.
func Text(s string) string {
	if IndexUnsafe(s) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isUnsafe(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// isUnsafe reports whether a terminal could take r for something other than text.
func isUnsafe(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0, IsDirection(r):
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tag characters: invisible text
		return true
	}
	return false
}

// IsDirection reports whether r begins or ends an embedding, an override or an isolate of the bidirectional algorithm (UAX #9).
func IsDirection(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// DropDirections returns s without the characters of which [IsDirection] is true: posts in Arabic script have many, and read well
// without them.
func DropDirections(s string) string {
	return strings.Map(func(r rune) rune {
		if IsDirection(r) {
			return -1
		}
		return r
	}, s)
}

// IndexUnsafe returns the index of the first byte that [Text] would replace, or -1.
func IndexUnsafe(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if isUnsafe(r) || r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return -1
}

// CountUnsafe returns how many characters [Text] would replace.
func CountUnsafe(s string) int {
	n := 0
	for at := IndexUnsafe(s); at >= 0; at = IndexUnsafe(s) {
		_, size := utf8.DecodeRuneInString(s[at:])
		s = s[at+size:]
		n++
	}
	return n
}

// Line returns s as one line of safe text: runs of spaces, tabs and line ends become one space. A no-break space stays.
func Line(s string) string {
	if isLine(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(Text(s), func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }), " ")
}

// isLine reports whether [Line] would return s as it is, which is so for most texts.
func isLine(s string) bool {
	afterSpace := true // so that a space at the beginning counts as a second one
	for i := range len(s) {
		c := s[i]
		if c < 0x20 || c >= 0x7f || c == ' ' && afterSpace {
			return false
		}
		afterSpace = c == ' '
	}
	return !afterSpace || s == ""
}

// FileName returns a file's name that is safe to show in a line. A name that is safe already is returned as it is.
func FileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return utf8.RuneError
		}
		return r
	}, Text(name))
}

// BracketDepth returns how deep brackets and braces are nested in s, for callers of parsers that recurse into them. It counts
// those within quotes too, so it may return too much.
func BracketDepth(s string) int {
	depth, deepest := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return deepest
}
