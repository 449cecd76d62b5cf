package sshapp

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/admission/work"
	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// screens are the face of a session on a terminal with a cursor that can be moved: an App, and the terminal that shows it. The
// session's goroutine updates the App and shows its view, once for all keys that came together. A Bubble Tea program runs
// only while there is a command to run. Before the first key, and a few seconds after the last, only the small model is in
// memory: no page and no frame.
type screens struct {
	guard               // a panic in the App ends the session and not the server
	turn     *work.Turn // of the App
	app      *tui.App
	terminal *terminal.Terminal
	size     terminal.Size
}

func newScreens(c *channel, turn *work.Turn, app *tui.App) *screens {
	return &screens{turn: turn, app: app, terminal: terminal.New(c, c.Environ(), c.Getenv("TERM"))}
}

// begin shows the first frame.
func (f *screens) begin(size terminal.Size) {
	f.resize(size)
	f.release()
}

// handle passes events to the App.
func (f *screens) handle(events []tea.Msg) { f.update(events...) }

func (f *screens) resize(now terminal.Size) {
	f.size = now
	f.update(tui.CellMsg(now.Cell()), tea.WindowSizeMsg{Width: now.Width, Height: now.Height})
}

// refresh shows pictures that have been drawn since they were asked for.
func (f *screens) refresh() { f.update(tui.PicturesMsg{}) }

func (f *screens) notify(text string) { f.update(tui.NoticeMsg(text)) }

// update passes messages to the App and shows its view. It stops when the client has gone.
func (f *screens) update(msgs ...tea.Msg) {
	defer func() { f.catch(recover()) }()
	if f.terminal.Entered() && !f.terminal.HoldsFrame() {
		_, frame := f.app.Frame()
		f.terminal.RestoreFrame(frame)
	}
	var cmds []tea.Cmd
	for _, msg := range msgs {
		if f.turn.Gone() {
			return
		}
		_, cmd := f.app.Update(msg)
		if f.app.HasQuit() { // its command to quit is for a program that runs an App
			break
		}
		cmds = append(cmds, cmd)
	}
	if !f.app.HasQuit() {
		v, frame := f.app.Frame()
		f.terminal.Show(v, frame, f.size)
	}
	if cmd := tea.Batch(cmds...); cmd != nil {
		runCommand(cmd, f.terminal)
	}
}

func (f *screens) holdsFrame() bool { return f.terminal.HoldsFrame() }

func (f *screens) release() {
	f.terminal.ReleaseFrame()
	f.app.DropCache()
}

func (f *screens) done() bool        { return f.app.HasQuit() || f.failed != nil }
func (f *screens) failure() error    { return f.failed }
func (f *screens) leave(last string) { f.terminal.Leave(last) }
func (f *screens) posts() []string   { return f.app.Posts() }
