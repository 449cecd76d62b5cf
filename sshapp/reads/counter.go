// Package reads counts how often posts are read, and sums the counts up for authors, in numbers and plots. A read has a post, a
// day and a way; of who reads, no more is kept than how many they were on that day.
package reads

import (
	"crypto/rand"
	"sync"
	"time"

	"postern/sshapp/state"
)

// A Read is what is counted.
type Read struct {
	Post string // its address; empty for what has many posts, a feed or an archive
	Way  state.Way

	From   string // the address or network that the reader comes from; it is used for the day's sketch, and kept nowhere
	Client string // the version of the reader's client; the same holds for it
}

// A Counter counts reads, and saves the counts some time later. When the database fails, they wait in memory. Count of a nil
// Counter does nothing. It is safe for concurrent use.
type Counter struct {
	database *state.Database
	saver    state.Saver

	saving sync.Mutex // held while something is saved, so that days end when all of theirs is; guards what follows
	ended  string     // the day whose past was erased
	folded bool       // on that day there is nothing more to fold
	keep   int        // how many counts are kept by day

	mu       sync.Mutex // guards what follows; never held while the database is used
	today    day
	pending  map[state.Key]*state.Tally // what is not saved
	follower map[*Follower]bool
}

// A day is what readers are told apart by on one day.
type day struct {
	date     string
	salt     *state.Salt // nil until the database was asked for it
	saved    bool        // the database has the salt
	unsalted []Read      // whose readers wait for the salt
}

const (
	manyPending = 2_000  // more tallies are saved at once
	maxPending  = 10_000 // tallies that wait in memory when the database fails; more are lost
	maxUnsalted = 1_000  // reads that wait for the salt
)

// NewCounter returns a counter. The database is not used before Run.
func NewCounter(db *state.Database) *Counter {
	return &Counter{
		database: db, saver: state.NewSaver(), keep: keepDaily,
		pending: map[state.Key]*state.Tally{}, follower: map[*Follower]bool{},
	}
}

// Count counts a read.
func (c *Counter) Count(r Read) {
	if c == nil {
		return
	}
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell(r, now)
	if date := state.Day(now); c.today.date != date {
		c.begin(date)
	}
	t := c.tally(r)
	if t == nil {
		return
	}
	t.Reads++
	if c.today.salt != nil {
		c.addReader(r)
	} else if c.today.unsalted = append(c.today.unsalted, r); len(c.today.unsalted) >= maxUnsalted {
		c.setSalt(newSalt())
	}
	c.saver.Later()
	if c.today.salt == nil || len(c.pending) > manyPending {
		c.saver.Now()
	}
}

// tally returns the tally of today that a read belongs to; nil if there are too many.
func (c *Counter) tally(r Read) *state.Tally {
	key := state.Key{Day: c.today.date, Post: r.Post, Way: r.Way}
	t := c.pending[key]
	if t == nil && len(c.pending) < maxPending {
		t = &state.Tally{Key: key, Readers: state.NewSketch()}
		c.pending[key] = t
	}
	return t
}

// addReader adds the reader of a read to the sketch of its tally. The salt must be known.
func (c *Counter) addReader(r Read) {
	if t := c.tally(r); t != nil {
		t.Readers.Add(c.today.salt.Number(r.From, r.Client))
	}
}

// begin begins a day, and forgets all of the one before but what is to be saved.
func (c *Counter) begin(date string) {
	if c.today.salt == nil {
		c.setSalt(newSalt()) // nobody will ever be compared with these readers
	}
	c.today = day{date: date}
}

// setSalt sets the salt of the day.
func (c *Counter) setSalt(salt state.Salt) {
	c.today.salt = &salt
	for _, r := range c.today.unsalted {
		c.addReader(r)
	}
	c.today.unsalted = nil
}

func newSalt() (salt state.Salt) {
	rand.Read(salt[:])
	return salt
}

// DatabaseFailures returns how often the database could not be used, whoever has tried.
func (c *Counter) DatabaseFailures() int64 { return c.database.Failures() }
