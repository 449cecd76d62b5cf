package content

import (
	"slices"
	"strings"
	"unicode/utf8"

	"postern/content/frontmatter"
	"postern/content/outline"
	"postern/content/sanitize"
)

// An Excerpt shows where a search found something.
type Excerpt struct {
	Line  int      // in the post's body, from 1; 0 if the words stand elsewhere
	Text  string   // one line of plain text around what was found, at most 160 characters
	Marks [][2]int // what to mark in Text: where each find begins and ends, in bytes, ascending
}

const (
	maxExcerpt    = 160 // characters
	contextBefore = 40  // bytes of them before what was found, about
)

// Excerpt finds the line of the body that has most of what was searched for, the first of these. Where the body has
// nothing of it, the excerpt is the summary.
func (h Hit) Excerpt() Excerpt {
	var found string
	at, most := 0, 0
	w := newWords(true)
	c := frontmatter.LineCutter{Text: h.Post.Body}
	for l, ok := c.Next(); ok && most < len(h.terms); l, ok = c.Next() {
		if n := countTerms(w, l, h.terms); n > most {
			found, at, most = l, c.N, n
		}
	}
	if at == 0 {
		text, marks := window(h.Post.Summary, h.terms)
		return Excerpt{0, text, marks}
	}
	if all := findMarks(found, h.terms); len(found) > outline.MaxLine && len(all) > 0 {
		from := max(0, all[0][0]-2*maxExcerpt)
		found = strings.ToValidUTF8(found[from:min(len(found), from+outline.MaxLine)], "")
	}
	text, marks := window(outline.PlainLine(found), h.terms)
	if len(marks) == 0 { // what was found is not part of the plain text, such as what an image shows
		text, marks = window(sanitize.Line(found), h.terms)
	}
	return Excerpt{at, text, marks}
}

// countTerms returns how many of the terms a line has.
func countTerms(w *words, l string, terms []term) int {
	var has uint16
	for i, t := range terms {
		if t.run && strings.Contains(l, t.text) {
			has |= 1 << i
		}
	}
	w.each(l, func(folded []byte, _, _ int, _ bool) {
		for i, t := range terms {
			if !t.run && len(folded) >= len(t.text) && string(folded[:len(t.text)]) == t.text {
				has |= 1 << i
			}
		}
	})
	n := 0
	for ; has != 0; has &= has - 1 {
		n++
	}
	return n
}

// window cuts what surrounds the first find out of a text, at blanks where there are some near, and marks the finds.
func window(text string, terms []term) (string, [][2]int) {
	all := findMarks(text, terms)
	start := 0
	if len(all) > 0 && utf8.RuneCountInString(text) > maxExcerpt {
		start = max(0, all[0][0]-contextBefore)
	}
	for start > 0 && start < len(text) && !utf8.RuneStart(text[start]) {
		start--
	}
	if i := strings.IndexByte(text[start:], ' '); start > 0 && i >= 0 && start+i < all[0][0] {
		start += i + 1
	}
	end, n := start, 0
	for end < len(text) && n < maxExcerpt-2 {
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

// findMarks finds the terms in a text. Of a word, as much is marked as was typed; with accents left out, the whole word.
func findMarks(text string, terms []term) [][2]int {
	var all [][2]int
	newWords(false).each(text, func(folded []byte, start, end int, _ bool) {
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
