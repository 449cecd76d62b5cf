// Package terminal turns a reader's bytes into messages, and views into bytes for the reader's terminal.
package terminal

import (
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// A Size is a terminal's, in cells; 0×0 until the client has told one.
type Size struct{ Width, Height int }

// A Terminal is a reader's terminal while a session shows screens on it. It is not safe for concurrent use.
type Terminal struct {
	w            io.Writer
	profile      colorprofile.Profile
	synchronized bool // supports synchronized output, mode 2026: what stands between its marks is drawn at once
	entered      bool
	current      modes
	painter      painter
}

// XTWINOPS 22 and 23 save and restore the window's title; a terminal without them ignores both.
var (
	pushTitle = ansi.WindowOp(22, 0)
	popTitle  = ansi.WindowOp(23, 0)
)

// New returns the terminal that is reached by writing to w. Its capabilities follow from the environment's variables, each
// "NAME=value", and from the terminal's name.
func New(w io.Writer, env []string, name string) *Terminal {
	return &Terminal{w: w, profile: Profile(env), synchronized: synchronizes(name), painter: painter{regions: hasRegions(name)}}
}

// Profile returns the colours that the terminal can show.
func (t *Terminal) Profile() colorprofile.Profile { return t.profile }

// Entered reports whether a frame is on the terminal: Show was called, and Leave was not yet.
func (t *Terminal) Entered() bool { return t.entered }

// Write sends bytes as they are. They must leave the screen and the cursor alone.
func (t *Terminal) Write(p []byte) (int, error) { return t.w.Write(p) }

// Show shows a view on the terminal, whose size is now that, in one write of what differs from the view before. The first
// call takes the terminal: it saves the title and switches to the alternate screen. The write's error is dropped: a
// connection that has failed ends the session by itself.
func (t *Terminal) Show(v tea.View, now Size) {
	var s string
	if !t.entered {
		t.entered = true
		s = pushTitle + ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste
	}
	s += t.setModes(v) + t.inColors(t.painter.paint(v.Content, now))
	if s == "" {
		return
	}
	if t.synchronized {
		s = ansi.SetModeSynchronizedOutput + s + ansi.ResetModeSynchronizedOutput
	}
	_, _ = io.WriteString(t.w, s)
}

// inColors returns text in the colours that the terminal has.
func (t *Terminal) inColors(s string) string {
	var beyond string // what is in all sequences that the terminal can't show
	switch t.profile {
	case colorprofile.TrueColor:
		return s
	case colorprofile.ANSI256:
		beyond = "8;2;"
	case colorprofile.ANSI:
		beyond = "8;"
	}
	if !strings.Contains(s, beyond) {
		return s
	}
	var b strings.Builder
	_, _ = (&colorprofile.Writer{Forward: &b, Profile: t.profile}).Write([]byte(s))
	return b.String()
}

// Rest lets go of the view that the terminal shows, for a while without changes.
func (t *Terminal) Rest() { t.painter.rest() }

// Wake is called before the first change after a Rest. If v is the view that the terminal shows, the next one is drawn as a
// difference again; otherwise the next one is drawn whole.
func (t *Terminal) Wake(v tea.View) { t.painter.wake(v.Content) }

// Awake reports whether there is something to let go of.
func (t *Terminal) Awake() bool { return t.painter.shown != nil }

// Leave restores the terminal as it was before the first Show, and prints a last line if it is not empty. Where nothing was shown
// it does nothing.
func (t *Terminal) Leave(last string) {
	if !t.entered {
		return
	}
	t.entered = false
	s := t.setModes(tea.View{}) + ansi.ResetModeSynchronizedOutput + ansi.ResetModeBracketedPaste + ansi.ResetStyle +
		ansi.ResetModeAltScreenSaveCursor + popTitle + ansi.SetModeTextCursorEnable
	if last != "" {
		s += last + "\r\n"
	}
	_, _ = io.WriteString(t.w, s)
}
