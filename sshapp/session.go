package sshapp

import (
	"errors"
	"hash/maphash"
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
	events  typed         // decoded, and not sent to the program yet
	frame   uint64        // a hash of the frame that the terminal shows; 0 if it isn't known
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

// work does what is due now. It returns how the session ends, empty while it goes on.
func (s *session) work() string {
	now := time.Now()
	if !s.partial.IsZero() && now.Sub(s.partial) >= escapeTimeout {
		s.partial = time.Time{}
		s.deliver(s.decoder.expire())
	}
	end := s.typed(now)
	s.flush()
	if end != "" {
		return end
	}
	if s.program != nil && (now.Sub(s.touched) >= s.server.config.Doze || s.server.pressure.level(now) > pressureNone) {
		s.sleep()
	}
	if s.program == nil && s.model.over() {
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

func (s *session) limits() *Limits { return s.channel.limits }

// inputEnded ends a session whose client has closed its input: what it typed before has its effect first.
func (s *session) inputEnded(err error) string {
	s.flush()
	s.sleep()
	if s.model.over() {
		return s.ended()
	}
	if errors.Is(err, io.EOF) {
		return endHangup
	}
	return "error: " + err.Error()
}

// deliver takes an event that the program is to be sent.
func (s *session) deliver(ev uv.Event) {
	msg := message(ev)
	if msg == nil {
		return
	}
	if _, old := s.deadlines(); time.Now().Before(old.Add(-s.warning())) {
		s.warned = false
	}
	s.keys.tokens--
	s.events = append(s.events, msg)
}

// flush sends the program the events that have come. A terminal that has not told its size sees nothing, but can be left.
func (s *session) flush() {
	switch {
	case len(s.events) == 0:
		return
	case s.screen.entered:
		s.send(s.events)
	default:
		s.model.Update(s.events)
	}
	s.events = nil
}

// send hands a message to the program, and wakes the session for it.
func (s *session) send(msg tea.Msg) {
	s.touched = time.Now()
	s.server.awake.touch(s, s.channel.Size())
	s.wake()
	s.program.Send(msg)
}

// wake starts a program where there is none. If the terminal still shows what the model does, only what changes from there
// on is drawn.
func (s *session) wake() {
	if s.program != nil {
		return
	}
	env := s.channel.Environ()
	s.model.painter = newPainter(s.screen, env)
	if v := s.model.view(); s.frame != 0 && fingerprint(v.Content) == s.frame {
		s.model.painter.prime(v, s.model.size)
	}
	s.program = start(s.model, s.screen, env)
}

var seed = maphash.MakeSeed()

// fingerprint tells frames apart, so that a session asleep need not keep its own.
func fingerprint(frame string) uint64 { return maphash.String(seed, frame) | 1 }

// sleep ends the program where there is one.
func (s *session) sleep() {
	if s.program == nil {
		return
	}
	s.program.end()
	s.program = nil
	s.frame = fingerprint(s.model.painter.shown)
	s.model.painter = nil
	s.server.awake.remove(s)
	select {
	case <-s.tired: // it does
	default:
	}
	s.model.app.Rest()
}

// resize shows the first frame as soon as there is a size, and tells the program of any other.
func (s *session) resize() {
	now := s.channel.Size()
	if s.screen.entered {
		s.frame = 0 // a terminal moves what it shows when its size changes
		s.send(sized(now))
		return
	}
	s.model.Update(sized(now))
	v := s.model.view()
	s.screen.enter(v)
	s.frame = fingerprint(v.Content)
}

// notify shows the reader a line without waking the session.
func (s *session) notify(text string) {
	if s.program != nil {
		s.program.Send(tui.NoticeMsg(text))
		return
	}
	before := s.model.view().Content
	s.model.Update(tui.NoticeMsg(text))
	if !s.screen.entered {
		return
	}
	after := s.model.view().Content
	s.screen.patch(before, after)
	if s.frame == fingerprint(before) {
		s.frame = fingerprint(after)
	}
	s.model.app.Rest()
}
