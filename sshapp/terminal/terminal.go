// Package terminal decodes the bytes of a reader's terminal into Bubble Tea's messages, and renders Bubble Tea's views as bytes
// for that terminal.
package terminal

import (
	"image"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/picture"
)

// A Size is the size of a terminal in cells. It is 0×0 until the client has told it.
type Size struct {
	Width, Height int
	Pixels        image.Point // of all cells together; zero if the client hasn't told it
}

// windowsPixels is what OpenSSH says on Windows, whatever the size of the window.
var windowsPixels = image.Pt(640, 480)

// Cell returns the size of a cell; zero if the client hasn't told it.
func (s Size) Cell() picture.Cell {
	if s.Width == 0 || s.Height == 0 || s.Pixels == windowsPixels {
		return picture.Cell{}
	}
	return picture.Cell{Width: s.Pixels.X / s.Width, Height: s.Pixels.Y / s.Height}
}

// A Terminal is a reader's terminal while a session shows screens on it. It is not safe for concurrent use.
type Terminal struct {
	w            io.Writer
	profile      colorprofile.Profile
	synchronized bool // the terminal supports synchronized output (mode 2026), so a frame never shows half
	entered      bool // see Entered
	explicit     bool // the terminal has been told not to reorder text
	current      modes
	renderer     renderer
	raster       uint64 // the fingerprint of the one that is shown; 0 for none
}

// XTWINOPS 22 and 23 save and restore the window's title; a terminal without them ignores both.
var (
	pushTitle = ansi.WindowOp(22, 0)
	popTitle  = ansi.WindowOp(23, 0)
)

// New returns the terminal that w writes to, with the colours that it can show. What else it can do follows from its name, that is
// TERM.
func New(w io.Writer, colors colorprofile.Profile, name string) *Terminal {
	return &Terminal{w: w, profile: Profile(colors), synchronized: synchronizes(name), renderer: renderer{scrollRegions: hasScrollRegions(name), visual: visualOn(name)}}
}

// Profile returns the colours that the terminal can show.
func (t *Terminal) Profile() colorprofile.Profile { return t.profile }

// Entered reports whether the terminal is in use: Show was called, and Leave was not called after it.
func (t *Terminal) Entered() bool { return t.entered }

// Write sends bytes as they are. They must not change the screen or move the cursor.
func (t *Terminal) Write(p []byte) (int, error) { return t.w.Write(p) }

// Show shows lines, and sets the modes of a view whose content they are, on the terminal, which has the given size. A raster is
// drawn over them. It sends what differs from the lines before, in one write. The first call saves the title and switches to the
// alternate screen. An error of the write is ignored, since a connection that fails ends its session. The caller must not change
// the lines later.
func (t *Terminal) Show(v tea.View, lines []string, raster picture.Raster, size Size) {
	var s string
	if !t.entered {
		t.entered = true
		s = pushTitle + ansi.SetModeAltScreenSaveCursor + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste
	}
	s += t.setModes(v) + t.orderMode(t.renderer.reorders)
	changed := t.changeRaster(raster)
	frame, whole := t.renderer.render(lines, size)
	frame = t.inColors(frame)
	pixels := ""
	if changed || whole {
		pixels = drawRaster(raster)
	}
	n := len(s) + len(frame) + len(pixels)
	if n == 0 {
		return
	}
	begin, end := "", ""
	if t.synchronized {
		begin, end = ansi.SetModeSynchronizedOutput, ansi.ResetModeSynchronizedOutput
	}
	all := make([]byte, 0, len(begin)+n+len(end))
	for _, part := range [...]string{begin, s, frame, pixels, end} {
		all = append(all, part...)
	}
	_, _ = t.w.Write(all)
}

// inColors replaces the colours in s by the nearest that the terminal can show.
func (t *Terminal) inColors(s string) string {
	var unsupported string // a part of every sequence that the terminal can't show
	switch t.profile {
	case colorprofile.TrueColor:
		return s
	case colorprofile.ANSI256:
		unsupported = "8;2;"
	case colorprofile.ANSI:
		unsupported = "8;"
	}
	if !strings.Contains(s, unsupported) {
		return s
	}
	var b strings.Builder
	_, _ = (&colorprofile.Writer{Forward: &b, Profile: t.profile}).Write([]byte(s))
	return b.String()
}

// Leave restores the terminal as it was before the first Show, and then prints a last line, unless that is empty. Before the
// first Show it does nothing. A Show after it begins anew.
func (t *Terminal) Leave(last string) {
	if !t.entered {
		return
	}
	t.entered, t.raster = false, 0
	t.renderer.forget()
	s := t.setModes(tea.View{}) + t.orderMode(false) + ansi.ResetModeSynchronizedOutput + ansi.ResetModeBracketedPaste + ansi.ResetStyle +
		ansi.ResetModeAltScreenSaveCursor + popTitle + ansi.SetModeTextCursorEnable
	if last != "" {
		s += last + "\r\n"
	}
	_, _ = io.WriteString(t.w, s)
}
