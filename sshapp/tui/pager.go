package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/cell"
)

// pager shows text about the screen below it, such as its help, and scrolls the text.
type pager struct {
	name  string
	below screen
	text  interface {
		lines(e env, about screen) []string
	}
	top int // the first line that shows
}

var pagerKeys = []binding{
	bind((*pager).down, "↓/j", "a line down", "down", "j", "ctrl+n", "space", "pgdown"),
	bind((*pager).up, "↑/k", "a line up", "up", "k", "ctrl+p", "b", "pgup"),
	bind(goBack, "enter", "close this", "enter", "?", "!", "H"),
}

func (p *pager) keys() []binding                     { return pagerKeys }
func (p *pager) title(env) string                    { return p.name }
func (p *pager) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (p *pager) down(e env) move                     { return p.scrollBy(e, 1) }
func (p *pager) up(e env) move                       { return p.scrollBy(e, -1) }

// status says if there is more below.
func (p *pager) status(e env) string {
	if p.top < len(p.lines(e))-e.height {
		return "↓ more"
	}
	return ""
}

func (p *pager) scrollBy(e env, n int) move {
	p.top = min(max(p.top+n, 0), max(0, len(p.lines(e))-e.height))
	return move{}
}

func (p *pager) view(e env) []string {
	_, margin := e.measure()
	lines := p.lines(e)
	top := min(p.top, max(0, len(lines)-e.height))
	return cell.Indent(lines[top:], margin)
}

func (p *pager) lines(e env) []string {
	lines := append([]string{"", cell.Bold(p.name), ""}, p.text.lines(e, p.below)...)
	return append(lines, "")
}
