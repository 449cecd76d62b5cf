package sshapp

import (
	"hash/maphash"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// screens are the face of a session on a terminal that can be drawn on. They are awake while a program runs: a [tea.Program]
// on the session's model, started by an event or a resize. Asleep there is a small model and nothing else: no program, no
// page and no buffer. They start asleep, the first frame being the model's view, written straight to the channel, and the
// last frame of a program that is ended stays on the screen.
type screens struct {
	session  *session
	model    *model
	terminal *terminal.Terminal
	program  *program // nil asleep
	frame    uint64   // a hash of the frame that the terminal shows; 0 if it isn't known
}

func newScreens(s *session, app *tui.App) *screens {
	c := s.channel
	return &screens{session: s, model: &model{app: app}, terminal: terminal.New(c, c.Environ(), c.Getenv("TERM"))}
}

// begin does nothing: the terminal's size comes first.
func (f *screens) begin() {}

// hear hands events to the program. A terminal that has not told its size sees nothing, but can be left.
func (f *screens) hear(events typed) {
	if f.terminal.Entered() {
		f.send(events)
		return
	}
	f.model.Update(events)
}

// send hands a message to the program, and wakes the session for it.
func (f *screens) send(msg tea.Msg) {
	f.session.server.awake.touch(f.session, f.session.channel.Size())
	f.wake()
	f.program.Send(msg)
}

// wake starts a program where there is none. If the terminal still shows what the model does, only what changes from there
// on is drawn.
func (f *screens) wake() {
	if f.program != nil {
		return
	}
	env := f.session.channel.Environ()
	f.model.painter = terminal.NewPainter(f.terminal, env)
	if v := f.model.view(); f.frame != 0 && fingerprint(v.Content) == f.frame {
		f.model.painter.Prime(v, f.model.size)
	}
	f.program = start(f.model, f.terminal, env)
}

var seed = maphash.MakeSeed()

// fingerprint tells frames apart, so that a session asleep need not keep its own.
func fingerprint(frame string) uint64 { return maphash.String(seed, frame) | 1 }

// awake reports whether a program runs.
func (f *screens) awake() bool { return f.program != nil }

// sleep ends the program where there is one.
func (f *screens) sleep() {
	if f.program == nil {
		return
	}
	f.program.end()
	f.program = nil
	f.frame = fingerprint(f.model.painter.Content())
	f.model.painter = nil
	f.session.server.awake.remove(f.session)
	f.model.app.Rest()
}

// resize shows the first frame as soon as there is a size, and tells the program of any other.
func (f *screens) resize(now terminal.Size) {
	if f.terminal.Entered() {
		f.frame = 0 // a terminal moves what it shows when its size changes
		f.send(sized(now))
		return
	}
	f.model.Update(sized(now))
	v := f.model.view()
	f.terminal.Enter(v)
	f.frame = fingerprint(v.Content)
}

// notify shows the reader a line without waking the session.
func (f *screens) notify(text string) {
	if f.program != nil {
		f.program.Send(tui.NoticeMsg(text))
		return
	}
	before := f.model.view().Content
	f.model.Update(tui.NoticeMsg(text))
	if !f.terminal.Entered() {
		return
	}
	after := f.model.view().Content
	f.terminal.Patch(before, after)
	if f.frame == fingerprint(before) {
		f.frame = fingerprint(after)
	}
	f.model.app.Rest()
}

// done is closed when the program has ended by itself; asleep, never.
func (f *screens) done() <-chan struct{} {
	if f.program == nil {
		return nil
	}
	return f.program.done
}

// over reports whether the reader has left, or a panic has ended it. Awake the model is the program's.
func (f *screens) over() bool { return f.program == nil && f.model.over() }

func (f *screens) failure() error    { return f.model.failed }
func (f *screens) leave(last string) { f.terminal.Leave(last) }
func (f *screens) posts() []string   { return f.model.app.Posts() }
