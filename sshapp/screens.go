package sshapp

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/phrase"
	"postern/sshapp/picture"
	"postern/sshapp/state"
	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// screens are the face of a session on a terminal with a cursor that can be moved: an App, and the terminal that shows it. The
// session's goroutine updates the App and shows its view, once for all keys that came together. A Bubble Tea program runs
// only while there is a command to run. Before the first key, and a few seconds after the last, only the small model and the
// lines that show are in memory: no page.
type screens struct {
	guard               // a panic in the App ends the session and not the server
	turn     *work.Turn // of the App
	app      *tui.App
	terminal *terminal.Terminal
	hasMore  func() // has refresh called soon
	size     terminal.Size
	released bool // and not used since

	asksOrder  bool      // it is to be asked whether it reorders right-to-left text, when there is such text and a key was pressed
	asked      time.Time // when the terminal was last asked something
	unanswered int       // how many questions may still be answered
}

func newScreens(c *channel, reader blog.Reader, app *tui.App) *screens {
	t := terminal.New(c, c.colors(), c.Getenv("TERM"))
	return &screens{turn: reader.Turn, app: app, terminal: t, hasMore: c.hasMore, asksOrder: !reader.Order.Known && terminal.MayAsk(c.Getenv("TERM"))}
}

// begin shows the first frame.
func (f *screens) begin(size terminal.Size) {
	f.resize(size)
	f.release()
}

// handle passes events to the App. Of answers of the terminal it takes note.
func (f *screens) handle(events []tea.Msg) {
	for _, event := range events {
		f.note(event)
	}
	f.update(events...)
	if f.asksOrder && f.terminal.ShowsRightToLeft() && !f.done() {
		f.asksOrder = false
		f.ask(terminal.AskVersion + terminal.AskModel)
	}
}

func (f *screens) note(answer tea.Msg) {
	switch answer := answer.(type) {
	case terminal.VersionMsg:
		f.unanswered = max(0, f.unanswered-1)
		f.terminal.Identify(answer)
		f.noteOrder(answer.ReordersText())
	case terminal.ModelMsg:
		f.unanswered = 0 // all terminals answer this, and each in the order that it was asked in
		f.noteOrder(answer.ReordersText())
	}
	p := f.app.Pictures()
	if p == nil { // nothing was asked for any
		return
	}
	switch answer := answer.(type) {
	case terminal.VersionMsg:
		p.Kitty.Answer(answer.KeepsPictures())
	case terminal.CellMsg:
		p.Cell = picture.Cell(answer)
	case terminal.AttributesMsg:
		f.unanswered = 0 // as for a ModelMsg
		p.Sixel.Answer(answer.DrawsSixels())
	}
}

func (f *screens) noteOrder(reorders, known bool) {
	if known {
		f.app.Order().Answer(reorders)
		f.asksOrder = false
	}
}

func (f *screens) resize(now terminal.Size) {
	f.size = now
	if p := f.app.Pictures(); p != nil && p.Cell != (picture.Cell{}) { // the cells that it has answered may be of another font
		p.Cell, p.Sixel = picture.Cell{}, picture.Capability{}
	}
	f.update(tui.ClientCellMsg(now.Cell()), tea.WindowSizeMsg{Width: now.Width, Height: now.Height})
}

// refresh shows pictures that have been drawn since they were asked for, and sends a piece of those that the terminal keeps. Keys
// are handled before the next piece.
func (f *screens) refresh() {
	if p := f.app.Pictures(); p != nil {
		f.send(p.Kitty.Next())
	}
	f.update(tui.PicturesMsg{})
}

func (f *screens) words() (l *phrase.Language) {
	defer func() { f.catch(recover()) }()
	return f.app.Words()
}

func (f *screens) notify(text string) { f.update(tui.NoticeMsg(text)) }

// update passes messages to the App and shows its view. It stops when the client has gone.
func (f *screens) update(msgs ...tea.Msg) {
	defer func() { f.catch(recover()) }()
	f.released = false
	var cmds []tea.Cmd
	for _, msg := range msgs {
		if f.turn.Gone() {
			return
		}
		_, cmd := f.app.Update(msg)
		if f.app.HasQuit() { // its command to quit is for a program that runs an App
			break
		}
		if cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	if !f.app.HasQuit() {
		v, frame := f.app.Frame()
		f.terminal.Reorder(f.app.Reorders())
		f.terminal.Show(v, frame, f.app.Raster(), f.size)
		f.drive()
	}
	if cmd := tea.Batch(cmds...); cmd != nil {
		runCommand(cmd, f.terminal)
	}
}

// drive goes on with pictures after a frame: what the terminal has to be asked for them, and what it keeps of them.
func (f *screens) drive() {
	p := f.app.Pictures()
	if p == nil {
		return
	}
	if p.Kitty.Ask() {
		f.ask(terminal.AskVersion)
	}
	if p.Sixel.Ask() {
		if !f.size.Cell().IsKnown() {
			f.send(terminal.AskCell)
		}
		f.ask(terminal.AskAttributes)
	}
	if p.Kitty.Pending() {
		f.hasMore()
	}
}

func (f *screens) ask(question string) {
	f.asked = time.Now()
	f.unanswered++
	f.send(question)
}

// send sends the terminal what isn't a part of a frame.
func (f *screens) send(s string) {
	if s != "" {
		_, _ = io.WriteString(f.terminal, s)
	}
}

func (f *screens) canRelease() bool { return !f.released }

func (f *screens) release() {
	f.app.DropCache()
	f.released = true
}

func (f *screens) done() bool     { return f.app.HasQuit() || f.failed != nil }
func (f *screens) failure() error { return f.failed }

func (f *screens) awaits() time.Time {
	if f.unanswered == 0 {
		return time.Time{}
	}
	return f.asked
}

func (f *screens) posts() []string { return f.app.Posts() }
func (f *screens) way() state.Way  { return state.Screens }

func (f *screens) reading() (post string, end bool) { return f.app.Reading() }

func (f *screens) leave(last string) {
	if p := f.app.Pictures(); p != nil && f.terminal.Entered() {
		f.send(p.Kitty.Delete())
	}
	f.terminal.Leave(last)
}
