package linear

import (
	"fmt"
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/page"
)

// What can be done in a post.

func (t *Talk) next(p *post, _ string) []string {
	e := t.env()
	c, _ := p.now(e)
	next, _ := e.Adjacent(c)
	return t.turn(next, "There is no next post.")
}

func (t *Talk) previous(p *post, _ string) []string {
	e := t.env()
	c, _ := p.now(e)
	_, previous := e.Adjacent(c)
	return t.turn(previous, "There is no previous post.")
}

// turn opens a post in the place of the one that is being read.
func (t *Talk) turn(c *content.Post, none string) []string {
	if c == nil {
		return t.say("%s", none)
	}
	t.places = t.places[:len(t.places)-1]
	return t.begin(t.reading(c))
}

func (t *Talk) contents(p *post, _ string) []string {
	e := t.env()
	if len(p.page(e).Headings) == 0 {
		return t.say("This post has no headings.")
	}
	here := ""
	if i := p.heading(e); i >= 0 {
		here = fmt.Sprintf(" You are in %d.", i+1)
	}
	return t.enter(&outline{of: p, title: "Contents", here: here, rows: headingRows, follow: func(t *Talk, n int) []string {
		return t.heading(p, strconv.Itoa(n))
	}})
}

func (t *Talk) links(p *post, arg string) []string {
	if arg != "" {
		n, _ := strconv.Atoi(arg)
		return p.choose(t, n)
	}
	if len(p.page(t.env()).Links) == 0 {
		return t.say("This post has no links.")
	}
	return t.enter(&outline{of: p, title: "Links", rows: linkRows, follow: p.choose})
}

// heading goes to a heading by its number, or to the next one below the beginning of what was said last.
func (t *Talk) heading(p *post, arg string) []string {
	e := t.env()
	all := p.page(e).Headings
	n := p.heading(e) + 2
	if arg != "" {
		n, _ = strconv.Atoi(arg)
	}
	switch {
	case len(all) == 0:
		return t.say("This post has no headings.")
	case n > len(all) && arg == "":
		return t.say("There is no heading below this.")
	case n < 1 || n > len(all):
		return t.say("No heading has number %s here.", clip(arg))
	}
	p.goTo(e, all[n-1].Line)
	return t.onward(0)
}

// skip goes past what holds the line that comes next, if that is set line by line.
func (t *Talk) skip(p *post, _ string) []string {
	e := t.env()
	of := p.page(e)
	_, next := p.marks(e)
	line := next - p.above(e)
	for _, b := range of.Blocks {
		if (b.Kind == page.CodeBlock || b.Kind == page.TableBlock) && b.First < line && line <= b.Last {
			p.goTo(e, b.Last+1)
			return t.onward(0)
		}
	}
	return t.say("You are in no code and no table.")
}

// note reads a footnote, which ends where the next one begins.
func (t *Talk) note(p *post, arg string) []string {
	of := p.page(t.env())
	n, _ := strconv.Atoi(arg)
	line, ok := of.Anchor("#fn:" + strconv.Itoa(n))
	if !ok {
		return t.say("No note has number %s here.", clip(arg))
	}
	end, ok := of.Anchor("#fn:" + strconv.Itoa(n+1))
	if !ok {
		end = len(of.Lines)
	}
	note := strings.Clone(strings.Join(of.Lines[line:max(end, line+1)], "\n")) // one line is a part of the page's memory
	return t.tell("Note", strings.Split(strings.TrimRight(note, "\n"), "\n"))
}

// find goes to the next line that says something, from the beginning again behind the last.
func (t *Talk) find(p *post, text string) []string {
	e := t.env()
	of := p.page(e)
	if text == "" && p.find == "" {
		return t.say("Type find and what to find, as in: find flour")
	}
	again := text == ""
	if !again {
		p.find = text
	}
	all := page.Finds(of.Lines, p.find)
	if len(all) == 0 {
		return t.say("Nothing here says %s.", clip(p.find))
	}
	if again {
		p.nth = (p.nth + 1) % len(all)
	} else {
		p.nth = 0
		for i, f := range all {
			if f[0].Line >= p.line(e) {
				p.nth = i
				break
			}
		}
	}
	p.nth = min(p.nth, len(all)-1)
	p.goTo(e, all[p.nth][0].Line)
	said := fmt.Sprintf("Found %d of %d.", p.nth+1, len(all))
	return append([]string{said}, t.onward(1)...)
}

func (t *Talk) related(p *post, _ string) []string {
	const most = 8
	find := func(s blog.Listing) ([]*content.Post, []content.Hit) {
		c, _ := p.now(env{Listing: s})
		return s.Edition.Related(c, most), nil
	}
	if posts, _ := find(t.env().Listing); len(posts) == 0 {
		return t.say("No post is like this one.")
	}
	return t.enter(&list{title: "Related", order: "most alike first", none: "No post is like it any more.", find: find})
}

func (t *Talk) translations(p *post, _ string) []string {
	find := func(s blog.Listing) ([]*content.Post, []content.Hit) {
		c, _ := p.now(env{Listing: s})
		return s.Edition.Translations(c), nil
	}
	if posts, _ := find(t.env().Listing); len(posts) == 0 {
		return t.say("This post is in one language.")
	}
	return t.enter(&list{title: "Translations", order: "by language", none: "There are none any more.", find: find})
}

// An outline is the headings of a post, or its links, each with a number.
type outline struct {
	span
	here   string // said beside how many there are
	of     *post
	title  string
	rows   func(of *page.Page) []string
	follow func(t *Talk, n int) []string // once back in the post
}

func headingRows(of *page.Page) []string {
	rows := make([]string, len(of.Headings))
	for i, h := range of.Headings {
		rows[i] = fmt.Sprintf("%s, level %d", h.Text, h.Level)
	}
	return rows
}

func linkRows(of *page.Page) []string {
	rows := make([]string, len(of.Links))
	for i, l := range of.Links {
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
func (o *outline) prompt() string   { return o.more(o.title) }
func (o *outline) where(env) string { return o.among(o.title, 1) }
func (o *outline) over(env) string  { return "That was all. Type a number to go there, or back." }
func (o *outline) passing() bool    { return true }

func (o *outline) text(e env) text {
	rows := o.rows(o.of.page(e))
	return text{parts: 1 + len(rows), part: func(i int) []string {
		if i == 0 {
			return wrap(fmt.Sprintf("%s: %d.%s", o.title, len(rows), o.here), e.width)
		}
		return wrap(fmt.Sprintf("%d. %s", i, rows[i-1]), e.width)
	}}
}

func (o *outline) mark(_ env, x text, from, next int) { o.span = span{from, next, x.parts} }

func (o *outline) choose(t *Talk, n int) []string {
	t.drop()
	return o.follow(t, n)
}
