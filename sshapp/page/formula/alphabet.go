package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An alphabet is a style of letters that mean something else than the plain ones, in Unicode's block of mathematical alphanumeric
// symbols. A zero is for characters that it doesn't have.
type alphabet struct {
	upper, lower, digit rune   // its A, a and 0
	greek               rune   // its Α; α is 26 behind it
	elsewhere           string // the letters that Unicode had before, each in front of its character
}

// alphabets are by their names in the table of commands.
var alphabets = map[string]alphabet{
	"bold":   {upper: 0x1d400, lower: 0x1d41a, digit: 0x1d7ce, greek: 0x1d6a8},
	"double": {upper: 0x1d538, lower: 0x1d552, digit: 0x1d7d8, elsewhere: "CℂHℍNℕPℙQℚRℝZℤ"},
	"script": {upper: 0x1d49c, lower: 0x1d4b6, elsewhere: "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ"},
	"gothic": {upper: 0x1d504, lower: 0x1d51e, elsewhere: "CℭHℌIℑRℜZℨ"},
}

// write returns a text in an alphabet, with the characters that it doesn't have as they are.
func (a alphabet) write(text string) string {
	if a == (alphabet{}) {
		return text
	}
	return strings.Map(a.letter, text)
}

func (a alphabet) letter(r rune) rune {
	if i := strings.IndexRune(a.elsewhere, r); i >= 0 && r < utf8.RuneSelf {
		special, _ := utf8.DecodeRuneInString(a.elsewhere[i+1:])
		return special
	}
	switch {
	case r >= 'A' && r <= 'Z' && a.upper > 0:
		return a.upper + r - 'A'
	case r >= 'a' && r <= 'z' && a.lower > 0:
		return a.lower + r - 'a'
	case r >= '0' && r <= '9' && a.digit > 0:
		return a.digit + r - '0'
	case r >= 'Α' && r <= 'Ω' && a.greek > 0:
		return a.greek + r - 'Α'
	case r >= 'α' && r <= 'ω' && a.greek > 0:
		return a.greek + 26 + r - 'α'
	}
	return r
}

// plainLetter returns the letter that one of an alphabet is, and the alphabet's name; "" if it is of none.
func plainLetter(r rune) (rune, string) {
	if r < 0x2100 {
		return r, ""
	}
	for name, a := range alphabets {
		for plain := 'A'; plain <= 'z'; plain++ {
			if a.letter(plain) == r && plain != r {
				return plain, name
			}
		}
		for plain := 'Α'; plain <= 'ω' && a.greek > 0; plain++ {
			if a.letter(plain) == r {
				return plain, name
			}
		}
		if a.digit > 0 && r >= a.digit && r <= a.digit+9 {
			return '0' + r - a.digit, name
		}
	}
	return r, ""
}

// mark returns a text with a combining character behind each of its characters but blanks.
func mark(text, combining string) string {
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		for size < len(text) {
			next, n := utf8.DecodeRuneInString(text[size:])
			if !unicode.Is(unicode.M, next) {
				break
			}
			size += n
		}
		b.WriteString(text[:size])
		if r != ' ' {
			b.WriteString(combining)
		}
		text = text[size:]
	}
	return b.String()
}
