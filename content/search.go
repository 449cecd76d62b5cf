package content

import (
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How a search works, and why so.
//
// A reader types, and each key is a new query over everything: 10,000 posts, 60 MB. Looking through the text would take
// some 30 ms a word on one core even at memory speed, and folding case and accents on the way several times that; a copy
// of the text, folded beforehand, would double the memory. So there is an inverted index: every word, folded, in one
// sorted list, and for each word the posts that have it. It takes about a fifth of the memory of the text, because a
// post has a word once there, however often it says it, and because a list of posts is written as the gaps between
// their numbers, most of which are a byte.
//
// A word of the query stands for all words that begin with it, which lie side by side in the sorted list: two binary
// searches find the first and the last, and their lists are read one after another. What one letter finds is the
// worst that can happen, and reads about a tenth of the index. Each list says where the post has the word (title,
// tags, summary, headings, body), so that ranks are known without looking at any text: for every word of the query a
// post gets the best place in which it has it, and half a point more where it has the very word; a post counts if it
// got something for every word, and its points are added. The sums are small numbers, so posts are sorted by putting
// them into one basket for each, and within a basket they stay in the order of the library, newest first.
//
// Scripts without blanks between words are indexed by character. That a post has all characters of a run is necessary
// and not sufficient, so the few posts that do are looked through for the run itself.
//
// The index of 10,000 posts takes a good part of a second to build, and a saved file must show at once. So it is made
// of segments. A reload keeps those it has, notes which of their posts have gone, and puts what is new into a small
// one; when too much has changed, all is built anew.
//
// Lines and snippets are found only for the hits that someone looks at, by [Hit.Excerpt].

// A Hit is a post that a search has found.
type Hit struct {
	Post  *Post
	terms []term
}

// A term is a part of a query that must occur.
type term struct {
	text string // folded
	run  bool   // of a script without blanks: it may stand anywhere
}

const (
	maxQuery = 256 // bytes of a query that are looked at
	maxTerms = 12  // words of a query that are looked at
)

// parseQuery parts a query into its terms, each once.
func parseQuery(query string) []term {
	query = norm.NFC.String(strings.ToValidUTF8(query[:min(len(query), maxQuery)], ""))
	var terms []term
	last := -1 // where the run that grows ends
	newWords(false).each(query, func(folded []byte, start, end int, alone bool) {
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
	return terms[:min(len(terms), maxTerms)]
}

// Search returns the posts and pages with all words of a query, in any case, with or without accents; the beginning of
// a word is enough. First come those that have them in the title, then in tags, summary, headings, body; among these,
// those that have the whole word; then the newest. A query without a word finds nothing.
func (e *Edition) Search(query string) []Hit {
	terms := parseQuery(query)
	if len(terms) == 0 {
		return nil
	}
	l := e.library
	points := make([]uint8, len(l.posts))
	for i, s := range l.index.segments {
		s.search(terms, l.index.places[i], points)
	}
	var baskets [maxTerms*mostPoints + 1]int
	for i, p := range l.posts {
		if points[i] > 0 && (!e.shows(p) || p.Unlisted && !e.whole) {
			points[i] = 0
		}
		baskets[points[i]]++
	}
	found := 0
	for n := len(baskets) - 1; n > 0; n-- { // the basket with the most points comes first
		baskets[n], found = found, found+baskets[n]
	}
	hits := make([]Hit, found)
	for i, p := range l.posts {
		if n := points[i]; n > 0 {
			hits[baskets[n]] = Hit{p, terms}
			baskets[n]++
		}
	}
	return hits
}

// mostPoints is what one term can give: the fifth place, and the whole word.
const mostPoints = 2*5 + 1

// worth is what a term gives that was found in some places.
func worth(in where, whole bool) uint8 {
	w := uint8(2 * bits.Len8(uint8(in)))
	if whole {
		w++
	}
	return w
}

// search gives points to the posts that have every term.
func (s *segment) search(terms []term, places []int32, points []uint8) {
	if len(s.ends) == 0 {
		return
	}
	sum, best := make([]uint8, len(s.sources)), make([]uint8, len(s.sources))
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
	for doc, p := range sum {
		if at := places[doc]; at >= 0 {
			points[at] = p
		}
	}
}

// findPrefix notes the best that each post has for the words that begin with prefix.
func (s *segment) findPrefix(prefix string, best []uint8) {
	n := sort.Search(len(s.ends), func(i int) bool { return s.word(i) >= prefix })
	for ; n < len(s.ends) && strings.HasPrefix(s.word(n), prefix); n++ {
		whole := s.word(n) == prefix
		each(s.list(n), func(doc int, in where) {
			best[doc] = max(best[doc], worth(in, whole))
		})
	}
}

// findRun notes the best that each post has for a run of characters.
func (s *segment) findRun(run string, best []uint8) {
	first := true
	for _, r := range run {
		var has []uint8
		if n, ok := sort.Find(len(s.ends), func(i int) int { return strings.Compare(string(r), s.word(i)) }); ok {
			has = make([]uint8, len(best))
			each(s.list(n), func(doc int, in where) { has[doc] = worth(in, true) })
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
	for doc, b := range best {
		if b > 0 {
			best[doc] = s.sources[doc].worthOfRun(run)
		}
	}
}

// worthOfRun looks for a run of characters in the texts of a post, in the order of their worth.
func (s *source) worthOfRun(run string) uint8 {
	p := &s.post
	for _, text := range []struct {
		text string
		in   where
	}{
		{p.Title, inTitle},
		{strings.Join(append(slices.Concat(p.Tags, p.Categories), p.Series), "\n"), inTags},
		{p.Summary, inSummary},
		{s.headings, inHeadings},
		{p.Body, inBody},
	} {
		if strings.Contains(text.text, run) || !norm.NFC.IsNormalString(text.text) && strings.Contains(norm.NFC.String(text.text), run) {
			return worth(text.in, true)
		}
	}
	return 0
}
