package live

import (
	"cmp"
	"context"
	"time"

	"postern/content/problem"
)

// Changes come in bursts: an editor makes three for one save, a git pull thousands. What must hold: a burst is one reload; a
// directory that changes all the time is reloaded too; a change without an event is found by a scan of all files; the memory
// that is kept for changes is bounded.
const (
	debounce     = 100 * time.Millisecond // from the last change of a burst to the reload
	maxDelay     = 2 * time.Second        // from the first change of a burst to the reload
	retryDelay   = 250 * time.Millisecond // until a half-written file is read again
	rootInterval = time.Second            // between two checks of where the directory's name leads
	emptyGrace   = 3 * time.Second        // how long a directory must stay empty before its library is

	// A scan takes time in proportion to the number of files: 62 ms for 10,000. Scans may use half a percent of a core, and they
	// are rare where events come, since they only find what the events have missed.
	scanFactor          = 200 // times the duration of a scan, until the next
	scanInterval        = 3 * time.Second
	scanIntervalWatched = 30 * time.Second // once an event has come

	maxChanged = 4096 // files in a burst; after more, all files are scanned
)

// A Reload says what has changed when a directory was read again.
type Reload struct {
	Changed  []string          // the paths of files that were changed, added or removed, sorted
	Problems []problem.Problem // the new ones, and all those of changed files
	Took     time.Duration
	Err      error // why the directory can't be read, or can't be watched; the library stays as it was
}

// Follow keeps the library up to date with the directory until ctx is done. It calls report after each change of the library,
// once for each error, and with an empty Reload when the directory is readable again and unchanged. While a directory is
// missing, can't be read, or has been empty for less than three seconds, the library stays as it was. Only one Follow of a
// Directory may run at a time.
func (d *Directory) Follow(ctx context.Context, report func(Reload)) {
	if d.path == "" {
		<-ctx.Done()
		return
	}
	newFollower(d, report, newWatch).run(ctx)
}

// A follower is one call of Follow.
type follower struct {
	*Directory
	report     func(Reload)
	startWatch func(top string) *watch
	watch      *watch

	hadEvent      bool   // since Follow was called
	lostEvents    bool   // the system has dropped some, so the watch must be made again
	unreadable    bool   // the directory could not be read last time
	reopened      bool   // folder is not the one of the library any more
	lastError     string // that was reported; empty since the directory could be read again
	toldUnwatched bool   // it was reported that not all directories are watched

	rootChecked time.Time // when the directory's name was last looked up
	scanned     time.Time // when the last scan ended
	scanTook    time.Duration
	emptySince  time.Time // zero unless the directory seems to be empty

	// Changes that are not in the library yet.
	changed                 map[string]bool // the names of files
	scanAll                 bool            // any file may have changed
	firstChange, lastChange time.Time       // zero if there are none
}

func newFollower(d *Directory, report func(Reload), startWatch func(top string) *watch) *follower {
	f := &follower{Directory: d, report: report, startWatch: startWatch, changed: map[string]bool{}}
	f.rewatch()
	return f
}

func (f *follower) run(ctx context.Context) {
	defer func() { f.watch.close() }()
	for f.wait(ctx) {
		now := time.Now()
		if now.Sub(f.rootChecked) >= rootInterval || f.isDue(now) {
			f.rootChecked = now
			if !f.folder.isAt(f.path) || f.unreadable {
				f.reopen()
			}
		}
		if !f.unreadable && f.isDue(now) {
			if f.lostEvents {
				f.rewatch()
			}
			f.reload(now)
		}
	}
}

// wait returns true when there may be something to do, and false when ctx is done. It records the change of an event.
func (f *follower) wait(ctx context.Context) bool {
	next := f.rootChecked.Add(rootInterval)
	if due := f.due(); !f.unreadable && due.Before(next) {
		next = due
	}
	timer := time.NewTimer(time.Until(next))
	defer timer.Stop()
	events, failures := f.watch.channels()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case e := <-events:
		f.hadEvent = true
		f.noteChange(f.watch.eventName(e), time.Now())
	case <-failures: // events are missing, as when the queue of the system was full
		f.lostEvents, f.scanAll = true, true
		f.noteChange(".", time.Now())
	}
	return ctx.Err() == nil
}

// noteChange records that a file has changed, so that it is read at the end of the burst.
func (f *follower) noteChange(name string, at time.Time) {
	if len(f.changed) < maxChanged {
		f.changed[name] = true
	} else {
		f.scanAll = true
	}
	if f.lastChange = at; f.firstChange.IsZero() {
		f.firstChange = at
	}
}

// scheduleScan schedules a scan of all files for a time.
func (f *follower) scheduleScan(at time.Time) {
	f.scanAll = true
	f.firstChange, f.lastChange = at.Add(-f.debounce()), at.Add(-f.debounce())
}

func (f *follower) debounce() time.Duration { return cmp.Or(f.Debounce, debounce) }

// due returns when to read the directory again: at the end of a burst, or else at the next scan.
func (f *follower) due() time.Time {
	if !f.firstChange.IsZero() {
		return earlier(f.lastChange.Add(f.debounce()), f.firstChange.Add(max(maxDelay, 4*f.scanTook)))
	}
	interval := scanInterval
	if f.hadEvent && f.watch.err == nil {
		interval = scanIntervalWatched
	}
	return f.scanned.Add(max(interval, scanFactor*f.scanTook))
}

func (f *follower) isDue(now time.Time) bool { return !now.Before(f.due()) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// rewatch watches the directory anew, and schedules a scan for what has changed meanwhile.
func (f *follower) rewatch() {
	if f.watch != nil {
		f.watch.close()
	}
	f.watch, f.lostEvents = f.startWatch(f.path), false
	f.watch.add(f.Library().Directories())
	f.scheduleScan(time.Now())
}
