package cell

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// IsRightToLeft reports whether a paragraph, which may have SGR sequences, is in a script such as Arabic or Hebrew: whether that is the
// script of its first letter (UAX #9, rules P2 and P3).
func IsRightToLeft(text string) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c == '\x1b' {
			i += max(strings.IndexByte(text[i:], 'm'), 0) + 1
			continue
		}
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return false
		}
		if c < utf8.RuneSelf {
			i++
			continue
		}
		properties, n := bidi.LookupString(text[i:])
		switch properties.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
		i += max(n, 1)
	}
	return false
}

// HasRightToLeftWords reports whether a quarter of a text's words begin with a right-to-left letter, or it has no words. Numbers and
// signs are none.
func HasRightToLeftWords(text string) bool {
	words, others := 0, 0
	for w := range strings.FieldsSeq(text) {
		if IsRightToLeft(w) {
			words++
		} else if strings.ContainsFunc(w, unicode.IsLetter) {
			others++
		}
	}
	return 3*words >= others
}

// WrapToStart breaks plain text into lines of at most n cells, as [Wrap] does. Those of a right-to-left text end in cell n.
func WrapToStart(text string, n int) []string {
	if IsRightToLeft(text) {
		return WrapToEnd(text, n)
	}
	return Wrap(text, n)
}

// WrapToEnd breaks right-to-left text into lines that end in cell n.
func WrapToEnd(text string, n int) []string {
	lines := Wrap(text, n)
	isRightToLeft := hasRightToLeft(text)
	for i, l := range lines {
		if isRightToLeft {
			l = AsRightToLeft(l)
		}
		lines[i] = ToEnd(l, n)
	}
	return lines
}

// CutToStart shortens a line to n cells, as [Cut] does. If it is right-to-left text it ends in cell n.
func CutToStart(text string, n int) string {
	line := Cut(text, n)
	if IsRightToLeft(text) {
		return ToEnd(line, n)
	}
	return line
}

// The marks of UAX #9. leftToRight keeps a terminal that reorders text from taking what is on both sides of it for one text;
// rightToLeft makes one that begins with a word of the other direction read from right to left.
const leftToRight, rightToLeft = "\u200e", "\u200f"

// SpreadToStart puts text at one end of a line of n cells, and facts about it at the other, as [Spread] does. If it is right-to-left
// text it stands at the right.
func SpreadToStart(text, facts string, n int) string {
	if IsRightToLeft(text) {
		return SpreadToEnd(text, facts, n)
	}
	return Spread(text, facts, n)
}

// SpreadToEnd puts text at the right end of a line of n cells, and facts at the left.
func SpreadToEnd(text, facts string, n int) string {
	const gap = 2 // that parts two texts
	room := n - LineWidth(facts)
	if facts == "" || room < gap {
		return ToEnd(Cut(text, n), n)
	}
	return facts + leftToRight + ToEnd(Cut(text, room-gap), room)
}

// ToEnd puts blanks before a line of right-to-left text, or of text without any, so that it ends in cell n.
func ToEnd(line string, n int) string {
	if hasRightToLeft(line) {
		line = AsRightToLeft(line)
	}
	return strings.Repeat(" ", max(0, n-LineWidth(line))) + line
}

// AsRightToLeft returns a line of right-to-left text so that it is read as one, whatever it begins with.
func AsRightToLeft(line string) string {
	if line == "" || IsRightToLeft(line) {
		return line
	}
	return rightToLeft + line
}

// KeepDirections marks those of the texts of a line that are left-to-right beside others that aren't, so that a number at the beginning of
// one stays before its unit. It changes texts.
func KeepDirections(texts []string) {
	if !slices.ContainsFunc(texts, hasRightToLeft) {
		return
	}
	for i, text := range texts {
		if !hasRightToLeft(text) {
			texts[i] = leftToRight + text
		}
	}
}

func hasRightToLeft(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf && IsRightToLeft(string(r)) })
}

// Mirror returns what marks an entry of a list as it stands to the right of it: its blanks exchanged, and the full stop of a number to
// its left.
func Mirror(mark string) string {
	text := strings.TrimLeft(mark, " ")
	before := mark[:len(mark)-len(text)]
	text = strings.TrimRight(text, " ")
	after := mark[len(before)+len(text):]
	if number, ok := strings.CutSuffix(text, "."); ok {
		text = "." + number
	}
	return after + text + before
}
