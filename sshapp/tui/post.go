package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/page"
)

// post is one post, being read.
type post struct {
	slug string
	place
}

// A place is where a reader is in a post: a position in its text, which outlasts a change of width or of theme, and the
// line that it had on the page that it was taken from.
type place struct {
	at    page.Position
	line  int // of the header and the page together
	width int // of that page
	sum   [16]byte
}

var postKeys = []binding{
	on((*post).down, "↓/j", "a line down", "down", "j", "ctrl+n", "enter"),
	on((*post).up, "↑/k", "a line up", "up", "k", "ctrl+p"),
	hinted(on((*post).pageDown, "space", "a screen down", "space", "pgdown", "ctrl+f", "f")),
	hinted(on((*post).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b")),
	on((*post).halfDown, "d", "half a screen down", "d", "ctrl+d"),
	on((*post).halfUp, "u", "half a screen up", "u", "ctrl+u"),
	on((*post).first, "g", "the beginning", "g", "home"),
	on((*post).last, "G", "the end", "G", "end"),
}

func (p *post) keys() []binding                     { return postKeys }
func (p *post) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }

func (p *post) title(e env) string {
	if c, ok := e.now.Find(p.slug); ok {
		return c.Title
	}
	return ""
}

// A sheet is a post laid out for one env: its header and its page, as one run of lines.
type sheet struct {
	head  []string
	page  *page.Page
	sum   [16]byte
	width int
}

func (s sheet) lines() int { return len(s.head) + len(s.page.Lines) }

// bottom is the line at the top of the screen when the last one shows.
func (s sheet) bottom(e env) int { return max(0, s.lines()-e.height) }

// sheet lays the post out; ok is false when it is no longer published.
func (p *post) sheet(e env) (sheet, bool) {
	c, ok := e.now.Find(p.slug)
	if !ok {
		return sheet{}, false
	}
	measure, _ := e.measure()
	return sheet{header(c, measure), e.pages.Page(c, measure, e.theme), c.Sum, measure}, true
}

// top returns the line at the top of the screen: the one that was kept or, on another page, the one that holds the same
// text.
func (p *place) top(e env, s sheet) int {
	line := p.line
	if line >= len(s.head) && (p.sum != s.sum || p.width != s.width) {
		line = len(s.head) + s.page.Line(p.at)
	}
	return min(line, s.bottom(e))
}

func (p *place) scroll(e env, s sheet, line int) {
	p.line = min(max(line, 0), s.bottom(e))
	p.at, p.sum, p.width = s.page.At(p.line-len(s.head)), s.sum, s.width
}

func (p *post) by(e env, n int) move {
	if s, ok := p.sheet(e); ok {
		p.scroll(e, s, p.top(e, s)+n)
	}
	return move{}
}

// overlap is how many lines of the last screen stay when a screen is turned, so that the eye finds its place.
const overlap = 2

func (p *post) down(e env) move     { return p.by(e, 1) }
func (p *post) up(e env) move       { return p.by(e, -1) }
func (p *post) halfDown(e env) move { return p.by(e, max(1, e.height/2)) }
func (p *post) halfUp(e env) move   { return p.by(e, -max(1, e.height/2)) }
func (p *post) pageDown(e env) move { return p.by(e, max(1, e.height-overlap)) }
func (p *post) pageUp(e env) move   { return p.by(e, -max(1, e.height-overlap)) }
func (p *post) first(e env) move    { return p.by(e, -1<<30) }
func (p *post) last(e env) move     { return p.by(e, 1<<30) }

func (p *post) status(e env) string {
	s, ok := p.sheet(e)
	if !ok {
		return ""
	}
	if s.bottom(e) == 0 {
		return "all"
	}
	return fmt.Sprintf("%d%%", p.top(e, s)*100/s.bottom(e))
}

func (p *post) view(e env) []string {
	measure, margin := e.measure()
	s, ok := p.sheet(e)
	if !ok {
		return indent(append([]string{""}, wrap("This post is no longer here. Press esc for the list.", measure)...), margin)
	}
	var lines []string
	top := p.top(e, s)
	for i := top; i < min(top+e.height, s.lines()); i++ {
		if i < len(s.head) {
			lines = append(lines, s.head[i])
		} else {
			lines = append(lines, s.page.Lines[i-len(s.head)])
		}
	}
	return indent(lines, margin)
}

// header sets what stands above the text: the title, and a line of date, reading time and tags.
func header(c *content.Post, measure int) []string {
	lines := []string{""}
	for _, l := range wrap(c.Title, measure) {
		lines = append(lines, bold(l))
	}
	facts := make([]string, 0, 3)
	if c.Day != "" {
		facts = append(facts, c.Day)
	}
	facts = append(facts, fmt.Sprintf("%d min", c.Minutes()))
	if len(c.Tags) > 0 {
		facts = append(facts, strings.Join(c.Tags, ", "))
	}
	for _, l := range wrap(strings.Join(facts, " · "), measure) {
		lines = append(lines, faint(l))
	}
	return append(lines, "")
}
