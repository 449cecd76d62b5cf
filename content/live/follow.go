package live

import (
	"cmp"
	"context"
	"time"

	"postern/content/problem"
)

// Changes come in bursts: an editor makes three of one save, a git pull thousands. What must hold: a burst is one reload;
// a directory that never rests is reloaded all the same; where nothing is heard, a change is found by looking; whatever
// happens in the directory, what is remembered of it is bounded.
const (
	quiet = 100 * time.Millisecond // without a change, until a burst is over
	most  = 2 * time.Second        // from the first change that isn't shown to a reload
	soon  = 250 * time.Millisecond // until a file is read again that was half-written
	beat  = time.Second            // between two looks at where the directory's name leads
	dark  = 3 * time.Second        // that a blog must be empty, and readable, to be shown so

	// Looking at all files costs in proportion to their number: 62 ms for 10,000. So it may take half a percent of a core;
	// and where events come, it is there for what they miss.
	sparse     = 200 // times what a look takes, until the next
	polled     = 3 * time.Second
	polledLate = 30 * time.Second // once an event has come

	maxNames = 4096 // of files in a burst; past it all are looked at
)

// A Reload tells what became of a directory when it was read again.
type Reload struct {
	Changed  []string          // paths of files that say something else now, have come or have gone, sorted
	Problems []problem.Problem // those that weren't there before, and those of the files that have changed
	Took     time.Duration
	Err      error // why the directory can't be read, or not be watched; the library stays what it was
}

// Follow keeps the library what the directory is, until ctx is done. It hands tell each change of the library, once it
// is shown, each error once, and an empty Reload when the directory is back as it was. A directory that is gone, can't be
// read, or seems to be empty leaves the library as it was, until it is back or has stayed empty for three seconds. Only one
// Follow of a directory may run at a time.
func (d *Directory) Follow(ctx context.Context, tell func(Reload)) {
	if d.path == "" {
		<-ctx.Done()
		return
	}
	newFollower(d, tell, newWatch).run(ctx)
}

// A follower is one call of Follow.
type follower struct {
	*Directory
	tell   func(Reload)
	listen func(top string) *watch
	watch  *watch
	away   bool      // the directory couldn't be read
	moved  bool      // folder is another one than the library's
	told   string    // why, as it was told last; empty once it could be read
	deaf   bool      // it was told that not all is watched
	heard  bool      // an event has come
	lost   bool      // some did not
	beaten time.Time // when the directory's name was looked at
	looked time.Time // when all files were
	took   time.Duration
	empty  time.Time // since when the directory seems to be empty; zero if it doesn't

	names       map[string]bool // of files that have changed, and are not shown so
	everything  bool            // any file may have changed
	first, last time.Time       // when something changed that isn't shown; zero for nothing
}

func newFollower(d *Directory, tell func(Reload), listen func(string) *watch) *follower {
	f := &follower{Directory: d, tell: tell, listen: listen, names: map[string]bool{}}
	f.rewatch()
	return f
}

func (f *follower) run(ctx context.Context) {
	defer func() { f.watch.close() }()
	for f.wait(ctx) {
		now := time.Now()
		if now.Sub(f.beaten) >= beat || f.isDue(now) {
			f.beaten = now
			if !f.folder.isAt(f.path) || f.away {
				f.move()
			}
		}
		if !f.away && f.isDue(now) {
			if f.lost {
				f.rewatch()
			}
			f.reload(now)
		}
	}
}

// wait returns when there may be something to do, and false when ctx is done. A change that is heard of is noted.
func (f *follower) wait(ctx context.Context) bool {
	next := f.beaten.Add(beat)
	if due := f.due(); !f.away && due.Before(next) {
		next = due
	}
	timer := time.NewTimer(time.Until(next))
	defer timer.Stop()
	events, failures := f.watch.channels()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case e := <-events:
		f.heard = true
		f.note(f.watch.name(e), time.Now())
	case <-failures: // too much happened to tell it all
		f.lost, f.everything = true, true
		f.note(".", time.Now())
	}
	return ctx.Err() == nil
}

// note has a file looked at, once nothing more changes.
func (f *follower) note(name string, at time.Time) {
	if len(f.names) < maxNames {
		f.names[name] = true
	} else {
		f.everything = true
	}
	if f.last = at; f.first.IsZero() {
		f.first = at
	}
}

// all has all files looked at, at a time.
func (f *follower) all(at time.Time) {
	f.everything = true
	f.first, f.last = at.Add(-f.quiet()), at.Add(-f.quiet())
}

func (f *follower) quiet() time.Duration { return cmp.Or(f.Quiet, quiet) }

// due returns when to read the directory again: at the end of a burst, else by the poll.
func (f *follower) due() time.Time {
	if !f.first.IsZero() {
		return earlier(f.last.Add(f.quiet()), f.first.Add(max(most, 4*f.took)))
	}
	interval := polled
	if f.heard && f.watch.failed == nil {
		interval = polledLate
	}
	return f.looked.Add(max(interval, sparse*f.took))
}

func (f *follower) isDue(now time.Time) bool { return !now.Before(f.due()) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// rewatch begins to watch anew. What was heard before doesn't count.
func (f *follower) rewatch() {
	if f.watch != nil {
		f.watch.close()
	}
	f.watch, f.lost = f.listen(f.path), false
	f.watch.cover(f.Library().Directories())
	f.all(time.Now())
}
