package content

import (
	"io/fs"
	"time"
)

// Equal reports whether two editions publish the same: they are of one library, and nothing has come or gone between them.
// What was made of one then serves for the other.
func (e *Edition) Equal(other *Edition) bool {
	if e.library != other.library || e.whole != other.whole {
		return false
	}
	first, last := e, other
	if last.now.Before(first.now) {
		first, last = last, first
	}
	return first.lasts(last.now)
}

// lasts reports whether nothing comes or goes until a moment that is not before the edition's own.
func (e *Edition) lasts(moment time.Time) bool {
	until := e.Until()
	return until.IsZero() || until.After(moment)
}

// Open opens a file that is no post, as [Library.Open] does.
func (e *Edition) Open(name string) (fs.File, error) { return e.library.Open(name) }

// Stat describes a file that is no post, as [Library.Stat] does.
func (e *Edition) Stat(name string) (fs.FileInfo, error) { return e.library.Stat(name) }
