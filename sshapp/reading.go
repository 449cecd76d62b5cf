package sshapp

import (
	"time"

	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// readAfter is how long a post is in front of a reader to be counted as read, unless they go on to its end before.
const readAfter = 10 * time.Second

// A reading is the post that a session shows its reader, until it is counted as read.
type reading struct {
	post    string    // its address; empty for none
	since   time.Time // when it was shown; zero while something else is
	counted bool
}

// shows notes which post is shown now, empty for none, and whether its reader has gone on to its end. It reports whether the post
// is to be counted.
func (r *reading) shows(post string, end bool, now time.Time) bool {
	switch {
	case post == "":
		r.since = time.Time{}
		return false
	case post != r.post:
		*r = reading{post: post, since: now}
	case r.since.IsZero():
		r.since = now
	}
	if r.counted || !end && now.Sub(r.since) < readAfter {
		return false
	}
	r.counted = true
	return true
}

// due returns when the post will have been shown for long enough.
func (r *reading) due() time.Time {
	if r.counted || r.since.IsZero() {
		return never
	}
	return r.since.Add(readAfter)
}

// noteRead counts the post that the face shows, if it has been read now.
func (s *session) noteRead() {
	if post, end := s.face.Reading(); s.reading.shows(post, end, time.Now()) {
		s.server.countRead(s.channel, post, s.face.Way())
	}
}

// countRead counts that the client of a channel has read a post; an author's reads are not counted. An empty post stands for what
// has many.
func (s *server) countRead(c *channel, post string, way state.Way) {
	if !c.identity.isAuthor() {
		s.config.Reads.Count(reads.Read{Post: post, Way: way, From: c.conn.Source().String(), Client: c.client})
	}
}
