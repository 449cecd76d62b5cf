package document

import "strings"

// superscripts and subscripts have the characters that are raised or lowered in Unicode. Most letters are left out, for few fonts
// have them.
var (
	superscripts = map[rune]rune{'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻', '−': '⁻', 'n': 'ⁿ', 'i': 'ⁱ'}
	subscripts   = map[rune]rune{'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉', '+': '₊', '-': '₋', '−': '₋'}
)

// shift raises or lowers a text by a table, or returns it as it is if the table lacks one of its characters.
func shift(s string, table map[rune]rune) string {
	var b strings.Builder
	for _, r := range s {
		shifted, ok := table[r]
		if !ok {
			return s
		}
		b.WriteRune(shifted)
	}
	return b.String()
}

// Ordinary returns the character that a raised or lowered one stands for, or the character itself.
func Ordinary(r rune) rune {
	if plain, shifted := unshifted[r]; shifted {
		return plain
	}
	return r
}

// unshifted has the characters that raised and lowered ones stand for.
var unshifted = func() map[rune]rune {
	of := map[rune]rune{}
	for _, table := range []map[rune]rune{superscripts, subscripts} {
		for plain, shifted := range table {
			of[shifted] = plain
		}
	}
	of['⁻'], of['₋'] = '-', '-' // each stands for two signs
	return of
}()

// RaisedNumber returns a number that is not negative in raised digits.
func RaisedNumber(n int) string {
	if n == 0 {
		return "⁰"
	}
	s := ""
	for ; n > 0; n /= 10 {
		s = string(superscripts[rune('0'+n%10)]) + s
	}
	return s
}
