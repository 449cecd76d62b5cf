package linear

import (
	"fmt"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
)

// A list is a list of posts, each with a number.
type list struct {
	rows
	title  string
	order  string // that they are in
	find   func(blog.Listing) ([]*content.Post, []content.Hit)
	none   string // said of an empty one
	beside bool   // it tells what stands beside it
}

func newest() *list {
	return &list{
		title: "Posts", order: "newest first", none: "Nothing is published here yet.", beside: true,
		find: func(s blog.Listing) ([]*content.Post, []content.Hit) { return s.Posts(), nil },
	}
}

func (l *list) name(env) string  { return l.title }
func (l *list) prompt() string   { return l.more(l.title) }
func (l *list) where(env) string { return l.among(l.title, 1) }
func (l *list) passing() bool    { return false }

func (l *list) over(env) string {
	if len(l.shown) == 0 {
		return l.none
	}
	return "That was all. Type a number to read one, or top to hear them again."
}

// text says how many there are, and then a row for each.
func (l *list) text(e env) text {
	posts, hits := l.find(e.Listing)
	return l.found(e, posts, hits)
}

func (l *list) found(e env, posts []*content.Post, hits []content.Hit) text {
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
	return text{1 + len(posts), row, func(i int) string { return posts[i].Path }}
}

// excerpt is what a search has found in a post. Of a table's row it is the cells without the bars between them.
func excerpt(h content.Hit) string {
	text := h.Excerpt().Text
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

func (l *list) head(e env, n int) string {
	if n == 0 {
		return l.none
	}
	head := fmt.Sprintf("%s: %d, %s", l.title, n, l.order)
	if pages := e.Pages(); l.beside && len(pages) > 0 {
		head += ", and " + counted(len(pages), "page")
	}
	return head + "."
}

// facts says what a list says of a post.
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

// at returns the post that has a number, and what was found in it, if that was searched for; nil if there is none.
func (l *list) at(e env, n int) (*content.Post, content.Excerpt) {
	posts, hits := l.find(e.Listing)
	i, ok := l.index(l.found(e, posts, hits), n)
	switch {
	case !ok:
		return nil, content.Excerpt{}
	case len(hits) == 0:
		return posts[i], content.Excerpt{}
	}
	return posts[i], hits[i].Excerpt()
}

func (l *list) choose(t *Talk, n int) []string {
	e := t.env()
	p, found := l.at(e, n)
	if p == nil {
		return t.say("No post has number %d here.", n)
	}
	there := t.reading(p)
	there.seek(e, found)
	return t.begin(there)
}
