package tui

import (
	"slices"

	"postern/content"
	"postern/content/search"
	"postern/sshapp/blog"
)

// A filter says which posts a list shows. The zero filter is all posts, newest first.
type filter struct {
	pages  bool   // the pages, see [blog.Listing.Pages]
	tag    string // posts with this tag
	series string // posts of this series, the first part first
	query  string // what is searched for, see [blog.Listing.Search]
}

// rows are the posts of a filter and, if it searches for words, the hit of each post.
type rows struct {
	posts    []*content.Post
	hits     []content.Hit
	listing  blog.Listing           // that was searched
	excerpts map[int]search.Snippet // of the hits that were shown, by their indices
	short    bool                   // each row has one line
}

// excerpt returns the excerpt of hit i, which is computed only once.
func (r rows) excerpt(i int) search.Snippet {
	x, ok := r.excerpts[i]
	if !ok {
		x = r.listing.Snippet(r.hits[i])
		r.excerpts[i] = x
	}
	return x
}

// A rowCache keeps the rows of the last filter, since a list asks for its rows several times for each key, and a search of
// 10,000 posts takes milliseconds.
type rowCache struct {
	filter filter
	lang   string
	newest *content.Post // the first of all posts then
	count  int           // of all posts then
	rows   rows
}

// rows returns the rows of a filter.
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
	c := &e.kept.rows
	if c.filter != f || c.lang != e.lang || c.newest != all[0] || c.count != len(all) {
		*c = rowCache{f, e.lang, all[0], len(all), e.search(f)}
	}
	return c.rows
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
	all := e.listing()
	posts, hits := all.Search(f.query)
	return rows{posts: posts, hits: hits, listing: all, excerpts: map[int]search.Snippet{}}
}
