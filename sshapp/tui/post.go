package tui

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// post shows one post.
type post struct {
	address string
	viewport

	// lastRead is the post as it was at the last scroll. A post that is removed meanwhile stays readable.
	lastRead *content.Post

	lastSeen *content.Post // the post as it was at the last ChangedMsg; nil for readers

	count     count
	findText  string // the text that is found; may be empty
	findIndex int    // the find that was gone to last
	endSaid   bool   // a space at the end has shown which post comes next
}

// newPost returns the screen of a post, at the beginning of the text.
func newPost(now *content.Edition, c *content.Post) *post {
	return &post{address: now.Address(c), lastRead: c}
}

// goToAnchor goes to an anchor. If the post has no such anchor, it returns what to tell the reader.
func (p *post) goToAnchor(e env, name string) (say string) {
	if name == "" {
		return ""
	}
	s := p.layout(e)
	line, ok := s.page.Anchor(name)
	if !ok {
		return blog.NoHeading(name)
	}
	p.scrollTo(e, s, len(s.head)+line)
	return ""
}

var postKeys = []binding{
	bind((*post).down, "↓/j", "a line down", "down", "j", "ctrl+n", "enter"),
	bind((*post).up, "↑/k", "a line up", "up", "k", "ctrl+p"),
	hinted(bind((*post).pageDown, "space", "read on", "space", "pgdown", "ctrl+f")),
	bind((*post).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b"),
	bind((*post).halfDown, "d", "half a screen down", "d", "ctrl+d"),
	bind((*post).halfUp, "u", "half a screen up", "u", "ctrl+u"),
	bind((*post).first, "g", "the beginning", "g", "home"),
	bind((*post).last, "G", "the end", "G", "end"),
	bind((*post).nextHeading, "]", "the next heading", "]"),
	bind((*post).previousHeading, "[", "the heading before", "["),
	bind((*post).nextFind, "n", "the next find, if any", "n"),
	bind((*post).previousFind, "N", "the find before", "N"),
	bind((*post).endFind, "esc", "no more finds", "esc"),
	bind((*post).next, "n", "next post", "n"),
	bind((*post).previous, "p", "previous post", "p"),
	bind((*post).contents, "o", "contents", "o"),
	hinted(bind((*post).links, "f", "links", "f")),
	hinted(bind((*post).openFind, "/", "find", "/")),
	bind((*post).copy, "y", "copy", "y"),
	bind((*post).translate, "L", "in another language", "L"),
}

func (p *post) keys() []binding { return postKeys }

func (p *post) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	p.endSaid = false
	return p.count.update(msg)
}

func (p *post) title(e env) string {
	c, _ := p.current(e)
	return c.Title
}

// lastKnown returns the post as it was when it was last there.
func (p *post) lastKnown() *content.Post { return cmp.Or(p.lastSeen, p.lastRead) }

// current returns the post as it is published now or, if it is gone, as it was.
func (p *post) current(e env) (c *content.Post, gone bool) {
	if c, ok := e.edition.Find(p.address); ok {
		return c, false
	}
	return p.lastKnown(), true
}

// layout returns the layout of the post. It is made once for each env.
func (p *post) layout(e env) layout {
	c, gone := p.current(e)
	if e.laidOut.post != c {
		*e.laidOut = newLayout(e, c, gone)
	}
	return *e.laidOut
}

// top returns the line at the top of the screen. If the post has changed since the last scroll, it is the line that has the
// same text now.
func (p *post) top(e env, s layout) int {
	if p.sum == s.post.Sum || p.lastRead.Sum != p.sum || p.width == 0 || p.line < p.head {
		return p.viewport.top(e, s)
	}
	old := e.pages.Page(p.lastRead, s.width, e.theme)
	line := s.page.Line(s.page.Follow(old, p.at))
	if p.width == s.width {
		line += p.line - p.head - old.Line(p.at) // the line may be a blank one above that text
	}
	return min(max(len(s.head)+line, 0), s.bottom(e))
}

// scrollTo brings a line to the top of the screen.
func (p *post) scrollTo(e env, s layout, line int) move {
	p.lastRead = s.post
	p.count, p.endSaid = 0, false
	p.viewport.scrollTo(e, s, line)
	return move{}
}

func (p *post) by(e env, n int) move {
	s := p.layout(e)
	return p.scrollTo(e, s, p.top(e, s)+n*p.count.take())
}

// overlap is how many lines stay on the screen when a page is turned, so that the eye finds its place.
const overlap = 2

func (p *post) down(e env) move     { return p.by(e, 1) }
func (p *post) up(e env) move       { return p.by(e, -1) }
func (p *post) halfDown(e env) move { return p.by(e, max(1, e.height/2)) }
func (p *post) halfUp(e env) move   { return p.by(e, -max(1, e.height/2)) }
func (p *post) pageUp(e env) move   { return p.by(e, -max(1, e.height-overlap)) }
func (p *post) first(e env) move    { return p.scrollTo(e, p.layout(e), 0) }
func (p *post) last(e env) move     { return p.scrollTo(e, p.layout(e), math.MaxInt) }

// pageDown turns the page. At the end it first shows which post comes next, and goes there when pressed again.
func (p *post) pageDown(e env) move {
	s := p.layout(e)
	top := p.top(e, s)
	if top < s.bottom(e) {
		return p.scrollTo(e, s, top+p.count.take()*max(1, e.height-overlap))
	}
	p.count = 0
	switch {
	case s.end.next == nil:
		return saying("The end, and no next post. Press esc for the list.")
	case !p.endSaid:
		p.endSaid = true
		return saying("The end. Space again for: " + s.end.next.Title)
	}
	return replacing(newPost(e.edition, s.end.next))
}

func (p *post) next(e env) move {
	if c := p.layout(e).end.next; c != nil {
		return replacing(newPost(e.edition, c))
	}
	return saying("There is no next post.")
}

func (p *post) previous(e env) move {
	if c := p.layout(e).end.prev; c != nil {
		return replacing(newPost(e.edition, c))
	}
	return saying("There is no previous post.")
}

// translate opens the post in the next of its languages.
func (p *post) translate(e env) move {
	c := p.layout(e).post
	all := e.edition.Translations(c)
	if len(all) == 0 {
		return saying("This post is in one language.")
	}
	i := slices.IndexFunc(all, func(q *content.Post) bool { return q.Lang > c.Lang })
	return replacing(newPost(e.edition, all[max(i, 0)]))
}

func (p *post) contents(e env) move {
	s := p.layout(e)
	if len(s.page.Headings) == 0 {
		return saying("This post has no headings.")
	}
	here := max(0, s.heading(p.top(e, s)))
	return opening(&contents{of: p, menu: menu{cursor: here}})
}

func (p *post) nextHeading(e env) move     { return p.toHeading(e, 1) }
func (p *post) previousHeading(e env) move { return p.toHeading(e, -1) }

func (p *post) toHeading(e env, step int) move {
	s := p.layout(e)
	top := p.top(e, s)
	i := s.heading(top)
	if step < 0 && (i < 0 || len(s.head)+s.page.Headings[i].Line < top) {
		i++ // the heading above this line is the first to go back to
	}
	i += step * p.count.take()
	switch {
	case len(s.page.Headings) == 0:
		return saying("This post has no headings.")
	case i < 0:
		return p.scrollTo(e, s, 0)
	case i >= len(s.page.Headings):
		return p.scrollTo(e, s, math.MaxInt)
	}
	return p.scrollTo(e, s, len(s.head)+s.page.Headings[i].Line)
}

// status returns how much has been read, and how long the rest takes.
func (p *post) status(e env) string {
	if p.count > 0 {
		return fmt.Sprint(int(p.count))
	}
	s := p.layout(e)
	bottom := s.bottom(e)
	if bottom == 0 {
		return "all"
	}
	top := p.top(e, s)
	percent := top * 100 / bottom
	minutes := (s.post.Minutes()*(bottom-top) + bottom - 1) / bottom
	if minutes == 0 || e.width < 40 {
		return fmt.Sprintf("%d%%", percent)
	}
	return fmt.Sprintf("%d%% · %d min left", percent, minutes)
}

func (p *post) view(e env) []string {
	s := p.layout(e)
	lines := p.window(e, s)
	if p.findText != "" {
		p.highlightFinds(s, p.top(e, s), lines)
	}
	return p.framed(e, s, lines)
}

// window returns the lines of the post that show.
func (p *post) window(e env, s layout) []string {
	top := p.top(e, s)
	lines := make([]string, 0, e.height)
	for i := top; i < min(top+e.height, s.lines()); i++ {
		lines = append(lines, s.line(i))
	}
	return lines
}

// framed indents the lines of a window, and puts the sidebar beside them.
func (p *post) framed(e env, s layout, lines []string) []string {
	_, margin := e.measure()
	return cell.Indent(withSidebar(e, s, p.top(e, s), lines), margin)
}
