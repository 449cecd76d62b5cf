package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// contents lists the headings of a post, to jump to.
type contents struct {
	overlay
	menu
}

var contentsKeys = slices.Concat([]binding{hinted(bind((*contents).jump, "enter", "go there", "enter", "right", "l"))}, menuKeys, []binding{
	bind(goBack, "o", "close the contents", "o"),
})

func (c *contents) keys() []binding                           { return contentsKeys }
func (c *contents) update(e env, msg tea.Msg) (move, tea.Cmd) { return c.menu.update(e, msg) }
func (c *contents) status(e env) string {
	return c.menu.status(len(c.below.layout(e).page.Headings))
}
func (c *contents) moveBy(e env, n int) move {
	return c.menu.moveBy(e, n, len(c.below.layout(e).page.Headings))
}

func (c *contents) jump(e env) move {
	s := c.below.layout(e)
	if c.cursor < len(s.page.Headings) {
		c.below.scrollTo(e, s, len(s.head)+s.page.Headings[c.cursor].Line)
	}
	return move{kind: back}
}

func (c *contents) view(e env) []string {
	measure, margin := e.measure()
	s := c.below.layout(e)
	title := cell.Cut(s.post.Title, measure)
	if blog.IsRightToLeft(s.post) {
		title = cell.ToEnd(title, measure)
	}
	lines := []string{"", cell.Bold(title), ""}
	here := s.heading(c.below.top(e, s))
	headings := blog.SetOutline(s.post, s.page.Headings, measure-len(rowMark), here, e.words.Say("← you are here"))
	lines = append(lines, c.rows(e, len(headings), func(i int, emphasize func(string) string) string { return emphasize(headings[i]) })...)
	return cell.Indent(lines, margin)
}
