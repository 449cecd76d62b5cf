package reads

import (
	"time"

	"postern/sshapp/state"
)

// An Event says that a post was read, and nothing of who has read it.
type Event struct {
	At     time.Time
	Post   string // its address; empty for what has many posts
	Way    state.Way
	Missed int // events before this one that the follower was too slow for
}

// A Follower gets an event for each read, from one moment on.
type Follower struct {
	Events  <-chan Event
	events  chan Event
	missed  int // guarded by the counter
	counter *Counter
}

// maxBehind is how many events wait for a follower.
const maxBehind = 256

// Follow returns a new follower. The caller stops it.
func (c *Counter) Follow() *Follower {
	events := make(chan Event, maxBehind)
	f := &Follower{Events: events, events: events, counter: c}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.follower[f] = true
	return f
}

// Stop ends the events.
func (f *Follower) Stop() {
	f.counter.mu.Lock()
	defer f.counter.mu.Unlock()
	delete(f.counter.follower, f)
}

// tell tells all followers of a read. It waits for none of them. c.mu must be held.
func (c *Counter) tell(r Read, now time.Time) {
	for f := range c.follower {
		select {
		case f.events <- Event{now, r.Post, r.Way, f.missed}:
			f.missed = 0
		default:
			f.missed++
		}
	}
}
