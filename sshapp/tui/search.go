package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/bidi"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/lineedit"
)

// A searchScreen is a list that narrows while a query is typed.
type searchScreen struct{ list }

func newSearch() *searchScreen { return &searchScreen{list{query: &lineedit.Line{}}} }

var searchKeys = []binding{
	hintedIf((*searchScreen).hasPosts, bind((*searchScreen).open, "enter", "read", "enter")),
	hinted(bind(cursorDown, "↓", "next", "down", "ctrl+n", "tab")),
	bind(cursorUp, "↑", "previous", "up", "ctrl+p", "shift+tab"),
	bind(cursorPageDown, "PgDn", "a screen down", "pgdown", "ctrl+f"),
	bind(cursorPageUp, "PgUp", "a screen up", "pgup", "ctrl+b"),
}

func (s *searchScreen) keys() []binding    { return searchKeys }
func (s *searchScreen) title(e env) string { return e.words.Say("Search") }

func (s *searchScreen) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	if !s.query.Edit(msg) {
		return move{kind: pass}, nil
	}
	s.list = list{filter: blog.Filter{Query: s.query.Text}, query: s.query}
	return move{}, nil
}

func (s *searchScreen) status(e env) string {
	if s.query.Text == "" {
		return "#tag  @author  lang:es"
	}
	return e.words.Count(len(e.filtered(s.filter).Posts), "%d post", "%d posts")
}

// prompt returns a label, the end of the line that is typed, and a cursor that doesn't blink, in at most n cells. The cursor is to the
// left of right-to-left text, and the label to the left of both.
func prompt(label string, l *lineedit.Line, n int) string {
	text := l.Tail(max(0, n-cell.LineWidth(label)-1), cell.LineWidth) + cell.Reverse(" ")
	if cell.IsRightToLeft(l.Text) {
		text = bidi.LeftToRight + text + bidi.RightToLeft
	}
	return cell.Bold(label) + text
}
