package content

import (
	"slices"

	"postern/content/search"
)

// A Hit is a post that a search has found.
type Hit struct {
	Post  *Post
	query search.Query
}

// Snippet returns a line that shows what was found in the post.
func (h Hit) Snippet() search.Snippet { return h.query.Snippet(h.Post.Body, h.Post.Summary) }

// Search returns the posts and pages with all words of a query, in any case, with or without accents; the beginning of
// a word is enough. First come those that have them in the title, then in tags, summary, headings, body; among these,
// those that have the whole word; then the newest. A query without a word finds nothing.
func (e *Edition) Search(query string) []Hit {
	q := search.Parse(query)
	if q.Empty() {
		return nil
	}
	posts := e.library.posts
	found := e.library.index.Find(q, func(i int) bool {
		return e.shows(posts[i]) && (!posts[i].Unlisted || e.all)
	})
	hits := make([]Hit, len(found))
	for n, i := range found {
		hits[n] = Hit{posts[i], q}
	}
	return hits
}

// Text returns what is searched of a post.
func (s *source) Text() search.Text {
	p := &s.post
	return search.Text{Title: p.Title, Labels: append(slices.Concat(p.Tags, p.Categories), p.Series), Summary: p.Summary,
		Headings: s.headings, Body: p.Body}
}

// documents returns what is searched of the posts, in their order.
func (l *Library) documents() []search.Document {
	documents := make([]search.Document, len(l.posts))
	for i, p := range l.posts {
		documents[i] = p.source
	}
	return documents
}
