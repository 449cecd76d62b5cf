package terminal

import (
	"strings"
	"unicode/utf8"
)

// A lineScanner reads a line token by token: characters and escape sequences. It keeps the column, and so it stops before a
// character on whose width terminals may disagree, such as an emoji or a combining mark.
type lineScanner struct {
	line string
	at   int // the next byte
	col  int // its column
	pen  pen // its pen

	textEnd int // the byte behind the last character, where only sequences may follow
	textPen pen // of the last character
}

// next reads a run of visible ASCII characters before the byte until, or one other token. It returns false, and reads nothing,
// at the byte until and before a character of uncertain width.
func (s *lineScanner) next(until int) bool {
	start := s.at
	for s.at < until && s.line[s.at] >= ' ' && s.line[s.at] <= '~' {
		s.at++
	}
	switch {
	case s.at > start:
		s.filled(s.at - start)
		return true
	case s.at >= until:
		return false
	case s.line[s.at] == '\x1b':
		return s.sequence()
	}
	r, n := utf8.DecodeRuneInString(s.line[s.at:])
	cells := certainWidth(r)
	if cells == 0 {
		return false
	}
	s.at += n
	s.filled(cells)
	return true
}

// filled counts the cells that the characters up to here fill.
func (s *lineScanner) filled(cells int) {
	s.col += cells
	s.textEnd, s.textPen = s.at, s.pen
}

// sequence reads an SGR or OSC 8 sequence. It returns false, and reads nothing, if there is none.
func (s *lineScanner) sequence() bool {
	n := sequenceLen(s.line[s.at:])
	if n == 0 {
		return false
	}
	seq := s.line[s.at : s.at+n]
	switch {
	case seq[1] == ']' && isLinkEnd(seq):
		s.pen.link = ""
	case seq[1] == ']':
		s.pen.link = seq
	case seq == "\x1b[m" || seq == "\x1b[0m":
		s.pen = pen{link: s.pen.link}
	default:
		s.pen.add(seq)
	}
	s.at += n
	return true
}

// advanceToEnd reads the rest of the line. It returns false if a width is uncertain.
func (s *lineScanner) advanceToEnd() bool {
	s.advanceTo(len(s.line))
	return s.at == len(s.line)
}

// advanceTo reads up to a byte or, if that is within a token, to the end of the token.
func (s *lineScanner) advanceTo(at int) {
	for s.at < at && s.next(at) {
	}
}

// isLinkEnd reports whether an OSC 8 sequence closes a link: its target is empty, whatever its parameters are.
func isLinkEnd(s string) bool {
	_, target, _ := strings.Cut(s[len("\x1b]8;"):], ";")
	return target == "\a" || target == "\x1b\\"
}

// sequenceLen returns how many bytes the SGR or OSC 8 sequence at the beginning of s has; 0 if there is none.
func sequenceLen(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		for i := 2; i < len(s); i++ {
			if b := s[i]; b == 'm' {
				return i + 1
			} else if b < '0' || b > ';' { // digits, colons and semicolons
				return 0
			}
		}
	case strings.HasPrefix(s, "\x1b]8;"):
		for i := 4; i < len(s); i++ {
			switch {
			case s[i] == '\a':
				return i + 1
			case s[i] == '\x1b' && i+1 < len(s) && s[i+1] == '\\':
				return i + 2
			case s[i] < ' ':
				return 0
			}
		}
	}
	return 0
}

// certainWidth returns how many cells a character fills on every terminal if no combining character follows it. It returns 0 if
// that is uncertain: for characters outside of the most common scripts, and for those that may be an emoji or a part of one.
func certainWidth(r rune) int {
	in := func(from, to rune) bool { return r >= from && r <= to }
	switch {
	case r < 0x100:
		if r >= 0xa0 && r != 0xad || in(' ', '~') {
			return 1
		}
	case r < 0x2000: // Latin, Greek and Cyrillic
		if r < 0x300 || in(0x370, 0x482) || in(0x48a, 0x52f) || in(0x1e00, 0x1fff) {
			return 1
		}
	case r < 0x3000: // punctuation, currencies, arrows, mathematics, lines and blocks
		if in(0x2010, 0x2027) || in(0x2030, 0x205e) || in(0x20a0, 0x20bf) || in(0x2190, 0x22ff) || in(0x2500, 0x25fc) {
			return 1
		}
	case in(0x3001, 0x3029), in(0x3041, 0x3096), in(0x30a1, 0x30fe), in(0x3400, 0x4dbf), in(0x4e00, 0x9fff), in(0xac00, 0xd7a3), in(0xff01, 0xff5e):
		return 2
	}
	return 0
}

// beginsCell reports whether the first character of s, after any sequences, certainly begins a cell of its own, and doesn't
// combine with the character before.
func beginsCell(s string) bool {
	for {
		n := sequenceLen(s)
		if n == 0 {
			break
		}
		s = s[n:]
	}
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || certainWidth(r) > 0
}
