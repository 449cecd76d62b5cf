package sshapp

import (
	"fmt"
	"image/color"
	"io"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// A terminal is the reader's, as long as the session shows screens on it. The session enters and leaves it, once each,
// whatever programs come and go meanwhile.
type terminal struct {
	profile colorprofile.Profile // the colours that it has
	sync    bool                 // it is known to draw what stands between the marks of mode 2026 at once
	entered bool
	set     modes

	mu sync.Mutex // held while w is written to: a frame and a copy to the clipboard must not mix
	w  io.Writer
}

// modes are what a view asks of a terminal beside its content.
type modes struct {
	title  string
	fg, bg color.Color
	mouse  tea.MouseMode
}

// XTWINOPS 22 and 23 save and restore the window's title; a terminal without them ignores both.
var (
	pushTitle = ansi.WindowOp(22, 0)
	popTitle  = ansi.WindowOp(23, 0)
)

// newTerminal returns the terminal that an environment describes. One that is called dumb is taken at its word in its
// colours alone.
func newTerminal(w io.Writer, env []string, name string) *terminal {
	return &terminal{w: w, profile: max(colorprofile.Env(env), colorprofile.ASCII), sync: synchronizes(name)}
}

// synchronizes reports whether terminals of this name have mode 2026. Asking would cost a round trip, and the answer
// would wake every session at its start.
func synchronizes(name string) bool {
	for _, known := range []string{"ghostty", "wezterm", "alacritty", "kitty", "rio", "foot", "contour"} {
		if strings.Contains(name, known) {
			return true
		}
	}
	return false
}

// Write sends bytes as they are.
func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.w.Write(p)
}

// enter takes the terminal and shows a first frame on it, in one write.
func (t *terminal) enter(v tea.View) {
	t.entered = true
	converted := &strings.Builder{}
	_, _ = (&colorprofile.Writer{Forward: converted, Profile: t.profile}).Write([]byte(v.Content))
	t.draw(pushTitle + ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste +
		t.modes(v) + ansi.CursorHomePosition + ansi.EraseEntireScreen + strings.ReplaceAll(converted.String(), "\n", "\r\n"))
}

// patch shows a frame where another was, drawing only the lines that differ.
func (t *terminal) patch(before, after string) {
	was := strings.Split(before, "\n")
	var b strings.Builder
	w := &colorprofile.Writer{Forward: &b, Profile: t.profile}
	for i, l := range strings.Split(after, "\n") {
		if i >= len(was) || was[i] != l {
			_, _ = io.WriteString(w, ansi.CursorPosition(1, i+1)+l+ansi.EraseLineRight)
		}
	}
	t.draw(b.String())
}

// draw sends a piece of a frame.
func (t *terminal) draw(s string) {
	if t.sync {
		s = ansi.SetModeSynchronizedOutput + s + ansi.ResetModeSynchronizedOutput
	}
	_, _ = io.WriteString(t, s)
}

// modes returns what brings the terminal to what a view asks for beside its content.
func (t *terminal) modes(v tea.View) string {
	want := modes{title: v.WindowTitle, fg: v.ForegroundColor, bg: v.BackgroundColor, mouse: v.MouseMode}
	was := t.set
	if want == was {
		return ""
	}
	t.set = want
	var b strings.Builder
	if want.title != was.title {
		b.WriteString(ansi.SetWindowTitle(want.title))
	}
	if want.fg != was.fg {
		b.WriteString(recolour(want.fg, ansi.SetForegroundColor, ansi.ResetForegroundColor))
	}
	if want.bg != was.bg {
		b.WriteString(recolour(want.bg, ansi.SetBackgroundColor, ansi.ResetBackgroundColor))
	}
	if want.mouse != was.mouse {
		b.WriteString(mouse(want.mouse))
	}
	return b.String()
}

func recolour(c color.Color, set func(string) string, reset string) string {
	if c == nil {
		return reset
	}
	r, g, b, _ := c.RGBA()
	return set(fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8))
}

// mouse turns reports of the mouse on or off: clicks and the wheel, in the form that has no bound (SGR).
func mouse(m tea.MouseMode) string {
	if m == tea.MouseModeNone {
		return ansi.ResetModeMouseNormal + ansi.ResetModeMouseExtSgr
	}
	return ansi.SetModeMouseNormal + ansi.SetModeMouseExtSgr
}

// leave gives the terminal back as it was, and says a last line on it, if there is one.
func (t *terminal) leave(last string) {
	if !t.entered {
		return
	}
	t.entered = false
	s := t.modes(tea.View{}) + ansi.ResetModeSynchronizedOutput + ansi.ResetModeBracketedPaste + ansi.ResetStyle +
		ansi.ResetModeAltScreenSaveCursor + popTitle + ansi.SetModeTextCursorEnable
	if last != "" {
		s += last + "\r\n"
	}
	_, _ = io.WriteString(t, s)
}
