package live

import (
	"context"
	"errors"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"postern/content"
)

// Changes come in bursts: an editor makes three of one save, a git pull thousands. What must hold: a burst is one reload;
// a directory that never rests is reloaded all the same; where nothing is heard, a change is found by looking.
const (
	quiet = 100 * time.Millisecond // without a change, until a burst is over
	most  = 2 * time.Second        // from the first change that isn't shown, to a reload
	soon  = 250 * time.Millisecond // until a file is read again that was half-written
	beat  = time.Second            // between two looks at where the directory's name leads
	dark  = 3 * time.Second        // that a blog must be empty, and readable, to be shown so

	// Looking at all files costs in proportion to their number, so it may take half a percent of a core, and where events
	// come it is there for what they miss.
	sparsest   = 200 // the interval is at least this many times what a look takes
	polled     = 3 * time.Second
	polledLate = 30 * time.Second // once an event has come

	maxNames = 4096 // in a burst; past it all files are looked at
)

var errTooMany = errors.New("there are more than 10,000 directories")

// isExhausted reports whether the system grants no more watches (inotify(7): /proc/sys/fs/inotify/max_user_watches).
func isExhausted(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// A Reload is what became of a directory when it was read again.
type Reload struct {
	Changed  []string          // the files that have changed what they say, came or went, sorted
	Problems []content.Problem // those that weren't there before, or whose file has changed
	Took     time.Duration
	Err      error // why the directory, or the events of it, can't be had; the library stays what it was
}

// Follow keeps the library what the directory is, until ctx is done. It hands tell every change of the library, and once
// each error. A directory that is gone or can't be read, or that seems to be empty, leaves the library as it was until
// the directory is back, or has been empty for three seconds. Only one Follow may run at a time.
func (d *Directory) Follow(ctx context.Context, tell func(Reload)) {
	if d.path == "" {
		<-ctx.Done()
		return
	}
	f := &follower{Directory: d, tell: tell, watch: newWatch(d.path), late: map[string]bool{}}
	defer func() { f.watch.close() }()
	f.all(time.Now())
	for ctx.Err() == nil {
		f.wait(ctx)
		f.work()
	}
}

// A follower is one call of Follow.
type follower struct {
	*Directory
	tell   func(Reload)
	watch  *watch
	said   string // the last error that was told
	heard  bool   // an event has come
	looked time.Time
	took   time.Duration // by the last look at all files

	late        map[string]bool // names of what has changed and isn't shown
	everything  bool            // anything may have changed
	first, last time.Time       // when something that isn't shown has changed; zero for nothing
	empty       time.Time       // since when the directory seems to be empty
}

// wait returns when there is something to do: a change to note, which it does, or a time that has come.
func (f *follower) wait(ctx context.Context) {
	timer := time.NewTimer(min(beat, max(0, time.Until(f.due()))))
	defer timer.Stop()
	events, failures := f.watch.events()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case e := <-events:
		f.note(f.watch.name(e))
	case err := <-failures:
		f.lost(err)
	}
}

// note has a file looked at, when the burst is over.
func (f *follower) note(name string) {
	f.heard = true
	if len(f.late) < maxNames {
		f.late[name] = true
	} else {
		f.everything = true
	}
	f.last = time.Now()
	if f.first.IsZero() {
		f.first = f.last
	}
}

// all has everything looked at, at a time.
func (f *follower) all(at time.Time) {
	f.everything, f.last, f.first = true, at.Add(-quiet), at.Add(-quiet)
}

// lost begins anew when events were lost.
func (f *follower) lost(err error) {
	if !errors.Is(err, fsnotify.ErrEventOverflow) {
		f.say(err)
	}
	f.watch.close()
	f.watch = newWatch(f.path)
	f.all(time.Now())
}

// due returns when to reload: at the end of a burst, else when the poll comes.
func (f *follower) due() time.Time {
	poll := f.looked.Add(f.interval())
	if f.first.IsZero() {
		return poll
	}
	burst := f.last.Add(quiet)
	if end := f.first.Add(most); end.Before(burst) {
		burst = end
	}
	if poll.Before(burst) {
		return poll
	}
	return burst
}

func (f *follower) interval() time.Duration {
	least := polled
	if f.heard && f.watch.failed == nil {
		least = polledLate
	}
	return max(least, sparsest*f.took)
}

// say tells of an error, unless it was told last.
func (f *follower) say(err error) {
	if s := err.Error(); s != f.said {
		f.said = s
		f.tell(Reload{Err: err})
	}
}
