package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// showHistory shows what was published.
func (a *App) showHistory() tea.Cmd {
	if a.blog.Authoring.History == nil {
		a.notice = "This blog is served from a directory, so it has no history."
		return nil
	}
	all, err := a.blog.Authoring.History()
	switch {
	case err != nil:
		a.notice = err.Error()
		return nil
	case len(all) == 0:
		a.notice = "Nothing was published yet."
		return nil
	}
	if h, ok := a.top().(*history); ok {
		h.all = all
		return nil
	}
	return a.apply(opening(&history{all: all}))
}

// history lists the publications as they were when it was opened, the newest first.
type history struct {
	menu
	all []blog.Publication
}

var historyKeys = slices.Concat([]binding{hinted(bind((*history).open, "enter", "open", "enter", "right", "l"))}, menuKeys)

func (h *history) keys() []binding          { return historyKeys }
func (h *history) title(env) string         { return "What was published" }
func (h *history) moveBy(e env, n int) move { return h.menu.moveBy(e, n, len(h.all)) }
func (h *history) status(env) string        { return h.menu.status(len(h.all)) }

func (h *history) open(e env) move {
	_, cursor := h.window(e, len(h.all))
	return opening(&pager{name: "What has changed", below: h, text: publicationText(h.all[cursor])})
}

func (h *history) view(e env) []string {
	return h.menu.view(e, h.title(e), e.width, len(h.all), func(i int) (name, facts string) { return h.all[i].Summary, "" })
}

// publicationText is the text about a publication.
type publicationText blog.Publication

func (t publicationText) lines(e env, _ screen) []string {
	measure, _ := e.measure()
	var lines []string
	for _, part := range [][]string{{t.Summary}, t.Changes, t.Next} {
		for _, l := range part {
			lines = append(lines, cell.Wrap(l, measure)...)
		}
		lines = append(lines, "")
	}
	return lines
}
