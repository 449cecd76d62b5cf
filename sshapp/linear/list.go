package linear

import (
	"fmt"
	"strings"

	"postern/content"
	"postern/content/problem"
	"postern/content/search"
	"postern/sshapp/blog"
)

// A list is a list of posts, each with a number.
type list struct {
	numbered
	title      string
	order      string // in words, such as "newest first"
	posts      func(blog.Listing) ([]*content.Post, []content.Hit)
	ifEmpty    string // said if there is no post
	tellsPages bool   // its first line says how many pages there are
}

// newest returns the list of all posts.
func newest() *list {
	return &list{
		title: "Posts", order: "newest first", ifEmpty: "Nothing is published here yet.", tellsPages: true,
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Posts(), nil },
	}
}

func (l *list) name(env) string  { return l.title }
func (l *list) prompt() string   { return l.remaining(l.title) }
func (l *list) where(env) string { return l.rangeOf(l.title, 1) }
func (l *list) transient() bool  { return false }

func (l *list) atEnd(env) string {
	if len(l.shown) == 0 {
		return l.ifEmpty
	}
	return "That was all. Type a number to read one, or top to hear them again."
}

// speech has one part that says how many posts there are, and then one for each.
func (l *list) speech(e env) speech {
	posts, hits := l.posts(e.Listing)
	return l.speechOf(e, posts, hits)
}

func (l *list) speechOf(e env, posts []*content.Post, hits []content.Hit) speech {
	row := func(i int) []string {
		if i == 0 {
			return wrap(l.head(e, len(posts)), e.width)
		}
		lines := wrap(fmt.Sprintf("%d. %s", i, e.facts(posts[i-1])), e.width)
		if len(hits) > 0 {
			lines = append(lines, wrap(excerpt(hits[i-1]), e.width)...)
		}
		return lines
	}
	return speech{1 + len(posts), row, func(i int) string { return posts[i].Path }}
}

// excerpt returns the text of a hit. In a table's row, semicolons replace the bars between cells.
func excerpt(h content.Hit) string {
	text := h.Snippet().Text
	if !strings.HasPrefix(strings.TrimPrefix(text, "…"), "|") && !strings.HasSuffix(strings.TrimSuffix(text, "…"), "|") {
		return text
	}
	var cells []string
	for cell := range strings.SplitSeq(text, "|") {
		if cell = strings.TrimSpace(cell); cell != "" {
			cells = append(cells, cell)
		}
	}
	return strings.Join(cells, "; ")
}

// head returns the first line.
func (l *list) head(e env, n int) string {
	if n == 0 {
		return l.ifEmpty
	}
	head := fmt.Sprintf("%s: %d, %s", l.title, n, l.order)
	if pages := e.Pages(); l.tellsPages && len(pages) > 0 {
		head += ", and " + problem.Count(len(pages), "page")
	}
	return head + "."
}

// facts returns what a list says of a post.
func (e env) facts(p *content.Post) string {
	facts := []string{p.Title}
	if p.Day != "" {
		facts = append(facts, p.Day)
	}
	if s := e.Edition.Standing(p); s != content.Published {
		facts = append(facts, string(s))
	}
	return strings.Join(append(facts, fmt.Sprintf("%d min", p.Minutes())), ", ")
}

// postAt returns the post with a number, and the excerpt if the list is of hits; nil if there is no such number.
func (l *list) postAt(e env, n int) (*content.Post, search.Snippet) {
	posts, hits := l.posts(e.Listing)
	i, ok := l.index(l.speechOf(e, posts, hits), n)
	switch {
	case !ok:
		return nil, search.Snippet{}
	case len(hits) == 0:
		return posts[i], search.Snippet{}
	}
	return posts[i], hits[i].Snippet()
}

func (l *list) choose(t *Talk, n int) []string {
	e := t.env()
	p, x := l.postAt(e, n)
	if p == nil {
		return t.say("No post has number %d here.", n)
	}
	there := t.newPost(p)
	there.startAtExcerpt(e, x)
	return t.openPost(there)
}
