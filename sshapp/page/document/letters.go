package document

import (
	"strings"
	"unicode"
)

// OneLine returns a text with each run of white space in it as one blank, and none around it.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Letters returns the letters and digits of a text, in lower case: what two titles that say the same have in common.
func Letters(s string) string { return strings.Map(Letter, s) }

// Letter returns a letter or a digit in lower case, and -1 for another character.
func Letter(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return unicode.ToLower(r)
	}
	return -1
}
