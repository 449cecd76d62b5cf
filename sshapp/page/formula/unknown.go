package formula

import (
	"strings"
	"unicode"
)

// Unknown returns what of a formula isn't known, such as "\nosuch" or "\begin{nosuch}"; "" if its names are. It reports whether it is prose
// between two dollars, and no formula.
func Unknown(source string) (name string, isProse bool) {
	if len(source) > maxSource || hasProse(source) {
		return "", true
	}
	p := &parser{source: source}
	p.rows(alignment("", 0))
	return p.unknown, false
}

// hasProse reports whether a source is text between two dollars that mean money or a shell's variables, such as "5 a day, or ". In
// mathematics no two words stand beside each other.
func hasProse(source string) bool {
	if strings.ContainsAny(source, `\^_{}=`) {
		return false
	}
	words := 0
	for _, w := range strings.Fields(source) {
		if len(strings.TrimFunc(w, unicode.IsLetter)) > 0 || len(w) < 3 {
			words = 0
		} else if words++; words == 2 {
			return true
		}
	}
	return false
}
