package linear

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"postern/content"
	"postern/content/search"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/document"
	"postern/sshapp/phrase"
)

// A post is the view of one post. Its parts are lines: the head, the text, and the tail.
type post struct {
	address string

	// lastRead is the post as it was when a part of it was printed last, so that a post that is removed meanwhile can be read
	// to its end.
	lastRead *content.Post

	span           // of the lines that were printed last
	head  int      // lines of its head then
	width int      // of the page then, in cells; 0 before anything was printed
	sum   [16]byte // of the post then
	lang  string   // of the post then

	// The positions of span in the text, for pages of another width.
	fromPosition, nextPosition page.Position

	findText   string // what was searched for last in this post; may be empty
	matchIndex int    // the match that was gone to last
}

// current returns the post as it is published now or, if it is gone, as it was last.
func (p *post) current(e env) (c *content.Post, gone bool) {
	if c, ok := e.Edition.Find(p.address); ok {
		return c, false
	}
	return p.lastRead, true
}

func (p *post) page(e env) *page.Page {
	c, _ := p.current(e)
	return e.pages.Page(c, e.width, page.Spoken())
}

func (p *post) name(e env) string {
	c, _ := p.current(e)
	return fmt.Sprintf("%s, %s", c.Title, p.progress())
}

func (p *post) prompt(e env) string {
	if p.next >= p.total {
		return e.Words().Say("End")
	}
	return p.progress()
}

func (p *post) progress() string { return fmt.Sprintf("%d%%", p.next*100/max(p.total, 1)) }

func (p *post) transient() bool { return false }

func (p *post) atEnd(e env) string {
	c, _ := p.current(e)
	if next, _ := e.Adjacent(c); next != nil {
		return e.Words().Say("That was all. Type next to read %s, or list.", next.Title)
	}
	return e.Words().Say("That was all. Type list to hear what else there is.")
}

// position says how much is read, and the heading above it.
func (p *post) position(e env) string {
	c, _ := p.current(e)
	s := p.name(e)
	if left := p.total - p.next; left > 0 {
		s += e.Words().Say(", %d min left", (c.Minutes()*left+p.total-1)/max(p.total, 1))
	}
	if i := p.currentHeading(e); i >= 0 {
		all := p.page(e).Headings
		s = strings.TrimSuffix(s, ".") + e.Words().Say(". Heading %d of %d: %s", i+1, len(all), all[i].Text)
	}
	return sentence(s)
}

// currentLine returns the line of the page with which the last screenful begins; negative for a line of the head.
func (p *post) currentLine(e env) int {
	from, _ := p.printed(e)
	return from - p.headLines(e)
}

// headLines returns how many lines the head has.
func (p *post) headLines(e env) int {
	c, gone := p.current(e)
	return len(e.head(c, gone, p.page(e)))
}

// currentHeading returns the index of the heading above the last screenful, or -1.
func (p *post) currentHeading(e env) int {
	n, _ := slices.BinarySearchFunc(p.page(e).Headings, p.currentLine(e)+1, func(h page.Heading, line int) int { return h.Line - line })
	return n - 1
}

func (p *post) parts(e env) parts {
	c, gone := p.current(e)
	pg := p.page(e)
	head, tail := e.head(c, gone, pg), e.tail(c)
	return parts{count: len(head) + len(pg.Lines) + len(tail), lines: func(i int) []string {
		switch {
		case i < len(head):
			return head[i : i+1]
		case i < len(head)+len(pg.Lines):
			return pg.Lines[i-len(head):][:1]
		}
		return tail[i-len(head)-len(pg.Lines):][:1]
	}}
}

// head returns the lines above the text: the title, facts about the post, and how many headings and links it has.
func (e env) head(c *content.Post, gone bool, pg *page.Page) []string {
	lines := wrap(phrase.For(c.Language).Say("Heading 1: %s", c.Title), e.width)
	facts := []string{e.Words().Say("%d min", c.Minutes())}
	if c.Day != "" {
		facts = slices.Insert(facts, 0, e.Words().Date(c.Day))
	}
	if len(c.Authors) > 0 {
		facts = append(facts, e.Words().Say("by %s", strings.Join(c.Authors, ", ")))
	}
	if len(c.Tags) > 0 {
		facts = append(facts, e.Words().Say("tagged %s", strings.Join(c.Tags, ", ")))
	}
	series := e.Parts(c.Series)
	if i := slices.IndexFunc(series, func(q *content.Post) bool { return q.Path == c.Path }); i >= 0 {
		facts = append(facts, e.Words().Say("part %d of %d of the series %s", len(series)-i, len(series), c.Series))
	}
	for _, q := range e.Edition.Translations(c) {
		facts = append(facts, e.Words().Say("also in %s", blog.LanguageName(e.Words(), q.Lang, e.Edition.Settings().Language)))
	}
	lines = append(lines, wrap(sentence(strings.Join(facts, ", ")), e.width)...)
	var contents []string
	if n := len(pg.Headings); n > 0 {
		contents = append(contents, e.Words().Count(n, "%d heading", "%d headings"))
	}
	if n := len(pg.Links); n > 0 {
		contents = append(contents, e.Words().Count(n, "%d link", "%d links"))
	}
	if len(contents) > 0 {
		lines = append(lines, strings.Join(contents, ", ")+".")
	}
	if gone {
		lines = append(lines, wrap(e.Words().Say(blog.Unpublished), e.width)...)
	}
	return append(lines, "")
}

// tail returns the lines below the text.
func (e env) tail(c *content.Post) []string {
	end := e.Words().Say("The end.")
	if blog.ReplyTo(e.Edition, c) != "" {
		end += " " + e.Words().Say("Type write for how to write to the author.")
	}
	if next, _ := e.Adjacent(c); next != nil {
		end += " " + e.Words().Say("Next: %s", next.Title)
	}
	return append([]string{""}, wrap(end, e.width)...)
}

// printed returns the lines that were printed last or, on another page, those with the same text.
func (p *post) printed(e env) (from, next int) {
	if p.width == 0 {
		return 0, 0
	}
	c, _ := p.current(e)
	head := p.headLines(e)
	moved := func(part int, at page.Position) int {
		switch {
		case part < p.head:
			return min(part, head)
		case part >= p.total:
			return p.parts(e).count
		case p.width == e.width && p.sum == c.Sum && p.lang == c.Language:
			return part - p.head + head
		}
		return head + p.page(e).Line(at)
	}
	return moved(p.from, p.fromPosition), moved(p.next, p.nextPosition)
}

func (p *post) setPrinted(e env, x parts, from, next int) {
	c, _ := p.current(e)
	pg := p.page(e)
	p.lastRead, p.width, p.sum, p.lang = c, e.width, c.Sum, c.Language
	p.head = p.headLines(e)
	p.span = span{from, next, x.count}
	p.fromPosition, p.nextPosition = pg.At(from-p.head), pg.At(next-p.head)
}

// startAt makes the next screenful begin at a line of the page.
func (p *post) startAt(e env, line int) {
	part := p.headLines(e) + line
	p.setPrinted(e, p.parts(e), part, part)
}

// startAtExcerpt makes the next screenful begin with the paragraph that a search has found.
func (p *post) startAtExcerpt(e env, x search.Snippet) {
	c, _ := p.current(e)
	pg := p.page(e)
	if line, ok := e.pages.Seek(c, e.width, page.Spoken(), x); ok && x.Line > 0 {
		if i := pg.At(line).Block; i < len(pg.Blocks) {
			line = min(line, pg.Blocks[i].First)
		}
		p.startAt(e, line)
	}
}

// choose follows a link.
func (p *post) choose(s *Session, n int) []string {
	e := s.env()
	links := p.page(e).Links
	if n < 1 || n > len(links) {
		return s.message("No link has number %d here.", n)
	}
	link := links[n-1]
	if link.Kind == document.LinkHeading {
		return p.jump(s, link.Target)
	}
	c, _ := p.current(e)
	to := e.Edition.Resolve(c, link.Target)
	switch {
	case to.Post != nil && e.Edition.Address(to.Post) == p.address && to.Anchor != "":
		return p.jump(s, to.Anchor)
	case to.Post != nil:
		return s.openPostAt(s.newPost(to.Post), to.Anchor)
	case to.URL != "":
		return s.longMessage(s.say("Link"), append(s.message("Leads out of the blog, to"), to.URL))
	}
	return s.message("This can't be shown here: %s", cmp.Or(to.File, link.Target))
}

// jump goes to an anchor of the post, in a copy of this view, so that back returns to this one.
func (p *post) jump(s *Session, name string) []string {
	e := s.env()
	line, ok := p.page(e).Anchor(name)
	if !ok {
		return s.message("This link leads to no heading.")
	}
	dest := *p
	dest.startAt(e, line)
	return s.open(&dest)
}
