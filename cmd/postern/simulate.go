package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/tui"
)

// A simulation is another terminal than this one, on which preview shows a blog.
type simulation struct {
	width, height int  // 0 for those of this terminal
	plain         bool // without colours
	dumb          bool // nothing can be drawn on it
}

var sizePattern = regexp.MustCompile(`^(\d{1,4})x(\d{1,4})$`)

func parseSimulation(as string) (simulation, error) {
	switch as {
	case "":
		return simulation{dumb: os.Getenv("TERM") == "dumb"}, nil
	case "none":
		return simulation{plain: true}, nil
	case "dumb":
		return simulation{dumb: true}, nil
	}
	m := sizePattern.FindStringSubmatch(as)
	if m == nil {
		return simulation{}, usagef("--as %q is neither a size such as 60x20, nor none, nor dumb", as)
	}
	w, _ := strconv.Atoi(m[1])
	h, _ := strconv.Atoi(m[2])
	return simulation{width: w, height: h}, nil
}

// model returns the model that shows app on the simulated terminal.
func (s simulation) model(app *tui.App) tea.Model {
	if s.width == 0 {
		return app
	}
	app.Update(tea.WindowSizeMsg{Width: s.width, Height: s.height})
	return &framed{App: app, simulation: s}
}

// framed is an App at the top left of a larger terminal, with a line at its right and below it where there is room.
type framed struct {
	*tui.App
	simulation
	outer tea.WindowSizeMsg // of this terminal
}

// Update implements [tea.Model].
func (f *framed) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if window, ok := msg.(tea.WindowSizeMsg); ok {
		f.outer = window
		return f, nil
	}
	_, cmd := f.App.Update(msg)
	return f, cmd
}

// View implements [tea.Model].
func (f *framed) View() tea.View {
	v := f.App.View()
	if f.outer.Width < f.width || f.outer.Height < f.height {
		v.Content = fmt.Sprintf("%d×%d don't fit into\n%d×%d. Make this\nterminal larger, or\npress q.", f.width, f.height, f.outer.Width, f.outer.Height)
		return v
	}
	lines := strings.Split(v.Content, "\n")
	if f.outer.Width > f.width {
		for i, l := range lines {
			lines[i] = l + strings.Repeat(" ", max(0, f.width-ansi.StringWidthWc(l))) + "│"
		}
	}
	if f.outer.Height > f.height {
		lines = append(lines, strings.Repeat("─", f.width)+"┘")
	}
	v.Content = strings.Join(lines, "\n")
	return v
}
