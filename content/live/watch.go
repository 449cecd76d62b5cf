package live

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// maxWatched is how many directories are watched at most. Each takes one of the watches that the system grants to a user, and
// about a kilobyte of the kernel's memory (inotify(7)). Changes in the others are found by scans.
const maxWatched = 10_000

var errTooMany = errors.New("there are more than 10,000 of them")

// A watch gets events for changes in directories from the operating system. It is not safe for concurrent use.
type watch struct {
	top     string
	watcher *fsnotify.Watcher // nil if the system has no events
	dirs    map[string]bool   // that are watched, relative to top
	err     error             // why not all are
}

func newWatch(top string) *watch {
	w := &watch{top: top, dirs: map[string]bool{}}
	w.watcher, w.err = fsnotify.NewWatcher()
	return w
}

func (w *watch) close() {
	if w.watcher != nil {
		w.watcher.Close()
	}
}

// channels returns the channels of events and of failures; nil if the system has no events.
func (w *watch) channels() (<-chan fsnotify.Event, <-chan error) {
	if w.watcher == nil {
		return nil, nil
	}
	return w.watcher.Events, w.watcher.Errors
}

// add watches directories, and reports whether one of them was not watched before, so that its changes until now had no events.
// A directory that doesn't exist any more is skipped.
func (w *watch) add(dirs []string) (added bool) {
	for _, dir := range dirs {
		if w.err != nil {
			break
		}
		if w.dirs[dir] {
			continue
		}
		if len(w.dirs) == maxWatched {
			w.err = errTooMany
			break
		}
		switch err := w.watcher.Add(w.path(dir)); {
		case err == nil:
			w.dirs[dir], added = true, true
		case errors.Is(err, syscall.ENOSPC):
			w.err = errors.New("the system grants no more watches; raise fs.inotify.max_user_watches")
		}
	}
	return added
}

func (w *watch) path(dir string) string { return filepath.Join(w.top, filepath.FromSlash(dir)) }

// eventName returns the file of an event, relative to top. It stops watching directories that were removed or renamed.
func (w *watch) eventName(e fsnotify.Event) string {
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
