package terminal

import (
	"fmt"
	"image/color"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// modes are what a view sets on a terminal beside the text.
type modes struct {
	title                  string
	foreground, background color.Color // nil for the terminal's own
	mouse                  tea.MouseMode
}

// setModes returns the sequences that change the terminal's modes to those of a view; empty if they are the same.
func (t *Terminal) setModes(v tea.View) string {
	want := modes{title: v.WindowTitle, foreground: v.ForegroundColor, background: v.BackgroundColor, mouse: v.MouseMode}
	old := t.current
	if want == old {
		return ""
	}
	t.current = want
	var b strings.Builder
	if want.title != old.title {
		b.WriteString(ansi.SetWindowTitle(want.title))
	}
	if want.foreground != old.foreground {
		b.WriteString(setColor(want.foreground, ansi.SetForegroundColor, ansi.ResetForegroundColor))
	}
	if want.background != old.background {
		b.WriteString(setColor(want.background, ansi.SetBackgroundColor, ansi.ResetBackgroundColor))
	}
	if want.mouse != old.mouse {
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

// setMouse returns the sequences that turn reports of clicks and of the wheel on or off. Their SGR encoding has no limit of
// columns.
func setMouse(m tea.MouseMode) string {
	if m == tea.MouseModeNone {
		return ansi.ResetModeMouseNormal + ansi.ResetModeMouseExtSgr
	}
	return ansi.SetModeMouseNormal + ansi.SetModeMouseExtSgr
}
