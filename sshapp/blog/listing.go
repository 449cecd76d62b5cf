package blog

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"

	"postern/content"
	"postern/content/search"
	"postern/sshapp/admission/work"
	"postern/sshapp/phrase"
	"postern/sshapp/state"
)

// A Listing is an edition as one reader sees it: the posts in lists, and their order. The slices that it returns are shared and
// must not be changed.
type Listing struct {
	Edition  *content.Edition
	Lang     string        // lists show posts in this language if they are translated; empty for the blog's own
	Turn     *work.Turn    // of the reader who searches
	Memory   *state.Memory // of the reader; nil for who has proved no key
	Formulas Formulas      // in summaries and excerpts
}

// Words returns the language that the interface speaks to the reader: that of the lists.
func (l Listing) Words() *phrase.Language {
	return phrase.For(cmp.Or(l.Lang, l.Edition.Settings().Language))
}

// Posts returns the posts of the main list: those with a date or, if none has a date, all.
func (l Listing) Posts() []*content.Post {
	all := l.Edition.In(l.Lang)
	return all[:countDated(all)]
}

// Pages returns what the main list doesn't have: the blog's pages, and then the posts without a date.
func (l Listing) Pages() []*content.Post {
	all := l.Edition.In(l.Lang)
	pages := l.Edition.Pages()
	return append(pages[:len(pages):len(pages)], all[countDated(all):]...)
}

// countDated returns how many posts have a date, or the number of all if none has. Posts without a date are the last.
func countDated(posts []*content.Post) int {
	n := sort.Search(len(posts), func(i int) bool { return posts[i].Time.IsZero() })
	if n == 0 {
		return len(posts)
	}
	return n
}

// Search returns the posts with all words of a query, the best match first, and the hit of each. "#tag", "@author" and "lang:es"
// are filters. For a query of filters alone there are no hits, and the posts are in the order of the main list.
func (l Listing) Search(query string) ([]*content.Post, []content.Hit) {
	q := parseQuery(query)
	matches := func(p *content.Post) bool {
		return hasTags(p, q.tags) && hasAuthors(p, q.authors) && l.inLanguages(p, q.langs)
	}
	var posts []*content.Post
	if q.words == "" {
		all := l.Posts()
		if len(q.langs) > 0 {
			all = l.Edition.Posts()
		}
		for _, p := range all {
			if matches(p) {
				posts = append(posts, p)
			}
		}
		return posts, nil
	}
	var hits []content.Hit
	l.Turn.Do(work.Search, 0, func() {
		for _, h := range l.Edition.Search(q.words) {
			if matches(h.Post) {
				posts, hits = append(posts, h.Post), append(hits, h)
			}
		}
	})
	return posts, hits
}

// Snippet returns the excerpt of a hit, with its formulas as readers get them; empty if the reader is gone.
func (l Listing) Snippet(h content.Hit) (x search.Snippet) {
	l.Turn.Do(work.Search, 0, func() { x = h.Snippet() })
	return l.typeset(h.Post, x)
}

// Summary returns the summary of a post, with its formulas as readers get them.
func (l Listing) Summary(p *content.Post) string {
	return l.typeset(p, search.Snippet{Text: p.Summary}).Text
}

// A searchQuery is what is searched for: words, and filters.
type searchQuery struct {
	words                string
	tags, authors, langs []string
}

func parseQuery(text string) searchQuery {
	var q searchQuery
	var rest []string
	for w := range strings.FieldsSeq(text) {
		if tag, ok := strings.CutPrefix(w, "#"); ok {
			q.tags = append(q.tags, tagSlug(tag))
		} else if author, ok := strings.CutPrefix(w, "@"); ok {
			q.authors = append(q.authors, search.FoldName(author))
		} else if lang, ok := strings.CutPrefix(w, "lang:"); ok {
			q.langs = append(q.langs, strings.ToLower(lang))
		} else {
			rest = append(rest, w)
		}
	}
	q.words = strings.Join(rest, " ")
	return q
}

// tagSlug returns a tag as it is written in a query: in lower case, with hyphens instead of blanks.
func tagSlug(tag string) string { return strings.ReplaceAll(strings.ToLower(tag), " ", "-") }

// hasTags reports whether a post has a tag for each prefix that begins with it.
func hasTags(p *content.Post, prefixes []string) bool {
	for _, prefix := range prefixes {
		if !slices.ContainsFunc(p.Tags, func(t string) bool { return strings.HasPrefix(tagSlug(t), prefix) }) {
			return false
		}
	}
	return true
}

// hasAuthors reports whether a post has an author for each prefix that one of the author's names begins with: "@lee" and
// "@ann-l" both stand for Ann Lee.
func hasAuthors(p *content.Post, prefixes []string) bool {
	for _, prefix := range prefixes {
		if !slices.ContainsFunc(p.Authors, func(a string) bool { return strings.Contains("-"+search.FoldName(a), "-"+prefix) }) {
			return false
		}
	}
	return true
}

// inLanguages reports whether the language of a post begins with each prefix: "pt" stands for "pt-br" too.
func (l Listing) inLanguages(p *content.Post, prefixes []string) bool {
	lang := p.Lang
	if lang == "" {
		lang = l.Edition.Settings().Language
	}
	for _, prefix := range prefixes {
		if !strings.HasPrefix(lang, prefix) {
			return false
		}
	}
	return true
}

// Parts returns the posts of a series, the newest first; nil if there is no such series.
func (l Listing) Parts(series string) []*content.Post {
	for _, t := range l.Edition.Series() {
		if strings.EqualFold(t.Name, series) {
			return t.Posts
		}
	}
	return nil
}

// Adjacent returns the posts to read after and before a post; nil if there is none. A series is read from its first part to its
// last, and other posts in the order of the list, from the newest to the oldest. A post that the list shows in another language is
// read in the order of the list in its own.
func (l Listing) Adjacent(c *content.Post) (next, previous *content.Post) {
	parts := l.Parts(c.Series)
	for i, p := range parts {
		if p.Path != c.Path {
			continue
		}
		if i > 0 {
			next = parts[i-1]
		}
		if i+1 < len(parts) {
			previous = parts[i+1]
		}
	}
	posts := l.Edition.In(l.Lang)
	i := slices.Index(posts, c)
	if i < 0 {
		posts = l.Edition.In(c.Lang)
		i = slices.Index(posts, c)
	}
	if i < 0 {
		return next, previous
	}
	return cmp.Or(next, skipSeries(c, slices.All(posts[i+1:]))), cmp.Or(previous, skipSeries(c, slices.Backward(posts[:i])))
}

// skipSeries returns the first of the posts that isn't of the same series as c. It returns nil if there is none, or if only one of the
// two has a date, since the other is not in the main list.
func skipSeries(c *content.Post, posts iter.Seq2[int, *content.Post]) *content.Post {
	for _, p := range posts {
		if p.Time.IsZero() != c.Time.IsZero() {
			return nil
		}
		if c.Series == "" || !strings.EqualFold(p.Series, c.Series) {
			return p
		}
	}
	return nil
}
