package reads

import (
	"context"
	"slices"
	"time"

	"postern/sshapp/state"
)

const (
	batch       = 500       // how many tallies are saved in one transaction
	keepDaily   = 1_000_000 // counts, of some 80 bytes each, that stay as they are when older ones are added up by month
	foldBatch   = 2_000     // how many of them are added up in one transaction
	foldPause   = time.Second
	retryAfter  = time.Minute
	lookAtClock = time.Hour // at least so often, since the clock may be set
)

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
