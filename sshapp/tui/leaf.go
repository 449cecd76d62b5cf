package tui

import (
	tea "charm.land/bubbletea/v2"
)

// leaf is something about the screen below it to scroll, such as its help.
type leaf struct {
	name  string
	below screen
	text  interface{ lines(env, screen) []string }
	top   int
}

var leafKeys = []binding{
	on((*leaf).down, "↓/j", "a line down", "down", "j", "ctrl+n", "space", "pgdown"),
	on((*leaf).up, "↑/k", "a line up", "up", "k", "ctrl+p", "b", "pgup"),
	on((*leaf).close, "enter", "close this", "enter", "?", "!"),
}

func (l *leaf) keys() []binding                     { return leafKeys }
func (l *leaf) title(env) string                    { return l.name }
func (l *leaf) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (l *leaf) close(env) move                      { return move{kind: back} }
func (l *leaf) down(e env) move                     { return l.by(e, 1) }
func (l *leaf) up(e env) move                       { return l.by(e, -1) }

// status says that there is more than fits.
func (l *leaf) status(e env) string {
	if l.top < len(l.lines(e))-e.height {
		return "↓ more"
	}
	return ""
}

func (l *leaf) by(e env, n int) move {
	l.top = min(max(l.top+n, 0), max(0, len(l.lines(e))-e.height))
	return move{}
}

func (l *leaf) view(e env) []string {
	_, margin := e.measure()
	lines := l.lines(e)
	top := min(l.top, max(0, len(lines)-e.height))
	return indent(lines[top:], margin)
}

func (l *leaf) lines(e env) []string {
	lines := append([]string{"", bold(l.name), ""}, l.text.lines(e, l.below)...)
	return append(lines, "")
}
