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

// post is one post, being read.
type post struct {
	address string
	place

	// held is the post as it was when a key was pressed last. It is shared with the library while it is in it; one that is
	// removed while somebody reads it stays readable.
	held *content.Post

	seen *content.Post // as it was at the last change; nil where nobody writes

	count count
	find  string // what is found in it; empty for nothing
	nth   int    // of the finds, the one that was gone to last
	ended bool   // a space at the end of the text has said where the next one leads
}

// reading returns the screen of a post, at its beginning.
func reading(now *content.Edition, c *content.Post) *post {
	return &post{address: now.Address(c), held: c}
}

// anchor goes to the heading, or other place, of a name, if there is one. It returns what to say where there is none.
func (p *post) anchor(e env, name string) (say string) {
	if name == "" {
		return ""
	}
	s := p.sheet(e)
	line, ok := s.page.Anchor(name)
	if !ok {
		return blog.NoHeading(name)
	}
	p.scroll(e, s, len(s.head)+line)
	return ""
}

var postKeys = []binding{
	on((*post).down, "↓/j", "a line down", "down", "j", "ctrl+n", "enter"),
	on((*post).up, "↑/k", "a line up", "up", "k", "ctrl+p"),
	hinted(on((*post).pageDown, "space", "read on", "space", "pgdown", "ctrl+f")),
	on((*post).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b"),
	on((*post).halfDown, "d", "half a screen down", "d", "ctrl+d"),
	on((*post).halfUp, "u", "half a screen up", "u", "ctrl+u"),
	on((*post).first, "g", "the beginning", "g", "home"),
	on((*post).last, "G", "the end", "G", "end"),
	on((*post).nextHeading, "]", "the next heading", "]"),
	on((*post).previousHeading, "[", "the heading before", "["),
	on((*post).nextFind, "n", "the next find, if any", "n"),
	on((*post).previousFind, "N", "the find before", "N"),
	on((*post).endFind, "esc", "no more finds", "esc"),
	on((*post).next, "n", "next post", "n"),
	on((*post).previous, "p", "previous post", "p"),
	on((*post).contents, "o", "contents", "o"),
	hinted(on((*post).links, "f", "links", "f")),
	hinted(on((*post).look, "/", "find", "/")),
	on((*post).copy, "y", "copy", "y"),
	on((*post).translate, "L", "in another language", "L"),
}

func (p *post) keys() []binding { return postKeys }

func (p *post) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	p.ended = false
	return p.count.update(msg)
}

func (p *post) title(e env) string {
	c, _ := p.current(e)
	return c.Title
}

// known returns the post as it was when it was there last.
func (p *post) known() *content.Post { return cmp.Or(p.seen, p.held) }

// current returns the post as it is published now or, if it is no more, as it was.
func (p *post) current(e env) (c *content.Post, gone bool) {
	if c, ok := e.now.Find(p.address); ok {
		return c, false
	}
	return p.known(), true
}

// sheet lays the post out.
func (p *post) sheet(e env) sheet {
	c, gone := p.current(e)
	if e.laid.post != c {
		*e.laid = newSheet(e, c, gone)
	}
	return *e.laid
}

// top returns the line at the top of the screen. When the post has changed since it was scrolled last, that is where the
// same text is now.
func (p *post) top(e env, s sheet) int {
	if p.sum == s.post.Sum || p.held.Sum != p.sum || p.width == 0 || p.line < p.head {
		return p.place.top(e, s)
	}
	old := e.pages.Page(p.held, s.width, e.theme)
	line := s.page.Line(s.page.Follow(old, p.at))
	if p.width == s.width {
		line += p.line - p.head - old.Line(p.at) // it may have been a blank line above the text
	}
	return min(max(len(s.head)+line, 0), s.bottom(e))
}

// scroll brings a line to the top of the screen.
func (p *post) scroll(e env, s sheet, line int) move {
	p.held = s.post
	p.count, p.ended = 0, false
	p.place.scroll(e, s, line)
	return move{}
}

func (p *post) by(e env, n int) move {
	s := p.sheet(e)
	return p.scroll(e, s, p.top(e, s)+n*p.count.take())
}

// overlap is how many lines of the last screen stay when a screen is turned, so that the eye finds its place.
const overlap = 2

func (p *post) down(e env) move     { return p.by(e, 1) }
func (p *post) up(e env) move       { return p.by(e, -1) }
func (p *post) halfDown(e env) move { return p.by(e, max(1, e.height/2)) }
func (p *post) halfUp(e env) move   { return p.by(e, -max(1, e.height/2)) }
func (p *post) pageUp(e env) move   { return p.by(e, -max(1, e.height-overlap)) }
func (p *post) first(e env) move    { return p.scroll(e, p.sheet(e), 0) }
func (p *post) last(e env) move     { return p.scroll(e, p.sheet(e), math.MaxInt) }

// pageDown turns the screen. At the end it says what comes next, and only then goes there.
func (p *post) pageDown(e env) move {
	s := p.sheet(e)
	top := p.top(e, s)
	if top < s.bottom(e) {
		return p.scroll(e, s, top+p.count.take()*max(1, e.height-overlap))
	}
	p.count = 0
	switch {
	case s.end.next == nil:
		return saying("The end, and no next post. Press esc for the list.")
	case !p.ended:
		p.ended = true
		return saying("The end. Space again for: " + s.end.next.Title)
	}
	return turning(reading(e.now, s.end.next))
}

func (p *post) next(e env) move {
	if c := p.sheet(e).end.next; c != nil {
		return turning(reading(e.now, c))
	}
	return saying("There is no next post.")
}

func (p *post) previous(e env) move {
	if c := p.sheet(e).end.prev; c != nil {
		return turning(reading(e.now, c))
	}
	return saying("There is no previous post.")
}

// translate turns to the same post in the next of its languages.
func (p *post) translate(e env) move {
	c := p.sheet(e).post
	all := e.now.Translations(c)
	if len(all) == 0 {
		return saying("This post is in one language.")
	}
	i := slices.IndexFunc(all, func(q *content.Post) bool { return q.Lang > c.Lang })
	return turning(reading(e.now, all[max(i, 0)]))
}

func (p *post) contents(e env) move {
	s := p.sheet(e)
	if len(s.page.Headings) == 0 {
		return saying("This post has no headings.")
	}
	here := max(0, s.heading(p.top(e, s)))
	return opening(&contents{of: p, menu: menu{cursor: here}})
}

func (p *post) nextHeading(e env) move     { return p.toHeading(e, 1) }
func (p *post) previousHeading(e env) move { return p.toHeading(e, -1) }

func (p *post) toHeading(e env, step int) move {
	s := p.sheet(e)
	top := p.top(e, s)
	i := s.heading(top)
	if step < 0 && (i < 0 || len(s.head)+s.page.Headings[i].Line < top) {
		i++ // the heading that this line stands under comes first
	}
	i += step * p.count.take()
	switch {
	case len(s.page.Headings) == 0:
		return saying("This post has no headings.")
	case i < 0:
		return p.scroll(e, s, 0)
	case i >= len(s.page.Headings):
		return p.scroll(e, s, math.MaxInt)
	}
	return p.scroll(e, s, len(s.head)+s.page.Headings[i].Line)
}

// status says how much has been read, and how long the rest takes.
func (p *post) status(e env) string {
	if p.count > 0 {
		return fmt.Sprint(int(p.count))
	}
	s := p.sheet(e)
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
	s := p.sheet(e)
	lines := p.window(e, s)
	if p.find != "" {
		p.mark(s, p.top(e, s), lines)
	}
	return p.framed(e, s, lines)
}

// window returns the lines that show.
func (p *post) window(e env, s sheet) []string {
	top := p.top(e, s)
	lines := make([]string, 0, e.height)
	for i := top; i < min(top+e.height, s.lines()); i++ {
		lines = append(lines, s.line(i))
	}
	return lines
}

// framed sets a window's lines where they belong on the screen, and the contents beside them.
func (p *post) framed(e env, s sheet, lines []string) []string {
	_, margin := e.measure()
	return indent(beside(e, s, p.top(e, s), lines), margin)
}
