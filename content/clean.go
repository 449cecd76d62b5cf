package content

import (
	"strings"
	"unicode/utf8"
)

// Clean returns text that is safe to send to a terminal: valid UTF-8 in which every control character but tab and
// newline (C0, DEL, C1), every bidirectional override and every tag character is U+FFFD. Whatever decodes something,
// such as an entity or a percent-escape, calls it again.
func Clean(s string) string {
	if firstUnsafe(s) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unsafe(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// unsafe reports whether a terminal could take r for something other than text.
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
	return false
}

// firstUnsafe returns where the first byte lies that [Clean] would replace, or -1.
func firstUnsafe(s string) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unsafe(r) || r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return -1
}

// unsafeCount returns how many characters Clean would replace.
func unsafeCount(s string) int {
	n := 0
	for at := firstUnsafe(s); at >= 0; at = firstUnsafe(s) {
		_, size := utf8.DecodeRuneInString(s[at:])
		s = s[at+size:]
		n++
	}
	return n
}

// line returns s as one line: cleaned, its runs of blanks and line ends each one space. A no-break space stays one.
func line(s string) string {
	if isLine(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(Clean(s), func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }), " ")
}

// isLine reports whether s is one line already, as most texts are.
func isLine(s string) bool {
	blank := true // so that one at the beginning counts as a second
	for i := range len(s) {
		c := s[i]
		if c < 0x20 || c >= 0x7f || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return !blank || s == ""
}

// shown returns a file's name that is safe to show, and the name itself wherever it already is.
func shown(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return utf8.RuneError
		}
		return r
	}, Clean(name))
}
