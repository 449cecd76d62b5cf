// Package terminal turns a reader's bytes into messages, and views into bytes for the reader's terminal.
package terminal

import (
	"io"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// A Size is a terminal's, in cells; 0×0 until the client has told one.
type Size struct{ Width, Height int }

// A Terminal is a reader's terminal while a session shows screens on it. A session calls Enter and Leave once each; programs
// come and go in between. Write is safe for concurrent use with all other methods; those are not with each other.
type Terminal struct {
	profile      colorprofile.Profile
	synchronized bool // supports synchronized output, mode 2026: what stands between its marks is drawn at once
	entered      bool
	current      modes

	mu sync.Mutex // held while w is written to: a frame and a copy to the clipboard must not mix
	w  io.Writer
}

// XTWINOPS 22 and 23 save and restore the window's title; a terminal without them ignores both.
var (
	pushTitle = ansi.WindowOp(22, 0)
	popTitle  = ansi.WindowOp(23, 0)
)

// New returns the terminal that is reached by writing to w. Its capabilities follow from the environment's variables, each
// "NAME=value", and from the terminal's name.
func New(w io.Writer, env []string, name string) *Terminal {
	return &Terminal{w: w, profile: Profile(env), synchronized: synchronizes(name)}
}

// Profile returns the colours that the terminal can show.
func (t *Terminal) Profile() colorprofile.Profile { return t.profile }

// Entered reports whether a frame is on the terminal: Enter was called, and Leave was not yet.
func (t *Terminal) Entered() bool { return t.entered }

// Write sends bytes as they are. An error means that the connection has failed.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.w.Write(p)
}

// Enter switches to the alternate screen, saves the title, and shows a first frame, all in one write.
func (t *Terminal) Enter(v tea.View) {
	t.entered = true
	converted := &strings.Builder{}
	_, _ = (&colorprofile.Writer{Forward: converted, Profile: t.profile}).Write([]byte(v.Content))
	t.draw(pushTitle + ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste +
		t.setModes(v) + ansi.CursorHomePosition + ansi.EraseEntireScreen + strings.ReplaceAll(converted.String(), "\n", "\r\n"))
}

// Patch replaces the frame before by the frame after. It draws only the lines that differ, and needs no painter.
func (t *Terminal) Patch(before, after string) {
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

// Leave restores the terminal as it was before Enter, and prints a last line if it is not empty. Without Enter it does nothing.
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
	_, _ = io.WriteString(t, s)
}

// draw sends a piece of a frame. Its error is dropped: a connection that has failed ends the session by itself.
func (t *Terminal) draw(s string) {
	if t.synchronized {
		s = ansi.SetModeSynchronizedOutput + s + ansi.ResetModeSynchronizedOutput
	}
	_, _ = io.WriteString(t, s)
}
