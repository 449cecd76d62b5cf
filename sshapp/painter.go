package sshapp

import (
	"bytes"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A painter draws an awake session's views, sending only what differs from the one before. It is the engine of Bubble
// Tea's own renderer, driven by us: that one draws 8 ms after a key at the earliest, by a ticker, in a goroutine in which a
// panic ends the process. Here a frame is drawn where the model is updated, at once, once for all keys that came together,
// and under its guard.
//
// It holds two buffers of cells, so it lives only as long as the session is awake.
type painter struct {
	terminal *terminal
	engine   *uv.TerminalRenderer
	out      bytes.Buffer // what the engine writes
	cells    uv.ScreenBuffer
	size     size
	shown    string // the content of the last frame
}

func newPainter(t *terminal, env []string) *painter {
	p := &painter{terminal: t}
	p.engine = uv.NewTerminalRenderer(&p.out, env)
	p.engine.SetColorProfile(t.profile)
	p.engine.SetFullscreen(true)
	p.engine.SetRelativeCursor(false)
	p.engine.SetScrollOptim(true)
	p.engine.SetTabStops(-1) // no tabs: where a reader's stops are is not known
	p.engine.Erase()
	return p
}

// prime takes a view as the one that the terminal shows already, so that the next is drawn as a difference.
func (p *painter) prime(v tea.View, now size) {
	p.draw(v.Content, now)
	p.out.Reset()
	p.out.WriteString(ansi.CursorHomePosition) // where the cursor is isn't known
	p.engine.SetPosition(0, 0)
}

// paint shows a view on a terminal of a size. Nobody waits for it: a connection that has failed ends the session by itself.
func (p *painter) paint(v tea.View, now size) {
	modes := p.terminal.modes(v)
	home := p.out.Len()
	if v.Content != p.shown || now != p.size {
		p.draw(v.Content, now)
	}
	if p.out.Len() == home && modes == "" {
		return
	}
	p.terminal.draw(modes + p.out.String())
	p.out.Reset()
}

// draw leaves in out what makes the terminal show a frame.
func (p *painter) draw(content string, now size) {
	if now != p.size {
		p.size = now
		p.cells = uv.NewScreenBuffer(now.width, now.height)
		p.engine.Resize(now.width, now.height)
		p.engine.Erase() // a terminal moves what it shows when its size changes
	}
	p.shown = content
	p.cells.Clear()
	uv.NewStyledString(content).Draw(p.cells, p.cells.Bounds())
	p.engine.Render(p.cells.RenderBuffer)
	_ = p.engine.Flush() // to out, which takes all
}
