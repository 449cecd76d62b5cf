package sshapp

import (
	"time"

	"postern/sshapp/phrase"
	"postern/sshapp/terminal"
)

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

// expire returns how a session has ended that is idle or old, or an empty string. It tells the reader a minute before.
func (s *session) expire(now time.Time) string {
	idle, old := s.deadlines()
	switch {
	case !now.Before(idle):
		return endIdle
	case !now.Before(old):
		return endAge
	case !s.warned && !now.Before(earlier(idle, old).Add(-s.warning())):
		s.warned = true
		if old.Before(idle) {
			s.face.Notify(s.face.Words().Say("This visit ends within a minute. You may come back at once."))
		} else {
			s.face.Notify(s.face.Words().Say("Press a key to stay: this closes within a minute."))
		}
	}
	return ""
}

// warning returns how long before the end of a session its reader is told: a minute, or half of the limit if that is shorter.
func (s *session) warning() time.Duration {
	w := time.Minute
	for _, limit := range []time.Duration{s.limits().Idle, s.limits().Life} {
		if limit > 0 {
			w = min(w, limit/2)
		}
	}
	return w
}

// deadlines returns when the session ends unless there is input, and when it ends in any case.
func (s *session) deadlines() (idle, old time.Time) {
	idle, old = never, never
	if d := s.limits().Idle; d > 0 {
		idle = s.lastInput.Add(d)
	}
	if d := s.limits().Life; d > 0 {
		old = s.began.Add(d)
	}
	return idle, old
}

// never is the deadline of a limit that is off.
var never = time.Unix(1<<40, 0)

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// setAlarm sets the timer to when work has to be called next, if nothing comes before.
func (s *session) setAlarm() {
	next := noLimit
	until := func(t time.Time) { next = min(next, time.Until(t)) }
	if s.face.CanRelease() {
		until(s.lastInput.Add(releaseAfter))
	}
	if !s.partial.IsZero() {
		until(s.partial.Add(terminal.EscapeTimeout))
	}
	if s.limits().KeyRate > 0 {
		if wait := s.keys.Wait(1); wait > 0 {
			next = min(next, wait)
		}
	}
	until(s.reading.due())
	idle, old := s.deadlines()
	first := earlier(idle, old)
	if !s.warned {
		first = first.Add(-s.warning())
	}
	until(first)
	s.alarm.Reset(max(0, next))
}

// farewell returns the line that is left on the reader's terminal, empty for none.
func (s *session) farewell(end string) string {
	words := s.words()
	switch end {
	case endIdle:
		return words.Say("Closed, since nothing was typed for a long time. Come back whenever you like.")
	case endAge:
		return words.Say("Closed: this visit has lasted as long as one may. Come back whenever you like.")
	case endShutdown:
		return words.Say("The server has stopped. Try again in a moment.")
	case endPanic:
		return words.Say("Something went wrong here, and it is not your fault. It has been written down; please come back.")
	}
	return ""
}

// words returns the language that the reader is spoken to in, nil if the face has failed.
func (s *session) words() (l *phrase.Language) {
	defer func() { s.catch(recover()) }()
	return s.face.Words()
}
