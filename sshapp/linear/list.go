package linear

import (
	"fmt"
	"strings"

	"postern/content"
	"postern/content/search"
	"postern/sshapp/blog"
	"postern/sshapp/phrase"
)

// A list is the view of a list of posts, each with a number.
type list struct {
	numberedSpan
	title       string
	order       string // such as "newest first"
	posts       func(blog.Listing) ([]*content.Post, []content.Hit)
	emptyText   string // printed if there is no post
	countsPages bool   // the first line says how many pages there are
}

// allPosts returns the list of all posts.
func allPosts(words *phrase.Language) *list {
	return &list{
		title: words.Say("Posts"), order: words.Say("newest first"), emptyText: words.Say("Nothing is published here yet."), countsPages: true,
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Posts(), nil },
	}
}

func (l *list) name(env) string       { return l.title }
func (l *list) prompt(e env) string   { return l.remaining(e, l.title) }
func (l *list) position(e env) string { return l.rangeOf(e, l.title, 1) }
func (l *list) transient() bool       { return false }

func (l *list) atEnd(e env) string {
	if len(l.keys) == 0 {
		return l.emptyText
	}
	return e.Words().Say("That was all. Type a number to read one, or top to hear them again.")
}

// parts returns a part that says how many posts there are, and then one for each post.
func (l *list) parts(e env) parts {
	posts, hits := l.posts(e.Listing)
	return l.partsOf(e, posts, hits)
}

func (l *list) partsOf(e env, posts []*content.Post, hits []content.Hit) parts {
	row := func(i int) []string {
		if i == 0 {
			return wrap(l.head(e, len(posts)), e.width)
		}
		lines := wrap(fmt.Sprintf("%d. %s", i, e.facts(posts[i-1])), e.width)
		if len(hits) > 0 {
			lines = append(lines, wrap(e.Snippet(hits[i-1]).Text, e.width)...)
		}
		return lines
	}
	return parts{1 + len(posts), row, func(i int) string { return posts[i].Path }}
}

// head returns the first line.
func (l *list) head(e env, n int) string {
	if n == 0 {
		return l.emptyText
	}
	head := fmt.Sprintf("%s: %d, %s", l.title, n, l.order)
	if pages := e.Pages(); l.countsPages && len(pages) > 0 {
		head += e.Words().Count(len(pages), ", and %d page", ", and %d pages")
	}
	return sentence(head)
}

// facts returns the text of a post in a list.
func (e env) facts(p *content.Post) string {
	facts := []string{p.Title}
	if p.Day != "" {
		facts = append(facts, p.Day)
	}
	if s := e.Edition.Status(p); s != content.Published {
		facts = append(facts, string(s))
	}
	return strings.Join(append(facts, e.ReadingTime(p)), ", ")
}

// postAt returns the post with a number, and the excerpt if the list is of hits; nil if there is no such number.
func (l *list) postAt(e env, n int) (*content.Post, search.Snippet) {
	posts, hits := l.posts(e.Listing)
	i, ok := l.index(l.partsOf(e, posts, hits), n)
	switch {
	case !ok:
		return nil, search.Snippet{}
	case len(hits) == 0:
		return posts[i], search.Snippet{}
	}
	return posts[i], e.Snippet(hits[i])
}

func (l *list) choose(s *Session, n int) []string {
	e := s.env()
	p, x := l.postAt(e, n)
	if p == nil {
		return s.message("No post has number %d here.", n)
	}
	dest := s.newPost(p)
	dest.startAtExcerpt(e, x)
	return s.openPost(dest)
}
