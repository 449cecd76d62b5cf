package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/lineedit"
)

// A searchScreen is a list that is narrowed while a query is typed.
type searchScreen struct{ list }

func newSearch() *searchScreen { return &searchScreen{list{query: &lineedit.Line{}}} }

var searchKeys = []binding{
	hinted(bind((*searchScreen).open, "enter", "read", "enter")),
	hinted(bind((*searchScreen).down, "↓", "next", "down", "ctrl+n", "tab")),
	bind((*searchScreen).up, "↑", "previous", "up", "ctrl+p", "shift+tab"),
	bind((*searchScreen).pageDown, "PgDn", "a screen down", "pgdown", "ctrl+f"),
	bind((*searchScreen).pageUp, "PgUp", "a screen up", "pgup", "ctrl+b"),
}

func (s *searchScreen) keys() []binding     { return searchKeys }
func (s *searchScreen) title(env) string    { return "Search" }
func (s *searchScreen) open(e env) move     { return s.list.open(e) }
func (s *searchScreen) down(e env) move     { return s.by(e, 1) }
func (s *searchScreen) up(e env) move       { return s.by(e, -1) }
func (s *searchScreen) pageDown(e env) move { return s.by(e, s.screenful(e)) }
func (s *searchScreen) pageUp(e env) move   { return s.by(e, -s.screenful(e)) }

func (s *searchScreen) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	if !s.query.Edit(msg) {
		return move{kind: pass}, nil
	}
	s.list = list{filter: filter{query: s.query.Text}, query: s.query}
	return move{}, nil
}

func (s *searchScreen) status(e env) string {
	switch n := len(e.rows(s.filter).posts); {
	case s.query.Text == "":
		return ""
	case n == 1:
		return "1 post"
	default:
		return fmt.Sprintf("%d posts", n)
	}
}
