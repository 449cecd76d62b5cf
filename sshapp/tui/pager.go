package tui

import (
	"math"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/cell"
)

// overlap is how many lines stay on the screen when the text scrolls by a screen, so that the reader finds the line to go
// on with.
const overlap = 2

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
	bind((*pager).down, "↓/j", "a line down", "down", "j", "ctrl+n"),
	bind((*pager).up, "↑/k", "a line up", "up", "k", "ctrl+p"),
	bind((*pager).pageDown, "space", "a screen down", "space", "pgdown", "ctrl+f"),
	bind((*pager).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b"),
	bind((*pager).halfDown, "d", "half a screen down", "d", "ctrl+d"),
	bind((*pager).halfUp, "u", "half a screen up", "u", "ctrl+u"),
	bind((*pager).first, "g", "the beginning", "g", "home"),
	bind((*pager).last, "G", "the end", "G", "end"),
	bind(goBack, "enter", "close this", "enter", "?", "!", "H"),
}

func (p *pager) keys() []binding                     { return pagerKeys }
func (p *pager) title(env) string                    { return p.name }
func (p *pager) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (p *pager) down(e env) move                     { return p.scrollTo(e, p.top+1) }
func (p *pager) up(e env) move                       { return p.scrollTo(e, p.top-1) }
func (p *pager) pageDown(e env) move                 { return p.scrollTo(e, p.top+max(1, e.height-overlap)) }
func (p *pager) pageUp(e env) move                   { return p.scrollTo(e, p.top-max(1, e.height-overlap)) }
func (p *pager) halfDown(e env) move                 { return p.scrollTo(e, p.top+max(1, e.height/2)) }
func (p *pager) halfUp(e env) move                   { return p.scrollTo(e, p.top-max(1, e.height/2)) }
func (p *pager) first(e env) move                    { return p.scrollTo(e, 0) }
func (p *pager) last(e env) move                     { return p.scrollTo(e, math.MaxInt) }

// status says if there is more below.
func (p *pager) status(e env) string {
	if p.top < len(p.lines(e))-e.height {
		return e.words.Say("↓ more")
	}
	return ""
}

func (p *pager) scrollTo(e env, line int) move {
	p.top = min(max(line, 0), max(0, len(p.lines(e))-e.height))
	return move{}
}

func (p *pager) view(e env) []string {
	_, margin := e.measure()
	lines := p.lines(e)
	top := min(p.top, max(0, len(lines)-e.height))
	return cell.Indent(lines[top:], margin)
}

func (p *pager) lines(e env) []string {
	measure, _ := e.measure()
	return append([]string{"", cell.Bold(cell.CutToStart(p.name, measure)), ""}, p.text.lines(e, p.below)...)
}
