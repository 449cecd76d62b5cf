// Package reads counts how often posts are read, and sums the counts up for authors, in numbers and plots. A read has a post, a
// day and a way; of who reads, no more is kept than how many they were on that day.
package reads

import (
	"context"
	"crypto/rand"
	"slices"
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
	retryAfter  = time.Minute
	lookAtClock = time.Hour // at least so often, since the clock may be set
	batch       = 500       // how many tallies are saved in one transaction
	keepDaily   = 1_000_000 // counts, of some 50 bytes each, that stay as they are when older ones are added up by month
	foldBatch   = 2_000     // how many of them are added up in one transaction
	foldPause   = time.Second
	manyPending = 2_000  // more are saved at once
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

// Run saves what is counted, and ends each day, until ctx is done. Then it saves what is left.
func (c *Counter) Run(ctx context.Context) {
	c.saver.Run(ctx, func(ctx context.Context) bool { return c.save(ctx) == nil }, c.endDays)
}

// unsaved returns how many tallies are not saved.
func (c *Counter) unsaved() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.pending)
}

// askForSalt asks the database for the salt of the day, or tells it.
func (c *Counter) askForSalt(ctx context.Context) error {
	c.mu.Lock()
	today, proposed := c.today, newSalt()
	if today.salt != nil {
		proposed = *today.salt
	}
	c.mu.Unlock()
	if today.date == "" || today.saved {
		return nil
	}
	salt := proposed
	err := c.database.Use(ctx, func(ctx context.Context, s state.Store) (err error) {
		salt, err = s.Salt(ctx, today.date, proposed)
		return err
	})
	if err != nil {
		salt = proposed // who is counted meanwhile may be counted again later
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.today.date == today.date {
		c.setSalt(salt)
		c.today.saved = err == nil
	}
	return err
}

// save saves what was counted.
func (c *Counter) save(ctx context.Context) error {
	c.saving.Lock()
	defer c.saving.Unlock()
	return c.saveAll(ctx)
}

// saveAll does so while c.saving is held.
func (c *Counter) saveAll(ctx context.Context) error {
	if c.unsaved() == 0 {
		return nil // and the database stays as it is
	}
	if err := c.askForSalt(ctx); err != nil {
		return err
	}
	taken := c.take()
	for len(taken) > 0 {
		some := taken[:min(batch, len(taken))]
		err := c.database.Use(ctx, func(ctx context.Context, s state.Store) error { return s.Count(ctx, some) })
		if err != nil {
			c.putBack(taken)
			return err
		}
		taken = taken[len(some):]
	}
	return nil
}

// take returns what is not saved, in the order of keys.
func (c *Counter) take() []state.Tally {
	c.mu.Lock()
	defer c.mu.Unlock()
	var taken []state.Tally
	for _, t := range c.pending {
		taken = append(taken, *t)
	}
	c.pending = map[state.Key]*state.Tally{}
	slices.SortFunc(taken, func(a, b state.Tally) int { return a.Compare(b.Key) })
	return taken
}

// putBack has what was taken saved later.
func (c *Counter) putBack(taken []state.Tally) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range taken {
		if newer := c.pending[t.Key]; newer != nil {
			t.Reads += newer.Reads
			t.Readers.Merge(newer.Readers)
		}
		c.pending[t.Key] = &t
	}
}

// endDays erases what tells readers of past days apart, and adds up old counts by month. It returns when to call it again.
func (c *Counter) endDays(ctx context.Context) time.Duration {
	c.saving.Lock()
	defer c.saving.Unlock()
	now := time.Now()
	date := state.Day(now)
	c.mu.Lock()
	if c.today.date != date {
		c.begin(date)
	}
	c.mu.Unlock()
	if c.saveAll(ctx) != nil {
		return retryAfter
	}
	if c.ended != date { // or an idle server would write once an hour
		if err := c.database.Use(ctx, func(ctx context.Context, s state.Store) error { return s.EndDays(ctx, date) }); err != nil {
			return retryAfter
		}
		c.ended, c.folded = date, false
	}
	if !c.folded {
		folded := 0
		err := c.database.Use(ctx, func(ctx context.Context, s state.Store) (err error) {
			folded, err = s.Fold(ctx, c.keep, foldBatch)
			return err
		})
		if err != nil {
			return retryAfter
		}
		if folded > 0 {
			return foldPause // what is to be saved comes first
		}
		c.folded = true
	}
	next := now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	return min(lookAtClock, time.Until(next))
}
