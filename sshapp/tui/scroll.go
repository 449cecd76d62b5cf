package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/cell"
)

// scroll shows text about the screen below it, such as its help, and scrolls it.
type scroll struct {
	name  string
	below screen
	text  interface{ lines(env, screen) []string }
	top   int
}

var scrollKeys = []binding{
	bind((*scroll).down, "↓/j", "a line down", "down", "j", "ctrl+n", "space", "pgdown"),
	bind((*scroll).up, "↑/k", "a line up", "up", "k", "ctrl+p", "b", "pgup"),
	bind((*scroll).close, "enter", "close this", "enter", "?", "!"),
}

func (l *scroll) keys() []binding                     { return scrollKeys }
func (l *scroll) title(env) string                    { return l.name }
func (l *scroll) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (l *scroll) close(env) move                      { return move{kind: back} }
func (l *scroll) down(e env) move                     { return l.by(e, 1) }
func (l *scroll) up(e env) move                       { return l.by(e, -1) }

// status says if there is more than fits.
func (l *scroll) status(e env) string {
	if l.top < len(l.lines(e))-e.height {
		return "↓ more"
	}
	return ""
}

func (l *scroll) by(e env, n int) move {
	l.top = min(max(l.top+n, 0), max(0, len(l.lines(e))-e.height))
	return move{}
}

func (l *scroll) view(e env) []string {
	_, margin := e.measure()
	lines := l.lines(e)
	top := min(l.top, max(0, len(lines)-e.height))
	return cell.Indent(lines[top:], margin)
}

func (l *scroll) lines(e env) []string {
	lines := append([]string{"", cell.Bold(l.name), ""}, l.text.lines(e, l.below)...)
	return append(lines, "")
}
