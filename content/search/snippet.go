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

// Snippet returns the first line of a body that shows the most terms of the query, as plain text. If no line shows any, it is
// the summary.
func (q Query) Snippet(body, summary string) Snippet {
	var shown string
	number, most := 0, 0
	raw, plain := newTokenizer(true), newTokenizer(false)
	for line := range outline.Lines(body) {
		if most == len(q.terms) {
			break
		}
		if countTerms(raw, line.Source, q.terms) <= most {
			continue
		}
		line.Source = around(line.Source, q.terms)
		text := line.Plain()
		if n := countTerms(plain, text, q.terms); n > most {
			shown, number, most = text, line.Number, n
		}
	}
	if number == 0 {
		shown = summary
	}
	text, marks := window(shown, q.terms)
	return Snippet{number, text, marks}
}

// around cuts a line that is too long to be read as plain text to what surrounds the first find.
func around(line string, terms []term) string {
	if len(line) <= outline.MaxLine {
		return line
	}
	from := 0
	if all := findMarks(line, terms); len(all) > 0 {
		from = max(0, all[0][0]-2*maxSnippet)
	}
	return strings.ToValidUTF8(line[from:min(len(line), from+outline.MaxLine)], "")
}

// countTerms returns how many of the terms a line has.
func countTerms(tok *tokenizer, line string, terms []term) int {
	var has uint16
	for i, t := range terms {
		if t.run && strings.Contains(line, t.text) {
			has |= 1 << i
		}
	}
	tok.each(line, func(folded []byte, _, _ int, _ bool) {
		for i, t := range terms {
			if !t.run && len(folded) >= len(t.text) && string(folded[:len(t.text)]) == t.text {
				has |= 1 << i
			}
		}
	})
	return bits.OnesCount16(has)
}

// window cuts a text to what surrounds the first find, between words if possible, and returns where the finds in it are.
func window(text string, terms []term) (string, [][2]int) {
	all := findMarks(text, terms)
	start := 0
	if len(all) > 0 && utf8.RuneCountInString(text) > maxSnippet {
		start = max(0, all[0][0]-contextBefore)
	}
	for start > 0 && start < len(text) && !utf8.RuneStart(text[start]) {
		start--
	}
	if i := strings.IndexByte(text[start:], ' '); start > 0 && i >= 0 && start+i < all[0][0] {
		start += i + 1
	}
	end, n := start, 0
	for end < len(text) && n < maxSnippet-2 {
		_, size := utf8.DecodeRuneInString(text[end:])
		end, n = end+size, n+1
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
	var inside [][2]int
	for _, m := range all {
		if m[0] >= start && m[1] <= end {
			inside = append(inside, [2]int{m[0] - start + len(head), m[1] - start + len(head)})
		}
	}
	return head + text[start:end] + tail, inside
}

// findMarks returns where the terms are in a text. Of a word, as much is marked as was typed, or all of it if it was typed
// without its accents.
func findMarks(text string, terms []term) [][2]int {
	var all [][2]int
	newTokenizer(false).each(text, func(folded []byte, start, end int, _ bool) {
		for _, t := range terms {
			if t.run || len(folded) < len(t.text) || string(folded[:len(t.text)]) != t.text {
				continue
			}
			if stop := start + len(t.text); len(folded) == end-start {
				end = stop
			}
			all = append(all, [2]int{start, end})
			return
		}
	})
	for _, t := range terms {
		for from := 0; t.run; {
			i := strings.Index(text[from:], t.text)
			if i < 0 {
				break
			}
			all = append(all, [2]int{from + i, from + i + len(t.text)})
			from += i + len(t.text)
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return a[0] - b[0] })
	kept := all[:0]
	for _, m := range all {
		if n := len(kept); n == 0 || m[0] >= kept[n-1][1] {
			kept = append(kept, m)
		}
	}
	return kept
}
