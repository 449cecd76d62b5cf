package main

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/tui"
)

// ordered is a model that shows an App, with right-to-left text in the order in which it is seen if the App says so.
type ordered struct {
	tea.Model
	app    *tui.App
	visual func(line string) string // see [terminal.VisualOn]
}

// Update implements [tea.Model].
func (o ordered) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := o.Model.Update(msg)
	return o, cmd
}

// View implements [tea.Model].
func (o ordered) View() tea.View {
	v := o.Model.View()
	if o.app.Reorders() {
		lines := strings.Split(v.Content, "\n")
		for i, l := range lines {
			lines[i] = o.visual(l)
		}
		v.Content = strings.Join(lines, "\n")
	}
	return v
}
