// Package bidi puts a line of text in the order in which it is seen, for terminals that show characters from left to right whatever
// they are: by the Unicode Bidirectional Algorithm (UAX #9), and with Arabic letters in the forms in which they join.
//
// A line of a screen is more than a paragraph: it has margins, bars, a date, a title. So it is cut into stretches at two or more
// blanks, at bars and rules, and at an [End]. Each is a paragraph of its own, and stays where it is.
package bidi

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// The marks of UAX #9, which fill no cell: a letter of either direction that isn't seen.
const (
	LeftToRight = "\u200e"
	RightToLeft = "\u200f"
)

// End stands behind right-to-left text that something else follows, such as the bullet of its list to its right. A terminal that
// reorders text itself takes the two marks of it for letters, and shows what follows where it stands too.
const End = RightToLeft + LeftToRight

// A Glyph is what fills one or more cells.
type Glyph struct {
	Text string
	At   int // where its style is, in bytes of the line
}

// Has reports whether a text may have right-to-left letters, or a mark that stands for one.
func Has(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c >= 0xd6 && c <= 0xdf || c == 0xef && i+1 < len(text) && text[i+1] >= 0xac && text[i+1] <= 0xbb { // U+0580 to U+07FF, U+FB00 to U+FEFF
			return true
		}
		if c == RightToLeft[0] && strings.HasPrefix(text[i:], RightToLeft) {
			return true
		}
	}
	return false
}

// A unit is a character of a line with the marks that combine with it.
type unit struct {
	text  string
	at    int
	first rune
	level uint8
	class bidi.Class
}

// Visual returns the glyphs of a line, which has no escape sequences, from left to right. They fill as many cells as the line.
func Visual(line string) []Glyph { return glyphsOf(line, false) }

// VisualWords returns the glyphs of a line for a terminal that draws the letters of each word from right to left, and joined, but the
// words from left to right: in the order in which words are seen and letters are read.
func VisualWords(line string) []Glyph { return glyphsOf(line, true) }

func glyphsOf(line string, byWord bool) []Glyph {
	units := cut(line)
	glyphs := make([]Glyph, 0, len(units))
	for i := 0; i < len(units); {
		n := stretch(units[i:])
		if n == 0 {
			glyphs = appendGlyph(glyphs, units[i])
			i++
			continue
		}
		above, below := units[:i], units[i+n:]
		p := paragraph{units: units[i : i+n], byWord: byWord, behind: blanks(slices.All(below)) > blanks(slices.Backward(above))}
		switch {
		case !p.behind && len(above) > 0:
			p.outside = above[len(above)-1].at
		case len(below) > 0:
			p.outside = below[0].at
		default:
			p.outside = units[len(units)-1].at
		}
		glyphs = p.appendTo(glyphs)
		i += n
	}
	return glyphs
}

// cut cuts a line into units.
func cut(line string) []unit {
	units := make([]unit, 0, utf8.RuneCountInString(line))
	for at, r := range line {
		properties, n := bidi.LookupString(line[at:])
		if k := len(units) - 1; k >= 0 && combines(r, properties.Class(), units[k].text) {
			units[k].text = line[units[k].at : at+n]
			continue
		}
		units = append(units, unit{text: line[at : at+max(n, 1)], at: at, first: r, class: properties.Class()})
	}
	return units
}

// combines reports whether a character is seen as a part of the unit before it: as a mark, or as a part of an emoji or a flag.
func combines(r rune, class bidi.Class, before string) bool {
	switch {
	case class == bidi.NSM, class == bidi.BN, r >= 0x1f3fb && r <= 0x1f3ff:
		return true
	case r >= 0x1f1e6 && r <= 0x1f1ff:
		only, n := utf8.DecodeRuneInString(before)
		return n == len(before) && only >= 0x1f1e6 && only <= 0x1f1ff
	case r >= 0x2190:
		return strings.HasSuffix(before, "\u200d")
	}
	return false
}

// stretch returns how many units at the beginning are one paragraph; 0 if the first one stands between two.
func stretch(units []unit) int {
	n, end := 0, 0 // end is behind the last that isn't a blank
	for n < len(units) && !isBar(units[n].first) {
		if isBlank(units[n]) && (n == 0 || n+1 < len(units) && isBlank(units[n+1])) {
			break
		}
		if units[n].text == LeftToRight && n > 1 && units[n-1].text == RightToLeft {
			return n
		}
		n++
		if !isBlank(units[n-1]) {
			end = n
		}
	}
	return end
}

func isBlank(u unit) bool { return u.first == ' ' }
func isMark(u unit) bool  { return u.first == '\u200e' || u.first == '\u200f' }

// isBar reports whether a character is one of those that boxes, bars and rules are made of.
func isBar(r rune) bool { return r >= 0x2500 && r <= 0x259f }

// blanks counts the blanks that some units begin with.
func blanks(units iter.Seq2[int, unit]) int {
	n := 0
	for _, u := range units {
		if !isBlank(u) {
			break
		}
		n++
	}
	return n
}

// A paragraph is a stretch of a line. Cells that it doesn't need once letters are joined are blanks before it, so that it ends where it did;
// or else behind it, if there are more of them there.
type paragraph struct {
	units   []unit
	byWord  bool // see VisualWords
	behind  bool
	outside int // where the style of such blanks is
}

// appendTo appends what is seen of a paragraph.
func (p paragraph) appendTo(glyphs []Glyph) []Glyph {
	base := baseLevel(p.units)
	resolve(p.units, base)
	saved := 0
	if !p.byWord {
		saved = join(p.units)
	}
	p.behind = p.behind || base == 0
	if !p.behind {
		glyphs = appendBlanks(glyphs, saved, p.outside)
	}
	reorder(p.units)
	if p.byWord {
		reverseWords(p.units)
	}
	for _, u := range p.units {
		if u.level%2 == 1 && u.text != "" {
			u.text = mirrored(u)
		}
		if p.byWord && strings.HasSuffix(u.text, nonJoiner) { // the terminal joins letters
			glyphs = append(glyphs, Glyph{u.text, u.at})
			continue
		}
		glyphs = appendGlyph(glyphs, u)
	}
	if p.behind {
		glyphs = appendBlanks(glyphs, saved, p.outside)
	}
	return glyphs
}

// reverseWords reverses what such a terminal reverses, in units that are in the order in which they are seen. kitty does that with what
// stands between two blanks, if it is set from one font and begins with a right-to-left letter. Fonts that have Arabic letters mostly have
// signs and digits too, and those that have Hebrew ones come in addition to another.
func reverseWords(units []unit) {
	for i := 0; i < len(units); i++ {
		n := i
		hasArabic, hasOthers := false, false
		for ; n < len(units) && !isBlank(units[n]) && !isMark(units[n]); n++ {
			r := units[n].first
			hasArabic = hasArabic || isArabic(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
			hasOthers = hasOthers || !isArabic(r) && unicode.IsLetter(r)
		}
		if hasArabic && !hasOthers {
			reverse(units[i:n])
		} else {
			for word := range wordsOf(units[i:n]) {
				reverse(word)
			}
		}
		i = max(i, n)
	}
}

// wordsOf returns the words of Arabic and Hebrew letters in units.
func wordsOf(units []unit) iter.Seq[[]unit] {
	return func(yield func([]unit) bool) {
		begin := 0
		for i := range len(units) + 1 {
			if i < len(units) && (isArabic(units[i].first) || isHebrew(units[i].first)) {
				continue
			}
			if begin < i && !yield(units[begin:i]) {
				return
			}
			begin = i + 1
		}
	}
}

func isArabic(r rune) bool { return r >= 0x600 && r <= 0x8ff }
func isHebrew(r rune) bool { return r >= 0x590 && r <= 0x5ff }

// reverse reverses units. The style of each cell stays, and nothing is mirrored any more.
func reverse(units []unit) {
	slices.Reverse(units)
	for a, b := 0, len(units)-1; a < b; a, b = a+1, b-1 {
		units[a].at, units[b].at = units[b].at, units[a].at
	}
	for i := range units {
		units[i].level = 0
	}
}

// unseen takes out the marks of a text's direction, and what keeps letters from joining.
var unseen = strings.NewReplacer(LeftToRight, "", RightToLeft, "", nonJoiner, "")

// appendGlyph appends a unit without the characters that only say in which order and form others are seen.
func appendGlyph(glyphs []Glyph, u unit) []Glyph {
	if strings.Contains(u.text, "\u200c") || isMark(u) {
		u.text = unseen.Replace(u.text)
	}
	if u.text == "" {
		return glyphs
	}
	return append(glyphs, Glyph{u.text, u.at})
}

func appendBlanks(glyphs []Glyph, n, at int) []Glyph {
	for range n {
		glyphs = append(glyphs, Glyph{" ", at})
	}
	return glyphs
}

// mirrors has the pairs of characters that mirror each other and aren't brackets to x/text.
var mirrors = map[rune]string{'«': "»", '»': "«", '‹': "›", '›': "‹", '<': ">", '>': "<", '≤': "≥", '≥': "≤"}

// mirrored returns a unit's text as it is seen in right-to-left text.
func mirrored(u unit) string {
	if m := mirrors[u.first]; m != "" {
		return m + after(u)
	}
	if properties, n := bidi.LookupString(u.text); properties.IsBracket() {
		return bidi.ReverseString(u.text[:n]) + u.text[n:]
	}
	return u.text
}
