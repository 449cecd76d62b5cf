// Package termtest has what tests of screens share: a terminal in memory, and the names of keys.
package termtest

import (
	"fmt"
	"io"
	"strings"
	"sync"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// A Terminal is an emulator that is written to as a reader's terminal is. It is safe for concurrent use.
type Terminal struct {
	mu     sync.Mutex // guards what follows
	vt     *vt.Emulator
	title  string
	modes  map[ansi.Mode]bool
	writes int
	bytes  int
}

// New returns a terminal of a size in cells. Close ends the goroutine that drains its answers.
func New(width, height int) *Terminal {
	t := &Terminal{vt: vt.NewEmulator(width, height), modes: map[ansi.Mode]bool{ansi.ModeTextCursorEnable: true}}
	t.vt.SetCallbacks(vt.Callbacks{
		Title:       func(s string) { t.title = s },
		EnableMode:  func(m ansi.Mode) { t.modes[m] = true },
		DisableMode: func(m ansi.Mode) { t.modes[m] = false },
	})
	go io.Copy(io.Discard, t.vt) // the emulator blocks on an answer that nobody reads
	return t
}

// Close ends the draining of the terminal's answers; its screen can still be read. (The emulator's own Close races with
// a Read.)
func (t *Terminal) Close() error { return t.vt.InputPipe().(*io.PipeWriter).Close() }

// Write shows what a program sends.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.writes++
	t.bytes += len(p)
	return t.vt.Write(p)
}

// Bytes returns how many bytes were written so far.
func (t *Terminal) Bytes() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes
}

// Resize changes the terminal's size.
func (t *Terminal) Resize(width, height int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.vt.Resize(width, height)
}

// Text returns the screen as text, without blanks at the ends of lines.
func (t *Terminal) Text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(t.vt.String(), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \r")
	}
	return strings.Join(lines, "\n")
}

// Styled returns the screen as text with its styles and links, in which ␛ stands for the escape character.
func (t *Terminal) Styled() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.NewReplacer("\x1b", "␛", "\x07", "␇", "\r", "").Replace(t.vt.Render()), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}

// Cells returns the screen with all that can be seen of it: each cell's text, style and link.
func (t *Terminal) Cells() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for y := range t.vt.Height() {
		for x := range t.vt.Width() {
			c := t.vt.CellAt(x, y)
			if c == nil || c.Content == "" || c.Content == " " && blank(c) {
				b.WriteString("·")
				continue
			}
			b.WriteString(c.Content)
			if !c.Style.IsZero() || !c.Link.IsZero() {
				fmt.Fprintf(&b, "{%v %v}", c.Style.String(), c.Link.URL)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// blank reports whether a cell without text shows nothing either: what is bold or faint needs a character to show it.
func blank(c *uv.Cell) bool {
	const shown = uv.AttrReverse | uv.AttrStrikethrough | uv.AttrBlink
	return c.Style.Bg == nil && c.Style.Underline == uv.UnderlineNone && c.Style.Attrs&shown == 0 && c.Link.IsZero()
}

// Title returns the window's title.
func (t *Terminal) Title() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.title
}

// Mode reports whether a mode is on.
func (t *Terminal) Mode(m ansi.Mode) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.modes[m]
}

// CRLF adds to each line end the carriage return that a tty adds, or the server's side of one.
type CRLF struct{ io.Writer }

// Write implements [io.Writer].
func (w CRLF) Write(p []byte) (int, error) {
	_, err := io.WriteString(w.Writer, strings.ReplaceAll(string(p), "\n", "\r\n"))
	return len(p), err
}
