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

// A glass is what a blog is looked at through: another terminal than this one.
type glass struct {
	width, height int  // 0 for those of this terminal
	plain         bool // without colours
	dumb          bool // nothing can be drawn on it
}

var sizeOf = regexp.MustCompile(`^(\d{1,4})x(\d{1,4})$`)

func parseGlass(s string) (glass, error) {
	switch s {
	case "":
		return glass{dumb: os.Getenv("TERM") == "dumb"}, nil
	case "none":
		return glass{plain: true}, nil
	case "dumb":
		return glass{dumb: true}, nil
	}
	m := sizeOf.FindStringSubmatch(s)
	if m == nil {
		return glass{}, fmt.Errorf("--as %q is neither a size such as 60x20, nor none, nor dumb", s)
	}
	w, _ := strconv.Atoi(m[1])
	h, _ := strconv.Atoi(m[2])
	return glass{width: w, height: h}, nil
}

// over returns what shows an App through the glass.
func (g glass) over(app *tui.App) tea.Model {
	if g.width == 0 {
		return app
	}
	app.Update(tea.WindowSizeMsg{Width: g.width, Height: g.height})
	return &framed{App: app, glass: g}
}

// framed is an App at the top left of a larger terminal, with a line around it where there is room.
type framed struct {
	*tui.App
	glass
	outer tea.WindowSizeMsg
}

// Update implements [tea.Model].
func (f *framed) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		f.outer = size
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
