package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"postern/content/outline"
	"postern/content/sanitize"
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

// Snippet returns the first line of a body that has the most terms of the query, as plain text. If the body has none, it is
// the summary.
func (q Query) Snippet(body, summary string) Snippet {
	var found string
	number, foundAt, most := 0, 0, 0
	t := newTokenizer(true)
	for line := range strings.SplitSeq(body, "\n") {
		if most == len(q.terms) {
			break
		}
		number++
		if n := countTerms(t, line, q.terms); n > most {
			found, foundAt, most = line, number, n
		}
	}
	if foundAt == 0 {
		text, marks := window(summary, q.terms)
		return Snippet{0, text, marks}
	}
	if all := findMarks(found, q.terms); len(found) > outline.MaxLine && len(all) > 0 {
		from := max(0, all[0][0]-2*maxSnippet)
		found = strings.ToValidUTF8(found[from:min(len(found), from+outline.MaxLine)], "")
	}
	text, marks := window(outline.PlainLine(found), q.terms)
	if len(marks) == 0 { // what was found is not part of the plain text, such as the description of an image
		text, marks = window(sanitize.Line(found), q.terms)
	}
	return Snippet{foundAt, text, marks}
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
