package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// IsCJK reports whether a character is one of Chinese, Japanese or Korean text, punctuation included: one that is wide, or
// half of a wide one (UAX #11), and no emoji; or Hangul.
func IsCJK(r rune) bool {
	if r < 0x1100 {
		return false
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianHalfwidth:
		return !unicode.In(r, unicode.So, unicode.Sk) || r >= 0x2e80 && r < 0x1f000 || r >= 0x1f200 && r < 0x1f300
	}
	return isHangul(r)
}

// isHangul reports whether a character is Korean. Korean words have blanks between them.
func isHangul(r rune) bool { return r >= 0x1100 && unicode.Is(unicode.Hangul, r) }

// Joins reports whether a line end between two characters is not a space, since their script has none there (CSS Text, section
// 4.1.3): between two letters, and beside punctuation that has its blank within.
func Joins(before, after rune) bool {
	if !IsCJK(before) && !IsCJK(after) || isHangul(before) || isHangul(after) {
		return false
	}
	return IsCJK(before) && IsCJK(after) || IsCJK(before) && unicode.IsPunct(before) || IsCJK(after) && unicode.IsPunct(after)
}

// addLine adds a line to a text that has one blank between lines, but for those whose script has none.
func addLine(text *strings.Builder, line string) {
	if text.Len() > 0 {
		before, _ := utf8.DecodeLastRuneInString(text.String())
		if after, _ := utf8.DecodeRuneInString(line); !Joins(before, after) {
			text.WriteByte(' ')
		}
	}
	text.WriteString(line)
}
