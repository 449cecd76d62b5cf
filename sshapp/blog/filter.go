package blog

import (
	"slices"

	"postern/content"
	"postern/content/search"
)

// A Filter says which posts a list shows. The zero Filter is all posts, newest first.
type Filter struct {
	Pages  bool   // the pages, see [Listing.Pages]
	Tag    string // posts with this tag
	Series string // posts of this series, the first part first
	Query  string // what is searched for, see [Listing.Search]
}

// Filtered are the posts of a filter and, if it searches for words, the hit of each post.
type Filtered struct {
	Posts []*content.Post
	Hits  []content.Hit

	listing  Listing                // that was searched
	excerpts map[int]search.Snippet // of the hits that were shown, by their indices
}

// Excerpt returns the excerpt of hit i, which is computed only once.
func (f Filtered) Excerpt(i int) search.Snippet {
	x, ok := f.excerpts[i]
	if !ok {
		x = f.listing.Snippet(f.Hits[i])
		f.excerpts[i] = x
	}
	return x
}

// A FilterCache keeps the posts of the last filter, since a list asks for them several times for each key, and a search of 10,000
// posts takes milliseconds. It is for one goroutine.
type FilterCache struct {
	filter Filter
	lang   string
	newest *content.Post // the first of all posts then
	count  int           // of all posts then
	posts  Filtered
}

// Posts returns the posts of a filter.
func (c *FilterCache) Posts(l Listing, f Filter) Filtered {
	all := l.Posts()
	switch {
	case f.Pages:
		return Filtered{Posts: l.Pages()}
	case f == (Filter{}):
		return Filtered{Posts: all}
	case len(all) == 0:
		return Filtered{}
	}
	if c.filter != f || c.lang != l.Lang || c.newest != all[0] || c.count != len(all) {
		*c = FilterCache{f, l.Lang, all[0], len(all), l.filter(f)}
	}
	return c.posts
}

func (l Listing) filter(f Filter) Filtered {
	switch {
	case f.Tag != "":
		return Filtered{Posts: l.Edition.Tagged(f.Tag)}
	case f.Series != "":
		posts := slices.Clone(l.Parts(f.Series))
		slices.Reverse(posts)
		return Filtered{Posts: posts}
	}
	posts, hits := l.Search(f.Query)
	return Filtered{Posts: posts, Hits: hits, listing: l, excerpts: map[int]search.Snippet{}}
}
