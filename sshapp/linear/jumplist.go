package linear

import (
	"fmt"
	"strings"

	"postern/sshapp/page"
	"postern/sshapp/page/document"
)

// An jumpList is the view of the headings of a post, or of its links, each with a number to go there.
type jumpList struct {
	span
	hint   string // follows the number of rows
	post   *post
	title  string
	rows   func(env, *page.Page) []string
	follow func(s *Session, n int) []string // goes to row n; called when the post is the current view again
}

func headingRows(e env, pg *page.Page) []string {
	rows := make([]string, len(pg.Headings))
	for i, h := range pg.Headings {
		rows[i] = e.Words().Say("%s, level %d", h.Text, h.Level)
	}
	return rows
}

func linkRows(e env, pg *page.Page) []string {
	rows := make([]string, len(pg.Links))
	for i, l := range pg.Links {
		rows[i] = l.Text
		switch {
		case l.Text == "":
			rows[i] = l.Target
		case l.Kind == document.LinkExternal && !strings.Contains(l.Target, l.Text):
			rows[i] = e.Words().Say("%s, outside", l.Text)
		}
	}
	return rows
}

func (o *jumpList) name(env) string       { return o.title }
func (o *jumpList) prompt(e env) string   { return o.remaining(e, o.title) }
func (o *jumpList) position(e env) string { return o.rangeOf(e, o.title, 1) }
func (o *jumpList) atEnd(e env) string {
	return e.Words().Say("That was all. Type a number to go there, or back.")
}
func (o *jumpList) transient() bool { return true }

func (o *jumpList) parts(e env) parts {
	rows := o.rows(e, o.post.page(e))
	return parts{count: 1 + len(rows), lines: func(i int) []string {
		if i == 0 {
			return wrap(fmt.Sprintf("%s: %d.%s", o.title, len(rows), o.hint), e.width)
		}
		return wrap(fmt.Sprintf("%d. %s", i, rows[i-1]), e.width)
	}}
}

func (o *jumpList) setPrinted(_ env, x parts, from, next int) { o.span = span{from, next, x.count} }

func (o *jumpList) choose(s *Session, n int) []string {
	s.closeTransient()
	return o.follow(s, n)
}
