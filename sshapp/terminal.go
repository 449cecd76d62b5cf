package sshapp

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// A terminal is the reader's, as long as the session shows screens on it. The session enters and leaves it, once each;
// the programs that come and go meanwhile only think that they do.
type terminal struct {
	w       io.Writer
	profile colorprofile.Profile // the colours that it has
	sync    bool                 // it is known to draw what stands between the marks of mode 2026 at once
	entered bool

	coloured bool // a theme has given it a foreground or a background
	mouse    bool // it has been asked for turns of the wheel
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

// Write takes what a program draws. Bubble Tea moves with a bare \n, as on a tty that adds the \r. What it writes to enter
// the alternate screen is taken out, and what it writes to leave, which is a write of its own, is withheld: the screen
// stays as it is.
func (t *terminal) Write(p []byte) (int, error) {
	n := len(p)
	if bytes.Contains(p, []byte(ansi.ResetModeAltScreenSaveCursor)) {
		return n, nil
	}
	p = bytes.Replace(p, []byte(ansi.SetModeAltScreenSaveCursor), nil, 1)
	t.coloured = t.coloured || bytes.Contains(p, []byte("\x1b]10;")) || bytes.Contains(p, []byte("\x1b]11;"))
	t.mouse = t.mouse || bytes.Contains(p, []byte(ansi.SetModeMouseExtSgr))
	if _, err := t.w.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return n, nil
}

// enter takes the terminal and shows a first frame on it, in one write.
func (t *terminal) enter(v tea.View) {
	var b strings.Builder
	if !t.entered {
		t.entered = true
		b.WriteString(pushTitle + ansi.SetModeAltScreenSaveCursor)
	}
	if v.ForegroundColor != nil {
		b.WriteString(ansi.SetForegroundColor(hex(v.ForegroundColor)))
	}
	if v.BackgroundColor != nil {
		b.WriteString(ansi.SetBackgroundColor(hex(v.BackgroundColor)))
	}
	t.coloured = v.ForegroundColor != nil || v.BackgroundColor != nil
	b.WriteString(ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste + ansi.SetWindowTitle(v.WindowTitle) +
		ansi.CursorHomePosition + ansi.EraseEntireScreen + strings.ReplaceAll(v.Content, "\n", "\r\n"))
	t.draw(b.String())
}

// patch shows a frame where another was, drawing only the lines that differ.
func (t *terminal) patch(before, after string) {
	was := strings.Split(before, "\n")
	var b strings.Builder
	for i, l := range strings.Split(after, "\n") {
		if i >= len(was) || was[i] != l {
			b.WriteString(ansi.CursorPosition(1, i+1) + l + ansi.EraseLineRight)
		}
	}
	t.draw(b.String())
}

// draw sends a piece of a frame. Nobody waits for it: a connection that has failed ends the session by itself.
func (t *terminal) draw(s string) {
	if t.sync {
		s = ansi.SetModeSynchronizedOutput + s + ansi.ResetModeSynchronizedOutput
	}
	_, _ = (&colorprofile.Writer{Forward: t.w, Profile: t.profile}).Write([]byte(s))
}

// leave gives the terminal back as it was, and says a last line on it, if there is one.
func (t *terminal) leave(last string) {
	if !t.entered {
		return
	}
	t.entered = false
	s := ""
	if t.coloured {
		s = ansi.ResetForegroundColor + ansi.ResetBackgroundColor
	}
	if t.mouse {
		s += ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr
	}
	s += ansi.ResetModeSynchronizedOutput + ansi.ResetModeBracketedPaste + ansi.ResetStyle +
		ansi.SetWindowTitle("") + ansi.ResetModeAltScreenSaveCursor + popTitle + ansi.SetModeTextCursorEnable
	if last != "" {
		s += last + "\r\n"
	}
	_, _ = io.WriteString(t.w, s)
}

// hex writes a colour as terminals are told it.
func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
