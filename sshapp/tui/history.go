package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/cell"
)

// showHistory shows the publications, the newest first.
func (a *App) showHistory() tea.Cmd {
	if a.blog.Authoring.History == nil {
		a.notice = "This blog is served from a directory, so it has no history."
		return nil
	}
	lines, err := a.blog.Authoring.History()
	switch {
	case err != nil:
		a.notice = err.Error()
		return nil
	case len(lines) == 0:
		a.notice = "Nothing was published yet."
		return nil
	}
	return a.apply(opening(&pager{name: "What was published", below: a.top(), text: historyText(lines)}))
}

// historyText is the text of the history: a line for each publication.
type historyText []string

func (t historyText) lines(e env, _ screen) []string {
	measure, _ := e.measure()
	var lines []string
	for _, l := range t {
		lines = append(lines, cell.Wrap(l, measure)...)
	}
	return lines
}
