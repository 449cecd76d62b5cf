package sshapp

import (
	"errors"
	"io"
	"time"

	"postern/sshapp/admission"
	"postern/sshapp/phrase"
	"postern/sshapp/state"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/terminal"
)

// A session owns a reader's terminal from the first byte to the last. It reads and decodes the input itself, so that no byte
// is lost or handled twice, keeps to the limits, and passes on what was typed to its face. All of it runs in one goroutine,
// except the reading of input.
type session struct {
	guard   // a panic in the face ends the session and not the server
	server  *server
	channel *channel
	face    face
	inbox   inbox
	decoder terminal.Decoder
	events  []tea.Msg // decoded, and not passed to the face yet

	keys      admission.Bucket // that may be worked on
	began     time.Time
	lastInput time.Time // when the last event came
	arrived   time.Time // when the first byte of events came; zero if they come of a timeout
	partial   time.Time // when the bytes of an incomplete key came; zero if there are none
	refusal   string    // why nothing is remembered of a reader who asked for it; else empty
	warned    bool      // the reader has been told that the session ends soon
	reading   reading
	awake     bool  // the server counts the reader as awake
	frames    int64 // that the server has counted
	alarm     *time.Timer
}

// A face is what a session shows its reader: the screens, or lines. It is used by the session's goroutine alone.
type face interface {
	Begin(size terminal.Size)  // shows what comes first
	Handle(events []tea.Msg)   // handles what was typed, all that came together
	Resize(now terminal.Size)  // takes a new size of the terminal
	Notify(text string)        // shows a line
	Words() *phrase.Language   // returns the language that the reader is spoken to in
	Refresh()                  // shows what has become ready beside the session
	CanRelease() bool          // reports whether Release would free memory
	Release()                  // frees the memory of what can be made again
	HasQuit() bool             // reports whether the reader has quit
	Leave(last string)         // restores the terminal, and shows a last line unless that is empty
	Note(answer tea.Msg)       // takes note of an answer of the terminal, and ignores all other messages
	AnswerWait() time.Duration // returns how long to wait for answers of the terminal when the reader has quit; 0 for none
	Posts() []string           // returns the addresses of the posts that were opened

	Reading() (post string, end bool) // returns the address of the post that shows, empty for none, and whether its reader has gone on to its end
	Way() state.Way                   // returns how it is read
}

// releaseAfter is how long after the last input a face keeps what can be made again: longer than most pauses between two keys
// of a reader who scrolls, and shorter than it takes to read a screen.
const releaseAfter = 3 * time.Second

// newSession returns a session that shows a face. It must be run, which stops its alarm.
func newSession(s *server, c *channel, shown face) *session {
	now := time.Now()
	return &session{
		server:    s,
		channel:   c,
		face:      shown,
		inbox:     inbox{wake: c.wake},
		keys:      admission.NewBucket(s.config.Limits.KeyRate, s.config.Limits.KeyRate, now),
		began:     now,
		lastInput: now,
		alarm:     time.AfterFunc(noLimit, c.wake),
	}
}

// run shows the face until the session ends, and restores the terminal. While a reader reads, all of this waits on the stack, which
// has 4 KB only if less than a quarter of 8 is used.
func (s *session) run() {
	s.channel.record.end = endPanic // until loop returns
	defer s.end()
	go s.inbox.fill(s.channel, s.channel.limits.Input)
	s.begin()
	s.channel.record.end = s.loop()
}

func (s *session) begin() {
	s.face.Begin(s.channel.Size())
	if s.refusal != "" {
		words := s.face.Words()
		s.face.Notify(words.Say("You read as everybody does: %s.", words.Say(s.refusal)))
	}
}

// end takes a panic of the face, restores the terminal, and completes the session's record.
func (s *session) end() {
	s.catch(recover())
	s.alarm.Stop()
	s.count(false)
	r := &s.channel.record
	s.face.Leave(s.farewell(r.end))
	if r.end == endQuit {
		s.awaitAnswers()
	}
	r.posts, r.frames = s.face.Posts(), s.channel.writes.Load()
	if s.failed != nil {
		s.server.config.Log.Error("a reader's session failed", "error", s.failed)
	}
}

// awaitAnswers takes what the terminal still answers after its reader has quit. The reader's shell would take it for keys.
func (s *session) awaitAnswers() {
	wait := s.face.AnswerWait()
	if wait == 0 {
		return
	}
	last := time.After(wait)
	for {
		select {
		case <-last:
			return
		case <-s.channel.gone:
			return
		case <-s.channel.woken:
		}
		if s.allAnswered() {
			return
		}
	}
}

// allAnswered takes the input that has come, and reports whether the last answer or the end is among it.
func (s *session) allAnswered() bool {
	var b [1]byte
	for {
		n, err := s.inbox.take(b[:])
		if n == 0 {
			return err != nil
		}
		s.face.Note(s.decoder.Next(b[0]))
		if s.face.AnswerWait() == 0 {
			return true
		}
	}
}

func (s *session) loop() string {
	draining := s.server.draining
	for {
		if end := s.work(); end != "" {
			return end
		}
		s.count(s.face.CanRelease())
		s.setAlarm()
		select {
		case <-s.channel.gone:
			return endHangup
		case <-s.server.closing:
			return endShutdown
		case <-draining:
			draining = nil
			s.face.Notify(s.face.Words().Say("The server stops within %s. You can read on until then.", s.server.config.Grace))
		case <-s.channel.woken:
			s.look()
		}
	}
}

// look takes what is new beside input.
func (s *session) look() {
	if s.channel.resized.Swap(false) {
		s.lastInput = time.Now()
		s.face.Resize(s.channel.Size())
	}
	if s.channel.more.Swap(false) {
		s.face.Refresh()
	}
}

// work does what is due now. It returns how the session has ended, or an empty string if it goes on.
func (s *session) work() string {
	now := time.Now()
	if !s.partial.IsZero() && now.Sub(s.partial) >= terminal.EscapeTimeout {
		s.partial = time.Time{}
		s.deliver(s.decoder.Flush())
	}
	end := s.decode(now)
	s.flush()
	s.noteRead()
	if end != "" {
		return end
	}
	if s.face.CanRelease() && now.Sub(s.lastInput) >= releaseAfter {
		s.face.Release()
	}
	if s.face.HasQuit() {
		return endQuit
	}
	return s.expire(now)
}

// decode decodes the bytes that have come, up to as many keys as the rate allows.
func (s *session) decode(now time.Time) string {
	if len(s.events) == 0 {
		s.arrived = s.inbox.oldest()
	}
	for s.limits().KeyRate == 0 || s.keys.Has(1, now) {
		var b [1]byte
		n, err := s.inbox.take(b[:])
		switch {
		case n == 1:
			s.deliver(s.decoder.Next(b[0]))
			s.partial = time.Time{}
			if s.decoder.Pending() {
				s.partial = now
			}
		case errors.Is(err, errFlood):
			return endFlood
		case err != nil && !s.decoder.Pending():
			return s.inputEnded(err)
		default:
			return ""
		}
	}
	return ""
}

func (s *session) limits() *admission.Limits { return s.channel.limits }

// inputEnded handles what was typed last when the client has closed its input, and returns how the session has ended.
func (s *session) inputEnded(err error) string {
	s.flush()
	if s.face.HasQuit() {
		return endQuit
	}
	if errors.Is(err, io.EOF) {
		return endHangup
	}
	return "error: " + err.Error()
}

// deliver queues an event for the face, unless it is nil.
func (s *session) deliver(msg tea.Msg) {
	if msg == nil {
		return
	}
	if _, old := s.deadlines(); time.Now().Before(old.Add(-s.warning())) {
		s.warned = false
	}
	s.keys.Spend(1, time.Now())
	s.events = append(s.events, msg)
}

// flush passes the queued events to the face.
func (s *session) flush() {
	if len(s.events) == 0 {
		return
	}
	s.lastInput = time.Now()
	s.face.Handle(s.events)
	clear(s.events)
	s.events = s.events[:0]
	if !s.arrived.IsZero() {
		wait := time.Since(s.arrived)
		s.channel.record.keys.add(wait)
		s.server.totals.keys.Add(wait)
	}
}
