package tui

import (
	tea "charm.land/bubbletea/v2"
)

// help shows every key of the screen below it, out of the bindings themselves.
type help struct {
	of  screen
	top int
}

var helpKeys = []binding{
	on((*help).down, "↓/j", "a line down", "down", "j", "ctrl+n", "space", "pgdown"),
	on((*help).up, "↑/k", "a line up", "up", "k", "ctrl+p", "b", "pgup"),
	on((*help).close, "?", "close the help", "?", "enter"),
}

func (h *help) keys() []binding                     { return helpKeys }
func (h *help) title(env) string                    { return "Keys" }
func (h *help) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (h *help) close(env) move                      { return move{kind: back} }
func (h *help) down(e env) move                     { return h.by(e, 1) }
func (h *help) up(e env) move                       { return h.by(e, -1) }

// status says that there is more than fits.
func (h *help) status(e env) string {
	if h.top < len(h.lines(e))-e.height {
		return "↓ more"
	}
	return ""
}

func (h *help) by(e env, n int) move {
	h.top = min(max(h.top+n, 0), max(0, len(h.lines(e))-e.height))
	return move{}
}

func (h *help) view(e env) []string {
	_, margin := e.measure()
	lines := h.lines(e)
	top := min(h.top, max(0, len(lines)-e.height))
	return indent(lines[top:], margin)
}

func (h *help) lines(e env) []string {
	lines := []string{"", bold("Keys"), ""}
	add := func(b binding) {
		lines = append(lines, b.Help().Key+pad(b.Help().Key, 8)+faint(b.Help().Desc))
	}
	for _, b := range h.of.keys() {
		add(b)
	}
	for _, b := range e.appKeys() {
		add(b.binding)
	}
	return append(lines, "")
}
