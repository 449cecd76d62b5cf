package content

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// maxText bounds the text of all posts together, in bytes: a library is held in memory.
const maxText = 1 << 30

// A reading is what was last read of a file. The source is the same pointer for as long as the bytes are the same, so
// that what is derived from it can be kept.
type reading struct {
	*source
	stamp stamp
}

// readSources reads the files of a site, as many at once as there are processors. What previous holds of a file that
// has not changed is taken over.
func readSources(previous *Library, fsys fs.FS, s site, d dialect) []reading {
	old := previous.readings
	if !previous.dialect.same(d) {
		old = nil
	}
	all := make([]reading, len(s.files))
	var next, total atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(all)); i = next.Add(1) - 1 {
				all[i] = readSource(old[s.files[i].path], fsys, s.files[i], s.found[i], d, &total)
			}
		})
	}
	wait.Wait()
	return all
}

func readSource(old reading, fsys fs.FS, f file, at found, d dialect, total *atomic.Int64) reading {
	sameFile := old.source != nil && old.file == f
	if sameFile && at.entry != nil {
		if info, err := at.entry.Info(); err == nil && old.stamp.same(info) {
			return old
		}
	}
	data, stamp, err := readFile(fsys, f.path)
	changing := errors.Is(err, errChanging)
	if changing {
		err, stamp.modified = nil, time.Time{} // it is read again at the next load
	}
	if err == nil && total.Add(int64(len(data))) > maxText {
		err = fmt.Errorf("the posts are larger than %d MB together", maxText>>20)
	}
	if err != nil {
		return reading{old.keep(unreadable(f, err)), stamp}
	}
	if sameFile && !old.kept && old.post.Sum == sum(f.path, data) {
		return reading{old.source, stamp}
	}
	now := parse(f, data, d)
	if changing {
		now.warn(0, errChanging.Error(), "")
	}
	return reading{old.keep(now), stamp}
}

// unreadable stands for a file whose bytes nobody knows.
func unreadable(f file, err error) *source {
	s := &source{file: f, leftOut: err.Error()}
	s.post.Path = shown(f.path)
	s.report(Error, field{}, err.Error(), "")
	return s
}

// keep returns what is shown of a file now: what was shown before, if it is broken now and was not then.
func (s *source) keep(now *source) *source {
	if s == nil || s.leftOut != "" || !now.broken() || s.broken() && !s.kept {
		return now
	}
	kept := *s
	kept.file, kept.problems, kept.kept = now.file, now.problems, true
	return &kept
}
