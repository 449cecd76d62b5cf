package tui

import (
	"slices"
	"sort"
	"strings"

	"postern/content"
)

// A filter says which posts a list shows. The zero filter is all posts, newest first.
type filter struct {
	pages  bool   // those that stand beside the list instead
	tag    string // those with it
	series string // its parts, the first one first
	query  string // those with its words, best first; "#tag" and "lang:es" in it narrow
}

// rows are what a filter finds: posts and, where words were searched for, the hits beside them.
type rows struct {
	posts    []*content.Post
	hits     []content.Hit
	excerpts map[int]content.Excerpt // of the hits that were shown
}

// excerpt returns what the ith hit shows, which is looked for once.
func (r rows) excerpt(i int) content.Excerpt {
	x, ok := r.excerpts[i]
	if !ok {
		x = r.hits[i].Excerpt()
		r.excerpts[i] = x
	}
	return x
}

// A found is what a filter has found last. A list asks for its rows several times for each key, and a search of ten
// thousand posts takes milliseconds. An App asleep has none.
type found struct {
	filter filter
	lang   string
	newest *content.Post // of the list then
	listed int           // posts in it then
	rows   rows
}

// rows returns what a filter finds.
func (e env) rows(f filter) rows {
	all := e.posts()
	switch {
	case f.pages:
		return rows{posts: e.pagesBeside()}
	case f == (filter{}):
		return rows{posts: all}
	case len(all) == 0:
		return rows{}
	}
	m := e.found
	if m.filter != f || m.lang != e.lang || m.newest != all[0] || m.listed != len(all) {
		*m = found{f, e.lang, all[0], len(all), e.search(f, all)}
	}
	return m.rows
}

// posts returns what the whole list shows: what has a date or, where nothing has one, everything.
func (e env) posts() []*content.Post {
	all := e.now.In(e.lang)
	return all[:dated(all)]
}

// pagesBeside returns what stands beside the list: the blog's pages, and posts without a date.
func (e env) pagesBeside() []*content.Post {
	all := e.now.In(e.lang)
	pages := e.now.Pages()
	return append(pages[:len(pages):len(pages)], all[dated(all):]...)
}

// dated returns how many posts stand before those without a date, which are the last; all if none has a date.
func dated(posts []*content.Post) int {
	n := sort.Search(len(posts), func(i int) bool { return posts[i].Time.IsZero() })
	if n == 0 {
		return len(posts)
	}
	return n
}

func (e env) search(f filter, all []*content.Post) rows {
	switch {
	case f.tag != "":
		return rows{posts: e.now.Tagged(f.tag)}
	case f.series != "":
		posts := slices.Clone(e.parts(f.series))
		slices.Reverse(posts)
		return rows{posts: posts}
	}
	words, tags, langs := parse(f.query)
	fits := func(p *content.Post) bool { return e.tagged(p, tags) && e.spoken(p, langs) }
	if words == "" {
		if len(langs) > 0 {
			all = e.now.Posts()
		}
		var r rows
		for _, p := range all {
			if fits(p) {
				r.posts = append(r.posts, p)
			}
		}
		return r
	}
	r := rows{excerpts: map[int]content.Excerpt{}}
	for _, h := range e.now.Search(words) {
		if fits(h.Post) {
			r.posts, r.hits = append(r.posts, h.Post), append(r.hits, h)
		}
	}
	return r
}

// parse parts a query into its words and what narrows it.
func parse(query string) (words string, tags, langs []string) {
	var rest []string
	for w := range strings.FieldsSeq(query) {
		if tag, ok := strings.CutPrefix(w, "#"); ok {
			tags = append(tags, slug(tag))
		} else if lang, ok := strings.CutPrefix(w, "lang:"); ok {
			langs = append(langs, strings.ToLower(lang))
		} else {
			rest = append(rest, w)
		}
	}
	return strings.Join(rest, " "), tags, langs
}

// slug makes the spellings of a tag alike, and one that can be typed without blanks.
func slug(tag string) string { return strings.ReplaceAll(strings.ToLower(tag), " ", "-") }

// tagged reports whether a post has, for each of some names, a tag that begins with it.
func (e env) tagged(p *content.Post, names []string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(p.Tags, func(t string) bool { return strings.HasPrefix(slug(t), name) }) {
			return false
		}
	}
	return true
}

// spoken reports whether a post is in each of some languages, "pt" standing for "pt-br" too.
func (e env) spoken(p *content.Post, langs []string) bool {
	lang := p.Lang
	if lang == "" {
		lang = e.now.Settings().Language
	}
	for _, l := range langs {
		if !strings.HasPrefix(lang, l) {
			return false
		}
	}
	return true
}

// parts returns the posts of a series, the newest first.
func (e env) parts(series string) []*content.Post {
	for _, t := range e.now.Series() {
		if strings.EqualFold(t.Name, series) {
			return t.Posts
		}
	}
	return nil
}
