package sshapp

import (
	"errors"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"postern/sshapp/tui"
)

// A session owns a reader's terminal from the first byte to the last. It is asleep or awake.
//
// Asleep, it is a small model and a place to wait: it holds no program, no page and no buffer. It starts asleep, its first
// frame being the model's view, written straight to the channel. An event or a resize wakes it: a [tea.Program] is started
// on the model. After a while without events the program is ended, its last frame stays on the screen, and the model is
// kept. The session reads and decodes the input itself, so that no byte is lost or doubled on the way, and a program that
// ends leaves nothing behind.
//
// All of it runs in one goroutine, but for the program and for the reading of the input.
type session struct {
	server  *server
	channel *channel
	model   *model
	screen  *terminal
	inbox   *inbox
	decoder decoder
	program *program      // nil asleep
	tired   chan struct{} // holds a token when the session should sleep, for others' sake

	keys    bucket // that may be worked on
	began   time.Time
	touched time.Time // when the last event came
	partial time.Time // when the bytes of a key that is not complete came; zero when there are none
	warned  bool      // that the session will be closed for being idle or old
	alarm   *time.Timer
}

// escapeTimeout is how long an escape that nothing follows waits to be taken for the Esc key. Over a network the bytes of
// one key come in one packet as a rule; 50 ms is what ultraviolet waits too.
const escapeTimeout = 50 * time.Millisecond

// How a session ended, for its record.
const (
	endCommand  = "command"
	endQuit     = "quit"
	endHangup   = "hangup"
	endFlood    = "flood"
	endPanic    = "panic"
	endShutdown = "shutdown"
	endIdle     = "idle"
	endAge      = "age"
)

func newSession(s *server, c *channel, app *tui.App) *session {
	now := time.Now()
	return &session{
		server:  s,
		channel: c,
		model:   &model{app: app},
		screen:  newTerminal(c, c.Environ(), c.Getenv("TERM")),
		inbox:   newInbox(),
		tired:   make(chan struct{}, 1),
		keys:    newBucket(s.config.Limits.KeyRate, s.config.Limits.KeyRate, now),
		began:   now,
		touched: now,
		alarm:   time.NewTimer(time.Hour),
	}
}

// run shows the screens until the reader leaves, and gives the terminal back. It returns how it ended.
func (s *session) run() string {
	defer s.alarm.Stop()
	go s.inbox.fill(s.channel, s.channel.limits.Input)
	end := s.loop()
	s.sleep()
	s.screen.leave(s.farewell(end))
	return end
}

func (s *session) loop() string {
	draining := s.server.draining
	for {
		if end := s.work(); end != "" {
			return end
		}
		s.setAlarm()
		select {
		case <-s.channel.gone:
			return endHangup
		case <-s.server.closing:
			return endShutdown
		case <-draining:
			draining = nil
			s.notify("This blog restarts within " + s.server.config.Grace.String() + ". You can read on until then.")
		case <-s.channel.sized:
			s.resize()
		case <-s.over():
			return s.ended()
		case <-s.tired:
			s.sleep()
		case <-s.inbox.ready:
		case <-s.alarm.C:
		}
	}
}

// tire asks the session to sleep, for others' sake. It may be called from any goroutine.
func (s *session) tire() {
	select {
	case s.tired <- struct{}{}:
	default: // it has been asked
	}
}

// over is closed when the program has ended by itself; asleep, never.
func (s *session) over() <-chan struct{} {
	if s.program == nil {
		return nil
	}
	return s.program.done
}

// ended says why a program ended by itself.
func (s *session) ended() string {
	if s.model.failed != nil {
		return endPanic
	}
	return endQuit
}

// work does what is due now. It returns how the session ends, empty while it goes on.
func (s *session) work() string {
	now := time.Now()
	if !s.partial.IsZero() && now.Sub(s.partial) >= escapeTimeout {
		s.partial = time.Time{}
		s.deliver(s.decoder.expire())
	}
	if end := s.typed(now); end != "" {
		return end
	}
	if s.program != nil && now.Sub(s.touched) >= s.server.config.Doze {
		s.sleep()
	}
	if s.program == nil && (s.model.app.Left() || s.model.failed != nil) {
		return s.ended()
	}
	return s.expire(now)
}

// typed works on the bytes that have come, as many keys of them as the rate allows.
func (s *session) typed(now time.Time) string {
	for s.limits().KeyRate == 0 || s.keys.has(1, now) {
		var b [1]byte
		n, err := s.inbox.take(b[:])
		switch {
		case n == 1:
			s.deliver(s.decoder.feed(b[0]))
			s.partial = time.Time{}
			if s.decoder.pending() {
				s.partial = now
			}
		case errors.Is(err, errFlood):
			return endFlood
		case err != nil && !s.decoder.pending():
			return s.inputEnded(err)
		default:
			return ""
		}
	}
	return ""
}

// expire ends a session that is idle or old, a minute after it has told the reader.
func (s *session) expire(now time.Time) string {
	idle, old := s.deadlines()
	switch {
	case !now.Before(idle):
		return endIdle
	case !now.Before(old):
		return endAge
	case !s.warned && !now.Before(earlier(idle, old).Add(-warning)):
		s.warned = true
		if now.Before(idle.Add(-warning)) {
			s.notify("This visit ends within a minute: it has lasted as long as one may. Come back at once if you like.")
		} else {
			s.notify("Nothing was typed for a long time: this closes within a minute, unless you press a key.")
		}
	}
	return ""
}

// warning is how long before its end a reader is told.
const warning = time.Minute

// deadlines returns when the session ends without input, and when it ends anyway.
func (s *session) deadlines() (idle, old time.Time) {
	idle, old = never, never
	if d := s.limits().Idle; d > 0 {
		idle = s.touched.Add(d)
	}
	if d := s.limits().Life; d > 0 {
		old = s.began.Add(d)
	}
	return idle, old
}

// never is a time that no session lives to see.
var never = time.Unix(1<<40, 0)

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (s *session) limits() *Limits { return &s.channel.limits }

// inputEnded ends a session whose client has closed its input: what it typed before has its effect first.
func (s *session) inputEnded(err error) string {
	s.sleep()
	if s.model.app.Left() || s.model.failed != nil {
		return s.ended()
	}
	if errors.Is(err, io.EOF) {
		return endHangup
	}
	return "error: " + err.Error()
}

// deliver hands an event to the program, and wakes the session for it.
func (s *session) deliver(ev uv.Event) {
	if ev == nil || s.channel.Size() == (size{}) {
		return
	}
	s.warned = false
	s.keys.tokens--
	s.send(ev)
}

// send hands a message to the program, and wakes the session for it.
func (s *session) send(msg tea.Msg) {
	s.touched = time.Now()
	now := s.channel.Size()
	s.server.awake.touch(s, now)
	s.wake(now)
	s.program.Send(msg)
}

// wake starts a program where there is none.
func (s *session) wake(now size) {
	if s.program != nil {
		return
	}
	s.model.Update(tea.WindowSizeMsg{Width: now.width, Height: now.height})
	s.program = start(s.model, s.screen, s.channel.Environ(), s.channel.Size)
}

// sleep ends the program where there is one.
func (s *session) sleep() {
	if s.program == nil {
		return
	}
	s.program.end()
	s.program = nil
	s.server.awake.remove(s)
	select {
	case <-s.tired: // it does
	default:
	}
	s.model.view = tea.View{}
}

// resize shows the first frame as soon as there is a size, and tells the program of any other.
func (s *session) resize() {
	now := s.channel.Size()
	if now == (size{}) {
		return
	}
	msg := tea.WindowSizeMsg{Width: now.width, Height: now.height}
	if !s.screen.entered {
		s.model.Update(msg)
		s.screen.enter(s.model.view.WindowTitle, s.model.view.Content)
		s.model.view = tea.View{}
		return
	}
	s.send(msg)
}

// notify shows the reader a line without waking the session.
func (s *session) notify(text string) {
	if s.program != nil {
		s.program.Send(tui.NoticeMsg(text))
		return
	}
	s.model.Update(nil)
	before := s.model.view.Content
	s.model.Update(tui.NoticeMsg(text))
	if s.screen.entered {
		s.screen.patch(before, s.model.view.Content)
	}
	s.model.view = tea.View{}
}

// setAlarm sets the timer to when work has something to do next though nothing comes.
func (s *session) setAlarm() {
	next := time.Duration(1<<63 - 1)
	until := func(t time.Time) { next = min(next, time.Until(t)) }
	if s.program != nil {
		until(s.touched.Add(s.server.config.Doze))
	}
	if !s.partial.IsZero() {
		until(s.partial.Add(escapeTimeout))
	}
	if s.limits().KeyRate > 0 {
		if wait := s.keys.wait(1); wait > 0 {
			next = min(next, wait)
		}
	}
	idle, old := s.deadlines()
	first := earlier(idle, old)
	if !s.warned {
		first = first.Add(-warning)
	}
	until(first)
	s.alarm.Reset(max(0, next))
}

// farewell is what the reader finds on the terminal afterwards.
func (s *session) farewell(end string) string {
	switch end {
	case endIdle:
		return "Closed, since nothing was typed for a long time. Come back whenever you like."
	case endAge:
		return "Closed: this visit has lasted as long as one may. Come back whenever you like."
	case endShutdown:
		return "The blog is restarting. Come back in a moment."
	case endPanic:
		return "Something went wrong here, and it is not your fault. It has been written down; please come back."
	}
	return ""
}
