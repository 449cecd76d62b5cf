package live

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"postern/content"
	"postern/content/problem"
)

// reload reads what has changed, and replaces the library.
func (f *follower) reload(now time.Time) {
	scan, err := f.read(now)
	if err != nil {
		f.fail(err)
		return
	}
	l, old := scan.Library(), f.Library()
	if f.watch.add(l.Directories()) {
		f.scheduleScan(time.Now()) // they may have changed before they were watched
	}
	for _, name := range scan.Unsettled() {
		f.noteChange(name, now.Add(retryDelay))
	}
	f.reportUnwatched()
	if f.awaitsPosts(l, now) {
		return
	}
	if l == old && f.reopened {
		scan = scan.In(f.folder.FS())
	}
	f.setScan(scan)
	readableAgain := f.lastError != ""
	f.lastError, f.reopened = "", false
	switch {
	case l != old:
		f.report(newReload(old, l, time.Since(now)))
	case readableAgain:
		f.report(Reload{}) // there is no other sign of it
	}
}

// read reads the files that have changed, or all files if it isn't known which, and forgets the changes.
func (f *follower) read(now time.Time) (*content.Scan, error) {
	changed, scanAll := f.changed, f.scanAll || f.firstChange.IsZero()
	f.changed, f.scanAll, f.firstChange, f.lastChange = map[string]bool{}, false, time.Time{}, time.Time{}
	if !scanAll {
		return f.Scan().Refresh(f.folder.FS(), slices.Collect(maps.Keys(changed)))
	}
	scan, err := f.Scan().Reload(f.folder.FS())
	f.scanned, f.scanTook = time.Now(), time.Since(now)
	return scan, err
}

// awaitsPosts reports whether a library has lost all of its posts, and for less than emptyGrace: they may be about to come
// back, as when a disk is mounted or a generator writes its files anew.
func (f *follower) awaitsPosts(l *content.Library, now time.Time) bool {
	if !l.LostAll(f.Library()) {
		f.emptySince = time.Time{}
		return false
	}
	if f.emptySince.IsZero() {
		f.emptySince = now
	}
	if end := f.emptySince.Add(emptyGrace); now.Before(end) {
		f.scheduleScan(end)
		return true
	}
	f.emptySince = time.Time{}
	return false
}

// reopen opens the directory to which its name leads now.
func (f *follower) reopen() {
	folder, err := openFolder(f.path)
	if err != nil {
		f.fail(err)
		return
	}
	f.folder, f.reopened, f.unreadable = folder, true, false
	f.rewatch()
}

// fail reports an error, unless it was the last one reported. The directory is not read until reopen has succeeded.
func (f *follower) fail(err error) {
	f.unreadable = true
	if s := err.Error(); s != f.lastError {
		f.lastError = s
		f.report(Reload{Err: fmt.Errorf("%w; what was read before is shown until it is back", err)})
	}
}

// reportUnwatched reports once if not all directories are watched.
func (f *follower) reportUnwatched() {
	if f.watch.err != nil && !f.toldUnwatched {
		f.toldUnwatched = true
		f.report(Reload{Err: fmt.Errorf("not all directories are watched, so a change may take %v to show: %w", max(scanInterval, scanFactor*f.scanTook).Round(time.Second), f.watch.err)})
	}
}

// newReload returns what is new in a library.
func newReload(old, l *content.Library, took time.Duration) Reload {
	r := Reload{Changed: l.Since(old), Took: took}
	known := map[problem.Problem]bool{}
	for _, p := range old.Problems() {
		known[p] = true
	}
	for _, p := range l.Problems() {
		_, changed := slices.BinarySearch(r.Changed, p.File)
		if changed || !known[p] {
			r.Problems = append(r.Problems, p)
		}
	}
	return r
}
