package linear

import (
	"fmt"
	"strings"

	"postern/sshapp/page"
)

// An outline is the headings of a post, or its links, each with a number.
type outline struct {
	span
	hint   string // follows the number of rows
	post   *post
	title  string
	rows   func(*page.Page) []string
	follow func(t *Talk, n int) []string // called when the post is the current place again
}

func headingRows(pg *page.Page) []string {
	rows := make([]string, len(pg.Headings))
	for i, h := range pg.Headings {
		rows[i] = fmt.Sprintf("%s, level %d", h.Text, h.Level)
	}
	return rows
}

func linkRows(pg *page.Page) []string {
	rows := make([]string, len(pg.Links))
	for i, l := range pg.Links {
		rows[i] = l.Text
		switch {
		case l.Text == "":
			rows[i] = l.Target
		case l.Kind == page.LinkOutside && !strings.Contains(l.Target, l.Text):
			rows[i] += ", outside"
		}
	}
	return rows
}

func (o *outline) name(env) string  { return o.title }
func (o *outline) prompt() string   { return o.remaining(o.title) }
func (o *outline) where(env) string { return o.rangeOf(o.title, 1) }
func (o *outline) atEnd(env) string { return "That was all. Type a number to go there, or back." }
func (o *outline) transient() bool  { return true }

func (o *outline) speech(e env) speech {
	rows := o.rows(o.post.page(e))
	return speech{parts: 1 + len(rows), part: func(i int) []string {
		if i == 0 {
			return wrap(fmt.Sprintf("%s: %d.%s", o.title, len(rows), o.hint), e.width)
		}
		return wrap(fmt.Sprintf("%d. %s", i, rows[i-1]), e.width)
	}}
}

func (o *outline) setSpoken(_ env, x speech, from, next int) { o.span = span{from, next, x.parts} }

func (o *outline) choose(t *Talk, n int) []string {
	t.leaveAsides()
	return o.follow(t, n)
}
