package content

import (
	"fmt"
	"io/fs"
	"runtime"
	"sync"
	"sync/atomic"
)

// maxText bounds the text of all posts together, in bytes: a library is held in memory.
const maxText = 1 << 30

// readSources reads the files of a site, as many at once as there are processors. What previous holds of a file that
// has not changed is taken over.
func readSources(previous *Library, fsys fs.FS, s site, d dialect) []*source {
	old := previous.sources
	if previous.dialect != d {
		old = nil
	}
	all := make([]*source, len(s.files))
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

func readSource(old *source, fsys fs.FS, f file, at found, d dialect, total *atomic.Int64) *source {
	if old != nil && old.file == f && at.entry != nil {
		if info, err := at.entry.Info(); err == nil && old.stamp.same(info) {
			return old
		}
	}
	data, stamp, err := readFile(fsys, f.path)
	if err == nil && total.Add(int64(len(data))) > maxText {
		data, err = nil, fmt.Errorf("the posts are larger than %d MB together", maxText>>20)
	}
	if err == errChanging {
		stamp.modified = stamp.modified.Truncate(0).AddDate(0, 0, -1) // no file has this time: it is read again
	}
	var now *source
	switch {
	case err != nil && err != errChanging:
		now = &source{file: f, leftOut: err.Error()}
		now.post.Path = shown(f.path)
		now.report(Error, field{}, err.Error(), "")
	default:
		now = parse(f, data, d)
		if old != nil && !old.kept && old.post.Sum == now.post.Sum && old.file == f {
			again := *old
			again.stamp = stamp
			return &again
		}
	}
	now.stamp = stamp
	if old != nil && old.leftOut == "" && now.broken() && (!old.broken() || old.kept) {
		kept := *old
		kept.file, kept.stamp, kept.problems, kept.kept = f, stamp, now.problems, true
		return &kept
	}
	return now
}
