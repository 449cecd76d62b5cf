// Package search finds documents by words: an index of them, queries, and snippets that show what was found.
//
// How a search works, and why so:
//
// A reader types, and each key is a new query over everything: 10,000 posts, 60 MB. Looking through the text would take
// some 30 ms a word on one core even at memory speed, and folding case and accents on the way several times that; a copy
// of the text, folded beforehand, would double the memory. So there is an inverted index: every word, folded, in one
// sorted list, and for each word the documents that have it. It takes about a fifth of the memory of the text, because a
// document has a word once there, however often it says it, and because a list of documents is written as the gaps between
// their numbers, most of which are a byte.
//
// A word of the query stands for all words that begin with it, which are next to each other in the sorted list: two binary
// searches find the first and the last, and their lists are read one after another. The worst that can happen is a query of
// one letter, which reads about a tenth of the index. Each list says where the document has the word (title, labels, summary,
// headings, body), so ranks are known without looking at any text. For every word of the query a document gets points for
// the best part in which it has it, and one more if it has the very word; a document counts if it got points for every word,
// and its points are added. The sums are small numbers, so a counting sort orders the documents, and those with the same sum
// stay in the order in which they were given.
//
// Scripts without spaces between words are indexed by character. That a document has all characters of a run is necessary
// and not sufficient, so the few documents that do are searched for the run itself.
//
// The index of 10,000 posts takes a good part of a second to build, and a saved file must show at once. So it is made
// of segments. An update keeps those it has, notes which of their documents have gone, and puts what is new into a small
// one; when too much has changed, everything is built anew.
//
// Snippets are made only for the documents that somebody looks at.
package search

import (
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Query is what to search for. The zero Query finds nothing.
type Query struct {
	terms []term // each once
}

// A term is a part of a query that a document must have.
type term struct {
	text string // folded
	run  bool   // of a script without spaces: it may stand anywhere
}

const (
	maxQuery = 256 // bytes of a query that are looked at
	maxTerms = 12  // words of a query that are looked at
)

// Parse reads a query: words in any case, with or without accents, of which the beginning is enough.
func Parse(text string) Query {
	text = norm.NFC.String(strings.ToValidUTF8(text[:min(len(text), maxQuery)], ""))
	var terms []term
	last := -1 // where the run that grows ends
	newTokenizer(false).each(text, func(folded []byte, start, end int, alone bool) {
		if n := len(terms); alone && n > 0 && start == last {
			terms[n-1].text += string(folded)
		} else {
			terms = append(terms, term{string(folded), alone})
		}
		if last = -1; alone {
			last = end
		}
	})
	slices.SortStableFunc(terms, func(a, b term) int { return strings.Compare(a.text, b.text) })
	terms = slices.Compact(terms)
	return Query{terms[:min(len(terms), maxTerms)]}
}

// Empty reports whether a query has no word.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// Find returns the documents that have all words of a query and are wanted, as their positions in the list of [Index.Update].
// First come those that have the words in the title, then in labels, summary, headings, body; among these, those that have
// the whole word; then those that were given first.
func (x *Index) Find(q Query, wanted func(position int) bool) []int {
	if q.Empty() {
		return nil
	}
	points := make([]uint8, x.documents)
	for i, s := range x.segments {
		s.find(q.terms, x.positions[i], points)
	}
	var next [maxTerms*maxPoints + 1]int // by points: first how many documents have them, then where the next goes
	for i, n := range points {
		if n > 0 && !wanted(i) {
			points[i] = 0
		}
		next[points[i]]++
	}
	found := 0
	for n := len(next) - 1; n > 0; n-- { // those with the most points come first
		next[n], found = found, found+next[n]
	}
	positions := make([]int, found)
	for i, n := range points {
		if n > 0 {
			positions[next[n]] = i
			next[n]++
		}
	}
	return positions
}

// maxPoints is the most that one term can give: for the best of five parts, and for the whole word.
const maxPoints = 2*5 + 1

// pointsOf returns what a term gives that was found in some parts.
func pointsOf(in parts, wholeWord bool) uint8 {
	n := uint8(2 * bits.Len8(uint8(in)))
	if wholeWord {
		n++
	}
	return n
}

// find gives points to the documents that have every term.
func (s *segment) find(terms []term, positions []int32, points []uint8) {
	if len(s.wordEnds) == 0 {
		return
	}
	sum, best := make([]uint8, len(s.documents)), make([]uint8, len(s.documents))
	for n, t := range terms {
		clear(best)
		if t.run {
			s.findRun(t.text, best)
		} else {
			s.findPrefix(t.text, best)
		}
		for doc, b := range best {
			if b == 0 || n > 0 && sum[doc] == 0 {
				sum[doc] = 0
			} else {
				sum[doc] += b
			}
		}
	}
	for doc, n := range sum {
		if at := positions[doc]; at >= 0 {
			points[at] = n
		}
	}
}

// findPrefix sets the most points that each document gets for a word that begins with prefix.
func (s *segment) findPrefix(prefix string, best []uint8) {
	n := sort.Search(len(s.wordEnds), func(i int) bool { return s.word(i) >= prefix })
	for ; n < len(s.wordEnds) && strings.HasPrefix(s.word(n), prefix); n++ {
		wholeWord := s.word(n) == prefix
		eachDocument(s.list(n), func(doc int, in parts) {
			best[doc] = max(best[doc], pointsOf(in, wholeWord))
		})
	}
}

// findRun sets the points that each document gets for a run of characters.
func (s *segment) findRun(run string, best []uint8) {
	first := true
	for _, r := range run {
		var has []uint8
		if n, ok := sort.Find(len(s.wordEnds), func(i int) int { return strings.Compare(string(r), s.word(i)) }); ok {
			has = make([]uint8, len(best))
			eachDocument(s.list(n), func(doc int, in parts) { has[doc] = pointsOf(in, true) })
		}
		for doc := range best {
			switch {
			case has == nil:
				best[doc] = 0
			case first:
				best[doc] = has[doc]
			default:
				best[doc] = min(best[doc], has[doc])
			}
		}
		first = false
	}
	if utf8.RuneCountInString(run) == 1 {
		return // one character, which is what the index holds
	}
	for doc, n := range best {
		if n > 0 {
			best[doc] = pointsOfRun(run, s.documents[doc].Text())
		}
	}
}

// pointsOfRun searches the parts of a document for a run of characters, the best first.
func pointsOfRun(run string, t Text) uint8 {
	for _, part := range []struct {
		text string
		in   parts
	}{
		{t.Title, inTitle},
		{strings.Join(t.Labels, "\n"), inLabels},
		{t.Summary, inSummary},
		{t.Headings, inHeadings},
		{t.Body, inBody},
	} {
		if strings.Contains(part.text, run) || !norm.NFC.IsNormalString(part.text) && strings.Contains(norm.NFC.String(part.text), run) {
			return pointsOf(part.in, true)
		}
	}
	return 0
}
