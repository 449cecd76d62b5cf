package live

import (
	"fmt"
	"time"

	"postern/content"
	"postern/content/problem"
)

// reload reads what has changed, and shows it.
func (f *follower) reload(now time.Time) {
	scan, err := f.read(now)
	if err != nil {
		f.fail(err)
		return
	}
	l, old := scan.Library(), f.Library()
	if f.watch.cover(l.Directories()) {
		f.all(time.Now()) // what changed in them before they were watched
	}
	for _, name := range scan.Unsettled() {
		f.note(name, now.Add(soon))
	}
	f.hearing()
	if f.isDark(l, now) {
		return
	}
	if l == old && f.moved {
		scan = scan.In(f.folder.FS())
	}
	f.show(scan)
	back := f.told != ""
	f.told, f.moved = "", false
	switch {
	case l != old:
		f.tell(newReload(old, l, time.Since(now)))
	case back:
		f.tell(Reload{}) // nothing else would say so
	}
}

// read reads the files that have changed, or all if that isn't known.
func (f *follower) read(now time.Time) (*content.Scan, error) {
	names, everything := f.names, f.everything || f.first.IsZero()
	f.names, f.everything, f.first, f.last = map[string]bool{}, false, time.Time{}, time.Time{}
	if !everything {
		list := make([]string, 0, len(names))
		for name := range names {
			list = append(list, name)
		}
		return f.Scan().Refresh(f.folder.FS(), list)
	}
	scan, err := f.Scan().Reload(f.folder.FS())
	f.looked, f.took = time.Now(), time.Since(now)
	return scan, err
}

// isDark reports whether a library has no posts any more, and not for long enough to be meant so.
func (f *follower) isDark(l *content.Library, now time.Time) bool {
	if !l.Bereft(f.Library()) {
		f.empty = time.Time{}
		return false
	}
	if f.empty.IsZero() {
		f.empty = now
	}
	if over := f.empty.Add(dark); now.Before(over) {
		f.all(over)
		return true
	}
	f.empty = time.Time{}
	return false
}

// move goes where the directory's name leads now.
func (f *follower) move() {
	folder, err := openFolder(f.path)
	if err != nil {
		f.fail(err)
		return
	}
	f.folder, f.moved, f.away = folder, true, false
	f.rewatch()
}

// fail tells of an error, unless it was told before. Until the directory can be read again, nothing is.
func (f *follower) fail(err error) {
	f.away = true
	if s := err.Error(); s != f.told {
		f.told = s
		f.tell(Reload{Err: fmt.Errorf("%w; what was read before is shown until it is back", err)})
	}
}

// hearing tells, once, if not all directories are watched.
func (f *follower) hearing() {
	if f.watch.failed != nil && !f.deaf {
		f.deaf = true
		f.tell(Reload{Err: fmt.Errorf("not all directories are watched, so a change may take %v to show: %w", max(polled, sparse*f.took).Round(time.Second), f.watch.failed)})
	}
}

// newReload says what is new in a library.
func newReload(old, now *content.Library, took time.Duration) Reload {
	r := Reload{Changed: now.Since(old), Took: took}
	changed, known := map[string]bool{}, map[problem.Problem]bool{}
	for _, name := range r.Changed {
		changed[name] = true
	}
	for _, p := range old.Problems() {
		known[p] = true
	}
	for _, p := range now.Problems() {
		if changed[p.File] || !known[p] {
			r.Problems = append(r.Problems, p)
		}
	}
	return r
}
