package sshapp

import "time"

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

// expire ends a session that is idle or old, a minute after it has told the reader.
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
			s.face.notify("This visit ends within a minute. You may come back at once.")
		} else {
			s.face.notify("Press a key to stay: this closes within a minute.")
		}
	}
	return ""
}

// warning is how long before its end a reader is told: a minute, or half of what is short.
func (s *session) warning() time.Duration {
	w := time.Minute
	for _, limit := range []time.Duration{s.limits().Idle, s.limits().Life} {
		if limit > 0 {
			w = min(w, limit/2)
		}
	}
	return w
}

// deadlines returns when the session ends without input, and when it ends anyway.
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

// never is a time that no session lives to see.
var never = time.Unix(1<<40, 0)

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// endReason says why a face came to its end by itself.
func (s *session) endReason() string {
	if s.face.failure() != nil {
		return endPanic
	}
	return endQuit
}

// setAlarm sets the timer to when work has something to do next though nothing comes.
func (s *session) setAlarm() {
	next := forEver
	until := func(t time.Time) { next = min(next, time.Until(t)) }
	if s.face.awake() {
		until(s.lastInput.Add(restAfter))
	}
	if !s.partial.IsZero() {
		until(s.partial.Add(escapeTimeout))
	}
	if s.limits().KeyRate > 0 {
		if wait := s.keys.Wait(1); wait > 0 {
			next = min(next, wait)
		}
	}
	idle, old := s.deadlines()
	first := earlier(idle, old)
	if !s.warned {
		first = first.Add(-s.warning())
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
