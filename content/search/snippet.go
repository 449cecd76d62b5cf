package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"postern/content/outline"
)

// A Snippet shows what was found in a document.
type Snippet struct {
	Line  int      // of the body, from 1; 0 if the words are elsewhere
	Text  string   // one line of plain text around what was found, at most 160 characters
	Marks [][2]int // where each find in Text begins and ends, in bytes, ascending
}

const (
	maxSnippet    = 160 // characters
	contextBefore = 40  // bytes of them before what was found, about
)

// Snippet returns the first place of a body that shows the most terms of the query together, as plain text: on a line, or on two that
// follow each other, as lines of a paragraph do. If no line shows any, it is the summary.
func (q Query) Snippet(body, summary string) Snippet {
	var best Snippet
	most := 0
	show := func(number int, text string) {
		if text, marks, n := window(text, q.terms); n > most {
			best, most = Snippet{number, text, marks}, n
		}
	}
	tok := newTokenizer(true)
	var before outline.Line
	var had termSet // of the line before
	for line := range outline.Lines(body) {
		if most == len(q.terms) {
			break
		}
		has := termsIn(tok, line.Source, q.terms)
		if has.len() > most {
			show(line.Number, q.plain(line))
		}
		if before.Number == line.Number-1 && (had|has).len() > max(most, had.len(), has.len()) {
			show(before.Number, q.plain(before)+" "+q.plain(line))
		}
		before, had = line, has
	}
	if most == 0 {
		best.Text, best.Marks, _ = window(summary, q.terms)
	}
	return best
}

// plain returns a line, or what surrounds the first find in a long one, as plain text.
func (q Query) plain(line outline.Line) string {
	line.Source = around(line.Source, q.terms)
	return line.Plain()
}

// around cuts a line that is too long to be read as plain text to what surrounds the first find.
func around(line string, terms []term) string {
	if len(line) <= outline.MaxLine {
		return line
	}
	from := 0
	if all := findAll(line, terms); len(all) > 0 {
		from = max(0, all[0].begin-2*maxSnippet)
	}
	return strings.ToValidUTF8(line[from:min(len(line), from+outline.MaxLine)], "")
}

// A termSet has bit i for term i of a query.
type termSet uint16

func (s termSet) len() int { return bits.OnesCount16(uint16(s)) }

// termsIn returns the terms that a line has.
func termsIn(tok *tokenizer, line string, terms []term) (has termSet) {
	for i, t := range terms {
		if t.run && strings.Contains(line, t.text) {
			has |= 1 << i
		}
	}
	tok.each(line, func(folded []byte, _, _ int, _ bool) { has |= termsOf(folded, terms) })
	return has
}

// termsOf returns the terms that a folded word begins with.
func termsOf(folded []byte, terms []term) (has termSet) {
	for i, t := range terms {
		if !t.run && len(folded) >= len(t.text) && string(folded[:len(t.text)]) == t.text {
			has |= 1 << i
		}
	}
	return has
}

// window cuts a text to what surrounds the most terms that are near each other, between words if possible. It returns where finds in
// it are, and how many terms they are of.
func window(text string, terms []term) (excerpt string, marks [][2]int, n int) {
	all := findAll(text, terms)
	first, start := 0, 0
	if len(all) > 0 && utf8.RuneCountInString(text) > maxSnippet {
		first = nearest(all, maxSnippet-2*contextBefore)
		start = max(0, all[first].begin-contextBefore)
	}
	for start > 0 && start < len(text) && !utf8.RuneStart(text[start]) {
		start--
	}
	if i := strings.IndexByte(text[start:], ' '); start > 0 && i >= 0 && start+i < all[first].begin {
		start += i + 1
	}
	end := start
	for room := maxSnippet - 2; room > 0 && end < len(text); room-- {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	if i := strings.LastIndexByte(text[start:end], ' '); end < len(text) && i > (end-start)/2 {
		end = start + i
	}
	head, tail := "", ""
	if start > 0 {
		head = "…"
	}
	if end < len(text) {
		tail = "…"
	}
	var has termSet
	for _, f := range all {
		if f.begin >= start && f.end <= end {
			marks = append(marks, [2]int{f.begin - start + len(head), f.end - start + len(head)})
			has |= f.terms
		}
	}
	return head + text[start:end] + tail, marks, has.len()
}

// nearest returns the find from which on so many bytes have the most terms; of several, the one whose terms are nearest to each other.
func nearest(all []find, within int) (first int) {
	most, least := 0, 0
	for i, f := range all {
		has, span := f.terms, 0
		for j := i + 1; j < len(all) && all[j].end <= f.begin+within; j++ {
			if more := has | all[j].terms; more != has {
				has, span = more, all[j].end-f.begin
			}
		}
		if n := has.len(); n > most || n == most && span < least {
			first, most, least = i, n, span
		}
	}
	return first
}

// A find is where terms are in a text, from one byte to another.
type find struct {
	begin, end int
	terms      termSet
}

// findAll returns where the terms are in a text, ascending. Of a word, as much is found as was typed, or all of it if it was typed
// without its accents.
func findAll(text string, terms []term) []find {
	var all []find
	newTokenizer(false).each(text, func(folded []byte, start, end int, _ bool) {
		has := termsOf(folded, terms)
		if has == 0 {
			return
		}
		typed := terms[bits.TrailingZeros16(uint16(has))].text
		if len(folded) == end-start {
			end = start + len(typed)
		}
		all = append(all, find{start, end, has})
	})
	for i, t := range terms {
		for from := 0; t.run; {
			at := strings.Index(text[from:], t.text)
			if at < 0 {
				break
			}
			from += at + len(t.text)
			all = append(all, find{from - len(t.text), from, 1 << i})
		}
	}
	slices.SortFunc(all, func(a, b find) int { return a.begin - b.begin })
	kept := all[:0]
	for _, f := range all {
		if n := len(kept); n == 0 || f.begin >= kept[n-1].end {
			kept = append(kept, f)
		}
	}
	return kept
}
