package formula

import (
	"iter"
	"strings"
	"unicode"
)

// Stretches divides a formula that has been set at the letters and digits that are bold. Of these it returns the plain ones, for a
// terminal that shows bold text: few fonts have the others.
func Stretches(set string) iter.Seq2[string, bool] {
	return func(yield func(text string, isBold bool) bool) {
		var stretch strings.Builder
		isBold := false
		for _, r := range set {
			plain, bold := withoutBold(r)
			bold = bold || isBold && (unicode.Is(unicode.Mn, r) || r == ' ') // a line may end at a blank: no stretch begins with one
			if bold != isBold && stretch.Len() > 0 {
				if !yield(stretch.String(), isBold) {
					return
				}
				stretch.Reset()
			}
			isBold = bold
			stretch.WriteRune(plain)
		}
		if stretch.Len() > 0 {
			yield(stretch.String(), isBold)
		}
	}
}

// withoutBold returns the plain letter or digit that a bold one is, and whether it is one. A mark above a letter is as bold as that.
func withoutBold(r rune) (plain rune, isBold bool) {
	bold := alphabets["bold"]
	switch {
	case r >= bold.upper && r < bold.upper+26:
		return 'A' + r - bold.upper, true
	case r >= bold.lower && r < bold.lower+26:
		return 'a' + r - bold.lower, true
	case r >= bold.digit && r < bold.digit+10:
		return '0' + r - bold.digit, true
	case r >= bold.greek && r <= bold.greek+'Ω'-'Α' && r != bold.greek+17:
		return 'Α' + r - bold.greek, true
	case r >= bold.greek+26 && r <= bold.greek+26+'ω'-'α':
		return 'α' + r - bold.greek - 26, true
	}
	return r, false
}
