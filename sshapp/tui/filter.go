package tui

import (
	"slices"

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

// A rowCache is what a filter has rowCache last. A list asks for its rows several times for each key, and a search of ten
// thousand posts takes milliseconds. An App asleep has none.
type rowCache struct {
	filter filter
	lang   string
	newest *content.Post // of the list then
	listed int           // posts in it then
	rows   rows
}

// rows returns what a filter finds.
func (e env) rows(f filter) rows {
	all := e.listing().Posts()
	switch {
	case f.pages:
		return rows{posts: e.listing().Pages()}
	case f == (filter{}):
		return rows{posts: all}
	case len(all) == 0:
		return rows{}
	}
	m := e.cache
	if m.filter != f || m.lang != e.lang || m.newest != all[0] || m.listed != len(all) {
		*m = rowCache{f, e.lang, all[0], len(all), e.search(f)}
	}
	return m.rows
}

func (e env) search(f filter) rows {
	switch {
	case f.tag != "":
		return rows{posts: e.edition.Tagged(f.tag)}
	case f.series != "":
		posts := slices.Clone(e.listing().Parts(f.series))
		slices.Reverse(posts)
		return rows{posts: posts}
	}
	posts, hits := e.listing().Search(f.query)
	return rows{posts: posts, hits: hits, excerpts: map[int]content.Excerpt{}}
}
