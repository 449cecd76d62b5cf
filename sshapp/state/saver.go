package state

import (
	"context"
	"time"
)

// A Saver saves what changes in memory behind the backs of those who change it: some time later, or as soon as it can.
type Saver struct{ later, now chan struct{} } // which hold a token when that is to be done

// saveAfter is less than the 30 s that are lost at most with a killed process, since saving itself takes a part of them.
const saveAfter = 25 * time.Second

// NewSaver returns a saver. Nothing is saved before Run.
func NewSaver() Saver { return Saver{make(chan struct{}, 1), make(chan struct{}, 1)} }

// Later has what has changed saved some time later, together with what changes until then.
func (s Saver) Later() { signal(s.later) }

// Now has what has changed saved at once. It doesn't wait for that.
func (s Saver) Now() { signal(s.now) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run calls save when something has changed, until ctx is done, and then once more for what is left. save reports whether it has
// saved all; if not, it is called again some time later. routine is called at the beginning, and again whenever the time that it
// returned has passed.
func (s Saver) Run(ctx context.Context, save func(context.Context) bool, routine func(context.Context) time.Duration) {
	next := time.NewTimer(0)
	defer next.Stop()
	var due <-chan time.Time // nil when nothing waits to be saved
	for {
		select {
		case <-ctx.Done():
			save(context.WithoutCancel(ctx))
			return
		case <-next.C:
			next.Reset(routine(ctx))
			continue
		case <-s.later:
			if due == nil {
				due = time.After(saveAfter)
			}
			continue
		case <-s.now:
		case <-due:
		}
		due = nil
		if !save(ctx) {
			due = time.After(saveAfter)
		}
	}
}
