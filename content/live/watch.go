package live

import (
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// maxWatched bounds how many directories are watched: each takes one of the watches that the system grants to a user,
// and about a kilobyte of the kernel's memory. Those past it are left to the poll.
const maxWatched = 10_000

// A watch hears of changes below a directory from the operating system. It is used by one goroutine.
type watch struct {
	top     string
	watcher *fsnotify.Watcher // nil where there are no events
	dirs    map[string]bool   // those that are watched, as content names them
	failed  error             // why not all are watched
}

func newWatch(top string) *watch {
	w := &watch{top: top, dirs: map[string]bool{}}
	w.watcher, w.failed = fsnotify.NewWatcher()
	return w
}

func (w *watch) close() {
	if w.watcher != nil {
		w.watcher.Close()
	}
}

// events returns where events come from: nil, which never has one, where there are none.
func (w *watch) events() (<-chan fsnotify.Event, <-chan error) {
	if w.watcher == nil {
		return nil, nil
	}
	return w.watcher.Events, w.watcher.Errors
}

// cover has all of dirs watched, and reports whether one was not before: what changed in it meanwhile went unheard.
func (w *watch) cover(dirs []string) (added bool) {
	if w.watcher == nil || w.failed != nil {
		return false
	}
	for _, dir := range dirs {
		if w.dirs[dir] {
			continue
		}
		if len(w.dirs) == maxWatched {
			w.failed = errTooMany
			return added
		}
		switch err := w.watcher.Add(filepath.Join(w.top, filepath.FromSlash(dir))); {
		case err == nil:
			w.dirs[dir], added = true, true
		case isExhausted(err):
			w.failed = err
			return added
		}
	}
	return added
}

// name returns what an event is about, as content names it, and forgets a directory that has gone from its place.
func (w *watch) name(e fsnotify.Event) string {
	rel, err := filepath.Rel(w.top, e.Name)
	if err != nil {
		return "."
	}
	name := filepath.ToSlash(rel)
	if e.Has(fsnotify.Remove|fsnotify.Rename) && w.dirs[name] {
		for dir := range w.dirs {
			if dir == name || name == "." || strings.HasPrefix(dir, name+"/") {
				_ = w.watcher.Remove(filepath.Join(w.top, filepath.FromSlash(dir))) // it may be gone already
				delete(w.dirs, dir)
			}
		}
	}
	return name
}
