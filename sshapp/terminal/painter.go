package terminal

import (
	"bytes"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A Painter draws an awake session's views, and sends only what differs from the view before. It drives the engine of Bubble
// Tea's renderer. That renderer itself draws 8 ms after a key at the earliest, by a ticker, in a goroutine in which a panic
// ends the process. Here a frame is drawn at once, where the model is updated, once for all keys that came together, and a
// panic ends one session.
//
// It holds two buffers of cells, so it lives only while the session is awake. It is not safe for concurrent use.
type Painter struct {
	terminal *Terminal
	engine   *uv.TerminalRenderer
	out      bytes.Buffer // what the engine writes
	cells    uv.ScreenBuffer
	size     Size
	shown    string // the content of the last frame
}

// NewPainter returns a painter of an entered terminal. The environment's variables, each "NAME=value", tell it which sequences
// the terminal knows.
func NewPainter(t *Terminal, env []string) *Painter {
	p := &Painter{terminal: t}
	p.engine = uv.NewTerminalRenderer(&p.out, env)
	p.engine.SetColorProfile(t.profile)
	p.engine.SetFullscreen(true)
	p.engine.SetRelativeCursor(false)
	p.engine.SetScrollOptim(true)
	p.engine.SetTabStops(-1) // no tabs: the reader's tab stops are unknown
	p.engine.Erase()
	return p
}

// Prime tells the painter that the terminal shows a view already, so that only what differs from it is drawn next.
func (p *Painter) Prime(v tea.View, now Size) {
	p.draw(v.Content, now)
	p.out.Reset()
	p.out.WriteString(ansi.CursorHomePosition) // the cursor's position is unknown
	p.engine.SetPosition(0, 0)
}

// Paint shows a view on the terminal, whose size is now that. It sends nothing when nothing differs.
func (p *Painter) Paint(v tea.View, now Size) {
	changes := p.terminal.setModes(v)
	home := p.out.Len()
	if v.Content != p.shown || now != p.size {
		p.draw(v.Content, now)
	}
	if p.out.Len() == home && changes == "" {
		return
	}
	p.terminal.draw(changes + p.out.String())
	p.out.Reset()
}

// draw writes to out what makes the terminal show a frame.
func (p *Painter) draw(content string, now Size) {
	if now != p.size {
		p.size = now
		p.cells = uv.NewScreenBuffer(now.Width, now.Height)
		p.engine.Resize(now.Width, now.Height)
		p.engine.Erase() // a terminal moves what it shows when its size changes
	}
	p.shown = content
	p.cells.Clear()
	uv.NewStyledString(content).Draw(p.cells, p.cells.Bounds())
	p.engine.Render(p.cells.RenderBuffer)
	_ = p.engine.Flush() // to out, whose Write never fails
}

// Content returns the content of the view that the terminal shows.
func (p *Painter) Content() string { return p.shown }
