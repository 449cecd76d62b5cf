package tui

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/blog"
)

// post shows a post.
type post struct {
	address string
	viewport

	// lastRead is the post as it was at the last scroll, so that a post that is removed meanwhile stays readable.
	lastRead *content.Post

	lastSeen *content.Post // the post as it was at the last ChangedMsg; nil for readers

	count       count
	findText    string // the text whose matches are highlighted; may be empty
	matchIndex  int    // the match that was gone to last
	nextOffered bool   // a space at the end of the text has named the next post
	ended       bool   // the reader has gone on to the end
}

// newPost returns the screen of a post, at the beginning of the text.
func newPost(edition *content.Edition, c *content.Post) *post {
	return &post{address: edition.Address(c), lastRead: c}
}

// goToAnchor goes to an anchor. If the post has no such anchor, it returns a notice for the reader.
func (p *post) goToAnchor(e env, name string) string {
	if name == "" {
		return ""
	}
	s := p.layout(e)
	line, ok := s.page.Anchor(name)
	if !ok {
		return blog.NoHeading(e.words, name)
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
	bind((*post).next, "n", "next post or, while finding, the next match", "n"),
	bind((*post).previousMatch, "N", "the match before", "N"),
	bind((*post).closeFind, "esc", "end the finding, or go back", "esc"),
	bind((*post).previous, "p", "previous post", "p"),
	bind((*post).contents, "o", "contents", "o"),
	hintedIf((*post).hasLinks, bind((*post).links, "f", "links", "f")),
	hinted(bind((*post).openFind, "/", "find", "/")),
	bind((*post).copy, "y", "copy", "y"),
	bind((*post).source, "s", "the source of a diagram or formula, if any", "s"),
	bind((*post).write, "R", "write to the author", "R"),
	bind((*post).translate, "L", "in another language", "L"),
}

func (p *post) keys() []binding { return postKeys }

func (p *post) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	p.nextOffered = false
	return p.count.update(msg)
}

func (p *post) title(e env) string {
	c, _ := p.current(e)
	return c.Title
}

// lastKnown returns the post as it was when it was last published.
func (p *post) lastKnown() *content.Post { return cmp.Or(p.lastSeen, p.lastRead) }

// current returns the post as it is published now or, if it is gone, as it was last.
func (p *post) current(e env) (c *content.Post, gone bool) {
	if c, ok := e.edition.Find(p.address); ok {
		return c, false
	}
	return p.lastKnown(), true
}

// layout returns the layout of the post. An env keeps it, since a screen needs it several times in a call.
func (p *post) layout(e env) layout {
	c, gone := p.current(e)
	if e.kept.layout.post != c {
		e.kept.layout = newLayout(e, c, gone)
	}
	return e.kept.layout
}

// top returns the line of the layout that is at the top of the screen. If the post has changed since the last scroll, it is
// the line that has the same text now.
func (p *post) top(e env, s layout) int {
	if p.sum == s.post.Sum || p.lastRead.Sum != p.sum || p.width == 0 || p.line < p.head {
		return p.viewport.top(e, s)
	}
	old := e.pages.Page(p.lastRead, s.width, e.theme)
	line := s.page.Line(s.page.Follow(old, p.position))
	if p.width == s.width && p.room == s.room {
		line += p.line - p.head - old.Line(p.position) // the line may be a blank one above that text
	}
	return min(max(len(s.head)+line, 0), s.bottom(e))
}

// scrollTo puts a line at the top of the screen.
func (p *post) scrollTo(e env, s layout, line int) move {
	p.lastRead = s.post
	p.count, p.nextOffered = 0, false
	p.viewport.scrollTo(e, s, line)
	p.ended = p.ended || p.line > 0 && p.line == s.bottom(e)
	return move{}
}

func (p *post) scrollBy(e env, n int) move {
	s := p.layout(e)
	return p.scrollTo(e, s, p.top(e, s)+n*p.count.take())
}

func (p *post) down(e env) move     { return p.scrollBy(e, 1) }
func (p *post) up(e env) move       { return p.scrollBy(e, -1) }
func (p *post) halfDown(e env) move { return p.scrollBy(e, max(1, e.height/2)) }
func (p *post) halfUp(e env) move   { return p.scrollBy(e, -max(1, e.height/2)) }
func (p *post) first(e env) move    { return p.scrollTo(e, p.layout(e), 0) }
func (p *post) last(e env) move     { return p.scrollTo(e, p.layout(e), math.MaxInt) }

// pageDown scrolls down by a screen. At the end of the text it names the next post, and opens it when pressed again.
func (p *post) pageDown(e env) move {
	s := p.layout(e)
	top := p.top(e, s)
	if top < s.bottom(e) {
		for range min(p.count.take(), s.lines()) {
			p.turnDown(e, s)
		}
		return move{}
	}
	p.count = 0
	switch {
	case s.readNext.Next == nil:
		return e.notice("The end, and no next post. Press esc for the list.")
	case !p.nextOffered:
		p.nextOffered = true
		return e.notice("The end. Space again for: %s", s.readNext.Next.Title)
	}
	return replacing(newPost(e.edition, s.readNext.Next))
}

// pageUp scrolls up by a screen.
func (p *post) pageUp(e env) move {
	s := p.layout(e)
	for range min(p.count.take(), s.lines()) {
		p.turnUp(e, s)
	}
	return move{}
}

// next goes to the next match or, without a text to find, to the next post.
func (p *post) next(e env) move {
	if p.findText != "" {
		return p.goToMatch(e, 1)
	}
	if c := p.layout(e).readNext.Next; c != nil {
		return replacing(newPost(e.edition, c))
	}
	return e.notice("There is no next post.")
}

func (p *post) previous(e env) move {
	if c := p.layout(e).readNext.Prev; c != nil {
		return replacing(newPost(e.edition, c))
	}
	return e.notice("There is no previous post.")
}

// translate opens the post in the next of its languages.
func (p *post) translate(e env) move {
	c := p.layout(e).post
	all := e.edition.Translations(c)
	if len(all) == 0 {
		return e.notice("This post is in one language.")
	}
	i := slices.IndexFunc(all, func(q *content.Post) bool { return q.Lang > c.Lang })
	return replacing(newPost(e.edition, all[max(i, 0)]))
}

// write shows by which address to write to the author.
func (p *post) write(e env) move {
	s := p.layout(e)
	to := blog.ReplyTo(e.edition, s.post)
	if to == "" {
		return e.notice("The author gives no address to write to.")
	}
	return opening(&externalLink{url: e.edition.Resolve(s.post, to).URL})
}

func (p *post) contents(e env) move {
	s := p.layout(e)
	if len(s.page.Headings) == 0 {
		return e.notice("This post has no headings.")
	}
	current := max(0, s.heading(p.top(e, s)))
	return opening(&contents{overlay{p}, menu{cursor: current}})
}

func (p *post) nextHeading(e env) move     { return p.goToHeading(e, 1) }
func (p *post) previousHeading(e env) move { return p.goToHeading(e, -1) }

func (p *post) goToHeading(e env, step int) move {
	s := p.layout(e)
	top := p.top(e, s)
	i := s.heading(top)
	if step < 0 && (i < 0 || len(s.head)+s.page.Headings[i].Line < top) {
		i++ // the first to go back to is the heading that this line is under
	}
	i += step * p.count.take()
	switch {
	case len(s.page.Headings) == 0:
		return e.notice("This post has no headings.")
	case i < 0:
		return p.scrollTo(e, s, 0)
	case i >= len(s.page.Headings):
		return p.scrollTo(e, s, math.MaxInt)
	}
	return p.scrollTo(e, s, len(s.head)+s.page.Headings[i].Line)
}

// status returns how much of the post is above the screen, and how long the rest takes to read.
func (p *post) status(e env) string {
	if p.count > 0 {
		return fmt.Sprint(int(p.count))
	}
	s := p.layout(e)
	bottom := s.bottom(e)
	if bottom == 0 {
		return e.words.Say("all")
	}
	top := p.top(e, s)
	percent := top * 100 / bottom
	minutes := (s.post.Minutes()*(bottom-top) + bottom - 1) / bottom
	if minutes == 0 || e.width < 40 {
		return fmt.Sprintf("%d%%", percent)
	}
	return e.words.Say("%d%% · %d min left", percent, minutes)
}

func (p *post) view(e env) []string {
	s := p.layout(e)
	lines := p.window(e, s)
	if p.findText != "" {
		p.highlightMatches(s, p.top(e, s), lines)
	}
	return p.framed(e, s, lines)
}

// window returns the lines of the layout that show.
func (p *post) window(e env, s layout) []string {
	top := p.top(e, s)
	lines := make([]string, 0, e.height)
	for i := top; i < min(top+e.height, s.lines()); i++ {
		lines = append(lines, s.line(i))
	}
	s.drawPictures(e, top, lines)
	return lines
}

// framed adds the margin and the sidebar to the lines of a window.
func (p *post) framed(e env, s layout, lines []string) []string {
	top := p.top(e, s)
	lines = s.indent(e, top, lines)
	p.markTurn(e, s, top, lines)
	return withSidebar(e, s, top, lines)
}
