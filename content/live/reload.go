package live

import (
	"time"

	"postern/content"
)

// work reloads if it is time to.
func (f *follower) work() {
	if !f.folder.isAt(f.path) {
		if !f.move() {
			return
		}
	}
	if now := time.Now(); now.Before(f.due()) {
		return
	}
	began := time.Now()
	f.late, f.everything, f.first, f.last = map[string]bool{}, false, time.Time{}, time.Time{}
	old := f.Library()
	l, err := content.Reload(old, f.folder.FS())
	f.looked, f.took = time.Now(), time.Since(began)
	if err != nil {
		f.say(err)
		return
	}
	if f.watch.cover(l.Directories()) {
		f.all(time.Now())
	}
	if f.darkened(l) {
		return
	}
	f.said = ""
	if l == old {
		return
	}
	f.show(l)
	f.tell(Reload{Took: time.Since(began)})
}

// move follows the directory's name to where it leads now, if it leads to a directory.
func (f *follower) move() bool {
	folder, err := openFolder(f.path)
	if err != nil {
		f.say(err)
		return false
	}
	f.folder = folder
	f.watch.close()
	f.watch = newWatch(f.path)
	f.all(time.Now())
	return true
}

// darkened reports whether a library is not to be shown because nothing is in it.
func (f *follower) darkened(l *content.Library) bool {
	return false
}
