package linear

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/page"
)

// post is a post that is read. Its parts are lines: what is said above the text, the text, and what it leads on to.
type post struct {
	address string

	// held is the post as it was said last. It is shared with the library while it is in it; one that is removed while
	// somebody reads it can be heard to its end.
	held *content.Post

	span           // of the lines that were said
	head  int      // lines above the text then
	width int      // of the page then; 0 before anything was said
	sum   [16]byte // of the post then

	// Where from and next are, on a page of another width.
	fromAt, nextAt page.Position

	find string // what was looked for last
	nth  int    // of the finds, the one that was gone to last
}

// reading returns the place at which a post begins.
func (t *Talk) reading(c *content.Post) *post {
	return &post{address: t.env().Edition.Address(c), held: c}
}

// anchor goes to the heading, or other place, of a name, if there is one. It returns what to say where there is none.
func (t *Talk) anchor(p *post, name string) string {
	if name == "" {
		return ""
	}
	e := t.env()
	line, ok := p.page(e).Anchor(name)
	if !ok {
		return blog.NoHeading(name)
	}
	p.goTo(e, line)
	return ""
}

// now returns the post as it is published or, if it is no more, as it was.
func (p *post) now(e env) (c *content.Post, gone bool) {
	if c, ok := e.Edition.Find(p.address); ok {
		return c, false
	}
	return p.held, true
}

func (p *post) page(e env) *page.Page {
	c, _ := p.now(e)
	return e.pages.Page(c, e.width, page.Spoken())
}

func (p *post) name(e env) string {
	c, _ := p.now(e)
	return fmt.Sprintf("%s, %s", c.Title, p.progress())
}

func (p *post) prompt() string {
	if p.next >= p.parts {
		return "End"
	}
	return p.progress()
}

func (p *post) progress() string { return fmt.Sprintf("%d%%", p.next*100/max(p.parts, 1)) }

func (p *post) passing() bool { return false }

func (p *post) over(e env) string {
	c, _ := p.now(e)
	if next, _ := e.Adjacent(c); next != nil {
		return fmt.Sprintf("That was all. Type next to read %s, or list.", next.Title)
	}
	return "That was all. Type list to hear what else there is."
}

// where says how much is read, and below which heading.
func (p *post) where(e env) string {
	c, _ := p.now(e)
	s := p.name(e)
	if left := p.parts - p.next; left > 0 {
		s += fmt.Sprintf(", %d min left", (c.Minutes()*left+p.parts-1)/max(p.parts, 1))
	}
	if i := p.heading(e); i >= 0 {
		all := p.page(e).Headings
		s += fmt.Sprintf(". Heading %d of %d: %s", i+1, len(all), all[i].Text)
	}
	return s + "."
}

// line returns the line of the page that what was said last begins with; negative for one above it.
func (p *post) line(e env) int {
	from, _ := p.marks(e)
	return from - p.above(e)
}

// above returns how many lines are said above the text.
func (p *post) above(e env) int {
	c, gone := p.now(e)
	return len(e.head(c, gone, p.page(e)))
}

// heading returns below which heading what was said last begins, or -1.
func (p *post) heading(e env) int {
	n, _ := slices.BinarySearchFunc(p.page(e).Headings, p.line(e)+1, func(h page.Heading, line int) int { return h.Line - line })
	return n - 1
}

func (p *post) text(e env) text {
	c, gone := p.now(e)
	of := p.page(e)
	head, tail := e.head(c, gone, of), e.tail(c)
	return text{parts: len(head) + len(of.Lines) + len(tail), part: func(i int) []string {
		switch {
		case i < len(head):
			return head[i : i+1]
		case i < len(head)+len(of.Lines):
			return of.Lines[i-len(head):][:1]
		}
		return tail[i-len(head)-len(of.Lines):][:1]
	}}
}

// head is what is said above the text: the title, what is known of the post, and what it holds.
func (e env) head(c *content.Post, gone bool, of *page.Page) []string {
	lines := wrap("Heading 1: "+c.Title, e.width)
	known := []string{fmt.Sprintf("%d min", c.Minutes())}
	if c.Day != "" {
		known = slices.Insert(known, 0, c.Day)
	}
	if len(c.Authors) > 0 {
		known = append(known, "by "+strings.Join(c.Authors, ", "))
	}
	if len(c.Tags) > 0 {
		known = append(known, "tagged "+strings.Join(c.Tags, ", "))
	}
	parts := e.Parts(c.Series)
	if i := slices.IndexFunc(parts, func(q *content.Post) bool { return q.Path == c.Path }); i >= 0 {
		known = append(known, fmt.Sprintf("part %d of %d of the series %s", len(parts)-i, len(parts), c.Series))
	}
	for _, q := range e.Edition.Translations(c) {
		known = append(known, "also in "+blog.LanguageName(q.Lang, e.Edition.Settings().Language))
	}
	lines = append(lines, wrap(strings.Join(known, ", ")+".", e.width)...)
	var holds []string
	if n := len(of.Headings); n > 0 {
		holds = append(holds, counted(n, "heading"))
	}
	if n := len(of.Links); n > 0 {
		holds = append(holds, counted(n, "link"))
	}
	if len(holds) > 0 {
		lines = append(lines, strings.Join(holds, ", ")+".")
	}
	if gone {
		lines = append(lines, wrap(blog.Unpublished, e.width)...)
	}
	return append(lines, "")
}

// tail is what is said below the text.
func (e env) tail(c *content.Post) []string {
	end := "The end."
	if next, _ := e.Adjacent(c); next != nil {
		end += " Next: " + next.Title
	}
	return append([]string{""}, wrap(end, e.width)...)
}

// marks returns the lines that were kept or, on another page, those of the same text.
func (p *post) marks(e env) (from, next int) {
	if p.width == 0 {
		return 0, 0
	}
	c, _ := p.now(e)
	head := p.above(e)
	moved := func(part int, at page.Position) int {
		switch {
		case part < p.head:
			return min(part, head)
		case part >= p.parts:
			return p.text(e).parts
		case p.width == e.width && p.sum == c.Sum:
			return part - p.head + head
		}
		return head + p.page(e).Line(at)
	}
	return moved(p.from, p.fromAt), moved(p.next, p.nextAt)
}

func (p *post) mark(e env, x text, from, next int) {
	c, _ := p.now(e)
	of := p.page(e)
	p.held, p.width, p.sum = c, e.width, c.Sum
	p.head = p.above(e)
	p.span = span{from, next, x.parts}
	p.fromAt, p.nextAt = of.At(from-p.head), of.At(next-p.head)
}

// goTo has what is said next begin at a line of the page.
func (p *post) goTo(e env, line int) {
	part := p.above(e) + line
	p.mark(e, p.text(e), part, part)
}

// seek has what is said next begin with the paragraph in which a search has found something.
func (p *post) seek(e env, x content.Excerpt) {
	of := p.page(e)
	if line, ok := of.Seek(x); ok && x.Line > 0 {
		if i := of.At(line).Block; i < len(of.Blocks) {
			line = min(line, of.Blocks[i].First)
		}
		p.goTo(e, line)
	}
}

// choose follows a link.
func (p *post) choose(t *Talk, n int) []string {
	e := t.env()
	links := p.page(e).Links
	if n < 1 || n > len(links) {
		return t.say("No link has number %d here.", n)
	}
	link := links[n-1]
	if link.Kind == page.LinkHeading {
		return p.jump(t, link.Target)
	}
	c, _ := p.now(e)
	to := e.Edition.Resolve(c, link.Target)
	switch {
	case to.Post != nil && e.Edition.Address(to.Post) == p.address && to.Anchor != "":
		return p.jump(t, to.Anchor)
	case to.Post != nil:
		return t.beginAt(t.reading(to.Post), to.Anchor)
	case to.URL != "":
		return t.tell("Link", append(t.say("Leads out of the blog, to"), to.URL))
	}
	return t.say("This can't be shown here: %s", cmp.Or(to.File, link.Target))
}

// jump goes on at a place of the post that has a name, in a copy of this place, so that back leads here.
func (p *post) jump(t *Talk, name string) []string {
	e := t.env()
	line, ok := p.page(e).Anchor(name)
	if !ok {
		return t.say("This link leads to no heading.")
	}
	there := *p
	there.goTo(e, line)
	return t.enter(&there)
}
