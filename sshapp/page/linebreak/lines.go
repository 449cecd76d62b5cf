// Package linebreak breaks the text of a block into lines for a width in cells. It does so as TeX does, only simpler: of all ways
// to break a paragraph the one is taken whose lines are the most even, the last one aside, by the sum of the squares of what
// they leave empty (Knuth and Plass, "Breaking Paragraphs into Lines", 1981). So no line is much shorter than its neighbours,
// and no last word stands alone.
package linebreak

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/hyphen"
)

// An atom is a stretch of text that no line break divides, with the blanks behind it.
type atom struct {
	begin, end int // in the text, without the blanks
	width      int
	hanging    int  // of the width, what may stand in the margin if a line ends here
	space      int  // cells of the blanks
	stop       bool // a line ends here
	seen       bool // a break here shows: it is behind a hyphen, or within a word
	hyphen     bool // a break here puts a hyphen
	inFormula  bool // a break here parts a formula
}

// A Line is the part of a leaf's text that stands on one line.
type Line struct {
	Begin, End int  // in the text, in bytes, without the blanks at the end of the line
	Width      int  // in cells
	Hyphen     bool // a [Hyphen] stands behind it, which is a part of its width
}

// maxHyphenated is the widest column in which words are parted, in cells. A wider one has even lines without that. And a hyphen
// costs as much as a line of which one hyphenCost-th is empty.
const (
	maxHyphenated = 60
	hyphenCost    = 3
)

// A Column is what lines are broken for.
type Column struct {
	Width   int                // in cells
	Hangs   bool               // full-width marks that end a line may stand behind it, [Hanging] cells wide
	Hyphens *hyphen.Dictionary // of the text's language, for words that are parted in a narrow column; nil to part none
}

// Hanging is how many cells hang in the margin at most: those of one full-width mark.
const Hanging = 2

// Lines breaks a leaf's text, which is given as a string, into lines that fit a column, or of one cluster if that is wider.
func Lines(b *document.Block, text string, column Column) []Line {
	column.Width = max(column.Width, 1)
	hyphens := column.Hyphens
	column.Hyphens = nil
	lines := column.lines(b, text)
	if hyphens == nil || column.Width > maxHyphenated || !isRagged(lines, text, column.Width) {
		return lines
	}
	column.Hyphens = hyphens
	return column.lines(b, text)
}

// isRagged reports whether a line leaves so much empty that a hyphen may cost less, or cuts a word. Where the text ends a line it
// may be short.
func isRagged(lines []Line, text string, room int) bool {
	return slices.ContainsFunc(lines, func(c Line) bool {
		rest := strings.TrimLeft(text[c.End:], " ")
		isShort := c.Width < room-room/hyphenCost && rest != "" && rest[0] != '\n'
		return isShort || cutsWord(text, c.End)
	})
}

// cutsWord reports whether a line that ends here has letters of a word whose others are on the next line.
func cutsWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// lines breaks a text as [Lines] does, and may part words with hyphens wherever that makes lines more even.
func (c Column) lines(b *document.Block, text string) []Line {
	atoms := cutAtoms(b, text, c.Width, c.Hyphens)
	if c.Hangs {
		for i := range atoms {
			atoms[i].hang(text)
		}
	}
	var lines []Line
	for len(atoms) > 0 {
		n := 0
		for n < len(atoms) && !atoms[n].stop {
			n++
		}
		n = min(n+1, len(atoms))
		lines = fill(lines, atoms[:n], c.Width)
		atoms = atoms[n:]
	}
	return lines
}

// fill appends the lines that a stretch of text without a line end has.
func fill(lines []Line, atoms []atom, room int) []Line {
	width := -atoms[len(atoms)-1].space
	for _, a := range atoms {
		width += a.width + a.space
	}
	if width-atoms[len(atoms)-1].hanging <= room {
		return append(lines, Line{Begin: atoms[0].begin, End: atoms[len(atoms)-1].end, Width: width})
	}
	// best[i] is the least cost of setting the first i atoms, and from[i] where its last line begins.
	best := make([]int, len(atoms)+1)
	from := make([]int32, len(atoms)+1)
	for i := 1; i <= len(atoms); i++ {
		best[i] = -1
		width := atoms[i-1].behind() - atoms[i-1].hanging
		for j := i - 1; j >= 0; j-- {
			width += atoms[j].width + atoms[j].space
			if width > room && j < i-1 {
				break
			}
			if c := best[j] + lineCost(atoms[j:i], max(room-width-atoms[i-1].hanging, 0), room, i == len(atoms)); best[i] < 0 || c < best[i] {
				best[i], from[i] = c, int32(j)
			}
		}
	}
	at := len(lines)
	for i := len(atoms); i > 0; i = int(from[i]) {
		lines = append(lines, Line{})
	}
	for i, k := len(atoms), len(lines)-1; k >= at; k-- {
		j := int(from[i])
		width := atoms[i-1].behind()
		for _, a := range atoms[j:i] {
			width += a.width + a.space
		}
		lines[k] = Line{atoms[j].begin, atoms[i-1].end, width, atoms[i-1].hyphen}
		i = j
	}
	return lines
}

// HangingMarks are the marks that hang: full stops and commas, and what closes brackets and quotes, whose right half is empty.
const HangingMarks = "、。，．」』）】〉》〕］｝"

// hang sets what may hang of an atom.
func (a *atom) hang(text string) {
	if last, n := utf8.DecodeLastRuneInString(text[a.begin:a.end]); n == 3 && a.width > Hanging && strings.ContainsRune(HangingMarks, last) {
		a.hanging = Hanging
	}
}

// behind is how many cells a line has beyond those of its atoms and their blanks if it ends with this atom.
func (a atom) behind() int {
	if a.hyphen {
		return 1
	}
	return -a.space
}

// lineCost is how ugly a line is that leaves so many cells empty. A break that can be seen costs as much as a tenth of the
// line; a hyphen more, see hyphenCost; a break in a formula, and a last line of one short word or of few characters of Chinese, as much as half of it.
func lineCost(line []atom, empty, room int, isLast bool) int {
	c := empty * empty
	if isLast {
		c = 0
		if room-empty < room/6 && isOneWord(line) {
			c = room * room / 4
		}
	} else if last := line[len(line)-1]; last.inFormula {
		c += room * room / 4
	} else if last.hyphen {
		c += (room / hyphenCost) * (room / hyphenCost)
	} else if last.seen {
		c += room * room / 100
	}
	return max(c, 0)
}

// isOneWord reports whether no blank is within a line.
func isOneWord(line []atom) bool {
	return !slices.ContainsFunc(line[:len(line)-1], func(a atom) bool { return a.space > 0 })
}

// cutAtoms cuts a leaf's text where a line may break. No atom is wider than room, unless it is one cluster.
func cutAtoms(b *document.Block, text string, room int, hyphens *hyphen.Dictionary) []atom {
	atoms := make([]atom, 0, len(text)/5+1)
	for at := 0; at < len(text); {
		end := at
		for end < len(text) && text[end] != ' ' && text[end] != '\n' {
			end++
		}
		if end > at {
			atoms = appendWord(b, atoms, text, at, end, room, hyphens)
		}
		stop := end
		for stop < len(text) && text[stop] == ' ' {
			stop++
		}
		hard := stop < len(text) && text[stop] == '\n'
		if end == at && (hard || len(atoms) == 0 || atoms[len(atoms)-1].stop) {
			atoms = append(atoms, atom{begin: at, end: at}) // an empty line, or one that begins with blanks
		}
		last := &atoms[len(atoms)-1]
		last.space += stop - end
		last.seen = last.seen && stop == end
		last.inFormula = stop > end && b.RolesAt(end)&document.Math != 0
		if hard {
			last.stop = true
			stop++
		}
		at = stop
	}
	return atoms
}

// appendWord appends the atoms of a word, which holds no blanks.
func appendWord(b *document.Block, atoms []atom, text string, begin, end, room int, hyphens *hyphen.Dictionary) []atom {
	first := len(atoms)
	atoms = appendParts(b, atoms, text, begin, end, room, hyphens)
	if first == 0 || atoms[first-1].stop {
		return atoms
	}
	above, next := &atoms[first-1], atoms[first]
	if !clings(text[begin:end]) && !opens(text[above.begin:above.end]) {
		return atoms
	}
	if width := above.width + above.space + next.width; width <= room {
		*above = atom{begin: above.begin, end: next.end, width: width, seen: next.seen, hyphen: next.hyphen}
		atoms = append(atoms[:first], atoms[first+1:]...)
	}
	return atoms
}

// appendParts appends the parts of a word between which a line may end. Within code and formulas none does.
func appendParts(b *document.Block, atoms []atom, text string, begin, end, room int, hyphens *hyphen.Dictionary) []atom {
	places := newBreaker(text[begin:end])
	for from, at := begin, begin; at < end; {
		at = begin + places.next()
		if at < end && b.RolesAt(at-1)&b.RolesAt(at)&(document.Code|document.Math) != 0 {
			continue
		}
		for _, i := range points(b, text, from, at, hyphens) {
			if cell.Width(text[from:i]) < room {
				atoms = appendPieces(b, atoms, text, from, i, room)
				from = i
				atoms[len(atoms)-1].hyphen = true
			}
		}
		atoms = appendPieces(b, atoms, text, from, at, room)
		from = at
		atoms[len(atoms)-1].seen = at < end
	}
	return atoms
}

// points returns where a word may be parted with a hyphen: not in code, formulas or addresses.
func points(b *document.Block, text string, begin, end int, hyphens *hyphen.Dictionary) []int {
	if hyphens == nil || strings.ContainsAny(text[begin:end], "/@") || (b.RolesAt(begin)|b.RolesAt(end-1))&(document.Code|document.Math|document.Keyboard) != 0 {
		return nil
	}
	all := hyphens.Points(text[begin:end])
	for i := range all {
		all[i] += begin
	}
	return all
}

// appendPieces appends a stretch of text as one atom, or as several if it is wider than a line. Of these none begins with what no
// line begins with.
func appendPieces(b *document.Block, atoms []atom, text string, begin, end, room int) []atom {
	at := begin
	width, length, last := 0, 0, 0                                  // of the atom, in cells; of its last cluster, in bytes and cells
	b.EachRun(text, begin, end, func(text string, _ document.Run) { // a cluster doesn't go past a change of style, for a terminal sees none
		for len(text) > 0 {
			if n := cell.ASCIIPrefix(text, room-width); n > 0 {
				width += n
				begin += n
				text = text[n:]
				length, last = 1, 1
				continue
			}
			c, w := cell.Cluster(text)
			if width+w > room && width > 0 {
				if last == width || !clings(text) {
					length, last = 0, 0
				}
				atoms = append(atoms, atom{begin: at, end: begin - length, width: width - last, seen: true})
				at, width = begin-length, last
			}
			length, last = len(c), w
			width += w
			begin += len(c)
			text = text[len(c):]
		}
	})
	return append(atoms, atom{begin: at, end: end, width: width})
}

// Widths returns the width of the widest part of a leaf's text that no break divides, up to a limit, and that of its widest line.
func Widths(b *document.Block, text string, limit int) (least, most int) {
	line := 0
	for _, a := range cutAtoms(b, text, 1<<20, nil) {
		least = max(least, min(a.width, limit))
		line += a.width
		most = max(most, line)
		line += a.space
		if a.stop {
			line = 0
		}
	}
	return least, most
}
