package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/lineedit"
)

// search is a list that is narrowed while a query is typed.
type search struct{ list }

func newSearch() *search { return &search{list{query: &lineedit.Line{}}} }

var searchKeys = []binding{
	hinted(bind((*search).open, "enter", "read", "enter")),
	hinted(bind((*search).down, "↓", "next", "down", "ctrl+n", "tab")),
	bind((*search).up, "↑", "previous", "up", "ctrl+p", "shift+tab"),
	bind((*search).pageDown, "PgDn", "a screen down", "pgdown", "ctrl+f"),
	bind((*search).pageUp, "PgUp", "a screen up", "pgup", "ctrl+b"),
}

func (s *search) keys() []binding     { return searchKeys }
func (s *search) title(env) string    { return "Search" }
func (s *search) open(e env) move     { return s.list.open(e) }
func (s *search) down(e env) move     { return s.by(e, 1) }
func (s *search) up(e env) move       { return s.by(e, -1) }
func (s *search) pageDown(e env) move { return s.by(e, s.screenful(e)) }
func (s *search) pageUp(e env) move   { return s.by(e, -s.screenful(e)) }

func (s *search) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	if !s.query.Edit(msg) {
		return move{kind: pass}, nil
	}
	s.list = list{filter: filter{query: s.query.Text}, query: s.query}
	return move{}, nil
}

func (s *search) status(e env) string {
	switch n := len(e.rows(s.filter).posts); {
	case s.query.Text == "":
		return ""
	case n == 1:
		return "1 post"
	default:
		return fmt.Sprintf("%d posts", n)
	}
}
