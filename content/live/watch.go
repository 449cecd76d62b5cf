package live

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// maxWatched bounds how many directories are watched: each takes one of the watches that the system grants to a user,
// and about a kilobyte of the kernel's memory (inotify(7)). What lies in the others is found by the poll.
const maxWatched = 10_000

var errTooMany = errors.New("there are more than 10,000 of them")

// A watch hears of changes in directories from the operating system. It is used by one goroutine.
type watch struct {
	top     string
	watcher *fsnotify.Watcher // nil where there are no events
	dirs    map[string]bool   // those that are watched, relative to top
	failed  error             // why not all are
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

// channels returns where events and failures come from; where there are none, channels that never have one.
func (w *watch) channels() (<-chan fsnotify.Event, <-chan error) {
	if w.watcher == nil {
		return nil, nil
	}
	return w.watcher.Events, w.watcher.Errors
}

// cover has directories watched, and reports whether one of them was not before: what changed in it meanwhile went
// unheard. One that has gone since it was found needs no watch.
func (w *watch) cover(dirs []string) (added bool) {
	for _, dir := range dirs {
		if w.failed != nil {
			break
		}
		if w.dirs[dir] {
			continue
		}
		if len(w.dirs) == maxWatched {
			w.failed = errTooMany
			break
		}
		switch err := w.watcher.Add(w.path(dir)); {
		case err == nil:
			w.dirs[dir], added = true, true
		case errors.Is(err, syscall.ENOSPC):
			w.failed = errors.New("the system grants no more watches; raise fs.inotify.max_user_watches")
		}
	}
	return added
}

func (w *watch) path(dir string) string { return filepath.Join(w.top, filepath.FromSlash(dir)) }

// name returns what an event is about, relative to the top, and forgets directories that have left their place.
func (w *watch) name(e fsnotify.Event) string {
	rel, err := filepath.Rel(w.top, e.Name)
	if err != nil {
		return "."
	}
	name := filepath.ToSlash(rel)
	switch {
	case !w.dirs[name]:
	case e.Has(fsnotify.Remove):
		delete(w.dirs, name)
	case e.Has(fsnotify.Rename):
		for dir := range w.dirs {
			if name == "." || dir == name || strings.HasPrefix(dir, name+"/") {
				_ = w.watcher.Remove(w.path(dir)) // an error means that it isn't watched any more
				delete(w.dirs, dir)
			}
		}
	}
	return name
}
