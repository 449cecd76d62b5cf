package terminal

import (
	"strings"
	"unicode/utf8"
)

// A pen is what cells are written with: the SGR sequences since the last reset, as they came, and the OSC 8 sequence of the
// link that is open.
type pen struct{ style, link string }

// A walk goes through a line from token to token: a character or a sequence. It knows the column only as long as all
// terminals agree on the widths: it ends before a character of which they might not, such as an emoji or a combining mark.
type walk struct {
	text string
	at   int // the next byte
	col  int // the next column
	pen  pen

	inkAt  int // the byte behind the last character
	inkPen pen // what that was written with
}

// next passes one token, and the characters of one cell each that come with it. It reports false, and stays, at the end of
// the line and where the widths are not certain.
func (w *walk) next(until int) bool {
	start := w.at
	for w.at < until && w.text[w.at] >= ' ' && w.text[w.at] <= '~' {
		w.at++
	}
	switch {
	case w.at > start:
		w.ink(w.at - start)
		return true
	case w.at >= until:
		return false
	case w.text[w.at] == '\x1b':
		return w.sequence()
	}
	r, n := utf8.DecodeRuneInString(w.text[w.at:])
	cells := certainWidth(r)
	if cells == 0 {
		return false
	}
	w.at += n
	w.ink(cells)
	return true
}

// ink notes that the characters up to here fill some cells.
func (w *walk) ink(cells int) {
	w.col += cells
	w.inkAt, w.inkPen = w.at, w.pen
}

// sequence passes an SGR or OSC 8 sequence.
func (w *walk) sequence() bool {
	n := sequenceLen(w.text[w.at:])
	if n == 0 {
		return false
	}
	s := w.text[w.at : w.at+n]
	switch {
	case s[1] == ']' && isLinkEnd(s):
		w.pen.link = ""
	case s[1] == ']':
		w.pen.link = s
	case s == "\x1b[m" || s == "\x1b[0m":
		w.pen.style = ""
	default:
		w.pen.style += s
	}
	w.at += n
	return true
}

// isLinkEnd reports whether an OSC 8 sequence has no target, whatever its parameters.
func isLinkEnd(s string) bool {
	_, target, _ := strings.Cut(s[len("\x1b]8;"):], ";")
	return target == "\a" || target == "\x1b\\"
}

// sequenceLen returns the length of the SGR or OSC 8 sequence at the beginning of s, 0 if there is none.
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

// certainWidth returns the cells that a character fills on all terminals when no combining character comes behind it, and 0
// where that is not certain: what is not in the commonest scripts, and what may be an emoji or a part of one.
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

// certain reports whether what comes next in a line, sequences aside, begins a cell of its own.
func certain(s string) bool {
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

// commonStart walks through after as far as it looks like before.
func commonStart(before, after string) walk {
	same := commonPrefix(before, after)
	w := walk{text: after}
	last := w // before the last character
	for w.at < same {
		here := w
		if !w.next(same) {
			break
		}
		if w.at > same { // a token that is the same in part only
			w = here
			break
		}
		if w.col > here.col {
			last = here
			if w.at-here.at > 1 && w.text[w.at-1] < utf8.RuneSelf {
				last.at, last.col = w.at-1, w.col-1
				last.inkAt, last.inkPen = last.at, last.pen
			}
		}
	}
	if !certain(before[w.at:]) || !certain(after[w.at:]) {
		return last
	}
	for w.at == len(before) && w.pen == (pen{}) && w.at < len(after) && after[w.at] == ' ' { // it is blank there
		w.at++
		w.ink(1)
	}
	return w
}

// differs walks from w through after as far as the rest of both lines looks different; to its end where they end at
// different columns. It reports whether before is the longer one, and false for sure where the widths are not certain.
func differs(before, after string, w walk) (now walk, longer, sure bool) {
	was := w
	was.text = before
	if w.at > len(before) { // blanks that before doesn't have
		was.at = len(before)
		was.col -= w.at - len(before)
	}
	oldEnd, newEnd := was, w
	if !oldEnd.end() || !newEnd.end() {
		return newEnd, false, false
	}
	if oldEnd.col != newEnd.col {
		return newEnd, oldEnd.col > newEnd.col, true
	}
	now = w
	same := commonSuffix(before[was.at:], after[now.at:])
	was.to(len(before) - same)
	now.to(len(after) - same)
	for {
		left, right := len(before)-was.at, len(after)-now.at
		if left == right && (was.pen == now.pen || left == 0) {
			return now, false, true
		}
		if left >= right {
			was.to(was.at + 1)
		}
		if right >= left {
			now.to(now.at + 1)
		}
	}
}

// end walks to the end of the line, and reports false where the widths are not certain.
func (w *walk) end() bool {
	w.to(len(w.text))
	return w.at == len(w.text)
}

// to walks to a byte or, where that is within a token, behind it.
func (w *walk) to(at int) {
	for w.at < at && w.next(at) {
	}
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

func commonSuffix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[len(a)-1-i] != b[len(b)-1-i] {
			return i
		}
	}
	return n
}
