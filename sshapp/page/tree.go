package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A post's Markdown and the HTML within it are read as one stream of tags and text (walk.go, html.go), for a tag and its
// Markdown twin mean the same. A builder makes a tree of blocks from the stream. It is as forgiving as a browser: any
// order of tags gives a tree, and all text finds a place in it.

// A blockKind is what a block is. Leaves hold text; the others hold blocks.
type blockKind uint8

const (
	paragraph blockKind = iota // leaves
	heading
	listing // code
	formula
	figure
	captionBlock
	summary
	term
	tableCell
	rule
	lastLeaf

	document // containers
	quote
	alertBlock
	items
	item
	details
	description
	tableBlock
	tableRow
	noteList
	noteBlock
)

// A block is a node of the tree.
type block struct {
	kind  blockKind
	text  []byte
	runs  []textRun
	inner []*block

	level  int    // of a heading: from 1 to 6
	anchor string // of a heading: its name in "#…", unique in the post: the author's, or one like GitHub's

	start   int  // of a numbered list: the number of its first item
	ordered bool // of a list: it is numbered
	tight   bool // of a list or a description: no blank lines stand between its parts
	task    task // of an item

	alert string // of an alert: its kind, one of GitHub's five; empty for one that is unknown
	label string // of an alert: what its author calls it, in a capital letter

	language string      // of a listing
	align    []alignment // of a row: for each of its cells
	header   bool        // of a row or a cell: it names what stands below it
	number   int         // of a footnote

	media     string // of a figure: "image", or the element that embeds it, such as "video"
	file      string // of a figure: what to call its file
	captioned bool   // of a figure: its caption says what its alternative text says

	link int // of a figure or a footnote: where it leads, as in a run
	at   int // where in the source, in bytes
}

// A task is whether an item of a list is something to be done.
type task uint8

const (
	noTask task = iota
	openTask
	doneTask
)

// A textRun is a stretch of a leaf's text, from the end of the run before it, in the same roles and the same link.
type textRun struct {
	end   int
	roles roleSet
	link  int // 1 + the index of the link; 0 for none
}

type alignment uint8

const (
	left alignment = iota
	center
	right
)

// add appends text to a leaf.
func (b *block) add(s string, r roleSet, link int) {
	if s == "" {
		return
	}
	b.text = append(b.text, s...)
	if n := len(b.runs); n > 0 && b.runs[n-1].roles == r && b.runs[n-1].link == link {
		b.runs[n-1].end = len(b.text)
		return
	}
	b.runs = append(b.runs, textRun{len(b.text), r, link})
}

// cut shortens a leaf's text to n bytes.
func (b *block) cut(n int) {
	b.text = b.text[:n]
	for len(b.runs) > 0 {
		last := &b.runs[len(b.runs)-1]
		begin := 0
		if len(b.runs) > 1 {
			begin = b.runs[len(b.runs)-2].end
		}
		if begin < n {
			last.end = min(last.end, n)
			return
		}
		b.runs = b.runs[:len(b.runs)-1]
	}
}

// trim takes blanks and line ends off the end of a leaf's text.
func (b *block) trim() {
	b.cut(len(strings.TrimRight(string(b.text[max(0, len(b.text)-16):]), " \n")) + max(0, len(b.text)-16))
}

// each calls f for each run of the text, which is the block's, from one byte up to another.
func (b *block) each(text string, from, to int, f func(text string, r textRun)) {
	begin := 0
	for _, r := range b.runs[b.runAt(from):] {
		begin = max(from, begin)
		if begin >= to {
			return
		}
		if end := min(r.end, to); end > begin {
			f(text[begin:end], r)
			begin = end
		}
	}
}

// rolesAt returns the roles of the text that begins at a byte.
func (b *block) rolesAt(at int) roleSet {
	if i := b.runAt(at); i < len(b.runs) {
		return b.runs[i].roles
	}
	return 0
}

// runAt returns the index of the run that holds a byte.
func (b *block) runAt(at int) int {
	lo, hi := 0, len(b.runs)
	for lo < hi {
		if mid := (lo + hi) / 2; b.runs[mid].end <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// plain returns the block's text without what is ours.
func (b *block) plain() string {
	var s strings.Builder
	b.each(string(b.text), 0, len(b.text), func(text string, r textRun) {
		if r.roles&ours == 0 {
			s.WriteString(text)
		}
	})
	return s.String()
}

// superscripts and subscripts are the characters that Unicode has raised or lowered twins of, but for letters, which
// few fonts have.
var (
	superscripts = map[rune]rune{'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻', '−': '⁻', 'n': 'ⁿ', 'i': 'ⁱ'}
	subscripts   = map[rune]rune{'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉', '+': '₊', '-': '₋', '−': '₋'}
)

// shift raises or lowers a text by a table, or returns it as it is if the table lacks one of its characters.
func shift(s string, table map[rune]rune) string {
	var b strings.Builder
	for _, r := range s {
		twin, ok := table[r]
		if !ok {
			return s
		}
		b.WriteRune(twin)
	}
	return b.String()
}

// ordinary returns the character that a raised or lowered one stands for, or the character itself.
func ordinary(r rune) rune {
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
	of['⁻'], of['₋'] = '-', '-' // the twins of two signs each
	return of
}()

// raisedNumber returns a number that is not negative in raised digits.
func raisedNumber(n int) string {
	if n == 0 {
		return "⁰"
	}
	s := ""
	for ; n > 0; n /= 10 {
		s = string(superscripts[rune('0'+n%10)]) + s
	}
	return s
}

// lastRune returns the last character of a leaf's text, or a line end if it has none.
func (b *block) lastRune() rune {
	if len(b.text) == 0 {
		return '\n'
	}
	r, _ := utf8.DecodeLastRune(b.text)
	return r
}

// visible counts the characters of a text, blanks aside.
func visible(s string) int32 {
	n := int32(0)
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < utf8.RuneSelf {
			if c > ' ' || c != ' ' && (c < '\t' || c > '\r') {
				n++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if i += size - 1; !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}
