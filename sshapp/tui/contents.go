package tui

import (
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page"
)

// contents lists the headings of a post, to jump to.
type contents struct {
	of *post
	menu
}

var contentsKeys = []binding{
	hinted(bind((*contents).jump, "enter", "go there", "enter", "right", "l")),
	hinted(bind((*contents).down, "↓/j", "next", "down", "j", "ctrl+n")),
	bind((*contents).up, "↑/k", "previous", "up", "k", "ctrl+p"),
	bind((*contents).pageDown, "space", "a screen down", "space", "pgdown", "ctrl+f", "ctrl+d"),
	bind((*contents).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b", "ctrl+u"),
	bind((*contents).close, "o", "close the contents", "o"),
}

func (c *contents) keys() []binding     { return contentsKeys }
func (c *contents) title(e env) string  { return c.of.title(e) }
func (c *contents) status(env) string   { return "" }
func (c *contents) close(env) move      { return move{kind: back} }
func (c *contents) rows(e env) int      { return len(c.of.layout(e).page.Headings) }
func (c *contents) down(e env) move     { return c.by(e, 1, c.rows(e)) }
func (c *contents) up(e env) move       { return c.by(e, -1, c.rows(e)) }
func (c *contents) pageDown(e env) move { return c.by(e, c.room(e), c.rows(e)) }
func (c *contents) pageUp(e env) move   { return c.by(e, -c.room(e), c.rows(e)) }

func (c *contents) jump(e env) move {
	s := c.of.layout(e)
	if c.cursor < len(s.page.Headings) {
		c.of.scrollTo(e, s, len(s.head)+s.page.Headings[c.cursor].Line)
	}
	return move{kind: back}
}

func (c *contents) view(e env) []string {
	measure, margin := e.measure()
	s := c.of.layout(e)
	lines := []string{"", cell.Bold(cell.Cut(s.post.Title, measure)), ""}
	here := s.heading(c.of.top(e, s))
	headings := outline(s.page.Headings, measure-len(rowMark))
	top, cursor := c.window(e, len(headings))
	for i := top; i < len(headings) && len(lines) < e.height; i++ {
		line := headings[i]
		if i == here {
			line = cell.Cut(line+" "+cell.Faint("← you are here"), measure-len(rowMark))
		}
		if i == cursor {
			line = cell.Bold(line)
		}
		lines = append(lines, markRows([]string{line}, i == cursor)[0])
	}
	return cell.Indent(lines, margin)
}

// outline returns a line for each heading, indented by its level.
func outline(headings []page.Heading, measure int) []string {
	least := 6
	for _, h := range headings {
		least = min(least, h.Level)
	}
	lines := make([]string, len(headings))
	for i, h := range headings {
		lines[i] = cell.Cut(strings.Repeat("  ", h.Level-least)+h.Text, measure)
	}
	return lines
}
