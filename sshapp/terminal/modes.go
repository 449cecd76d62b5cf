package terminal

import (
	"fmt"
	"image/color"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// modes are what a view sets on a terminal beside its content.
type modes struct {
	title                  string
	foreground, background color.Color // nil for the terminal's own
	mouse                  tea.MouseMode
}

// setModes returns the sequences that change the terminal's modes to those of a view: empty if they are set already.
func (t *Terminal) setModes(v tea.View) string {
	want := modes{title: v.WindowTitle, foreground: v.ForegroundColor, background: v.BackgroundColor, mouse: v.MouseMode}
	was := t.current
	if want == was {
		return ""
	}
	t.current = want
	var b strings.Builder
	if want.title != was.title {
		b.WriteString(ansi.SetWindowTitle(want.title))
	}
	if want.foreground != was.foreground {
		b.WriteString(setColor(want.foreground, ansi.SetForegroundColor, ansi.ResetForegroundColor))
	}
	if want.background != was.background {
		b.WriteString(setColor(want.background, ansi.SetBackgroundColor, ansi.ResetBackgroundColor))
	}
	if want.mouse != was.mouse {
		b.WriteString(setMouse(want.mouse))
	}
	return b.String()
}

func setColor(c color.Color, set func(string) string, reset string) string {
	if c == nil {
		return reset
	}
	r, g, b, _ := c.RGBA()
	return set(fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8))
}

// setMouse turns the mouse's reports on or off: clicks and the wheel, in SGR's encoding, which has no limit of columns.
func setMouse(m tea.MouseMode) string {
	if m == tea.MouseModeNone {
		return ansi.ResetModeMouseNormal + ansi.ResetModeMouseExtSgr
	}
	return ansi.SetModeMouseNormal + ansi.SetModeMouseExtSgr
}
