package content

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/problem"
	"postern/content/sanitize"
)

// maxText bounds the text of all posts together, in bytes: a library is held in memory.
const maxText = 1 << 30

// A reading is what was last read of a file. Its source is the same pointer for as long as the bytes are the same, so that what
// is derived from it can be kept.
type reading struct {
	*source
	stamp     fileStamp
	sum       [16]byte // of the bytes that were read; zero if they are to be parsed again in any case
	fault     string   // why they can't be read
	unsettled bool     // the file seemed to be half-written
}

// readSources reads the files of a site, as many at once as there are processors: those of touched, as they stand in the
// tree, or all if that is nil. What the scan before, which may be nil, holds of a file that has not changed is taken over.
func readSources(before *Scan, in inputs, touched []int) []reading {
	r := reader{fsys: in.fsys, site: in.site, posts: in.tree.Posts, parseOptions: in.parseOptions, first: before == nil, changed: touched != nil}
	all := make([]reading, len(in.site.Files))
	todo := touched
	if touched == nil {
		todo = in.site.Indices
	}
	switch {
	case before == nil:
	case touched != nil:
		copy(all, before.readings)
	default:
		if before.library.parseOptions.same(in.parseOptions) {
			before.align(all, in.site)
		}
		r.missing = before.staleMissing(in.site.Files)
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(todo)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(todo)); i = next.Add(1) - 1 {
				if n, ok := slices.BinarySearch(in.site.Indices, todo[i]); ok {
					all[n] = r.read(all[n], n)
				}
			}
		})
	}
	wait.Wait()
	return all
}

// align puts what was read of a site's files into the places that they have now. Both are in the order of paths.
func (s *Scan) align(all []reading, site discover.Site) {
	old := s.readings
	for n, i := 0, 0; n < len(all) && i < len(old); {
		switch c := strings.Compare(site.Files[n].Path, old[i].file.Path); {
		case c < 0:
			n++
		case c > 0:
			i++
		default:
			all[n] = old[i]
			n, i = n+1, i+1
		}
	}
}

// maxMissing bounds the broken files that are looked for under another name: each is compared with each new one.
const maxMissing = 64

// staleMissing returns what was read of files that are broken and shown as they were before, and that files, in the order
// of paths, no longer has.
func (s *Scan) staleMissing(files []discover.File) []reading {
	var missing []reading
	for _, r := range s.readings {
		if !r.stale || len(missing) == maxMissing {
			continue
		}
		_, there := slices.BinarySearchFunc(files, r.file.Path, func(f discover.File, path string) int { return strings.Compare(f.Path, path) })
		if !there {
			missing = append(missing, r)
		}
	}
	return missing
}

// A reader reads the files of one site.
type reader struct {
	fsys         fs.FS
	site         discover.Site
	posts        []discover.TreeFile
	parseOptions parseOptions
	first        bool         // nothing was read before
	changed      bool         // the files are said to have changed, which posts doesn't know
	missing      []reading    // broken files that are gone, or have another name now
	total        atomic.Int64 // bytes of text
}

// read reads the nth file, of which old is what was read before.
func (r *reader) read(old reading, n int) reading {
	f, at := r.site.Files[n], r.posts[r.site.Indices[n]]
	same := old.source != nil && old.file == f
	if same && (at.Unread || !r.changed && old.stamp.same(at)) {
		r.total.Add(int64(len(old.written.text)))
		return old
	}
	data, stamp, err := readFile(r.fsys, f.Path)
	changing := errors.Is(err, errChanging)
	if !r.first && (changing && !old.unsettled || err == nil && len(data) == 0 && isYoung(stamp.modified, stamp.read)) {
		return old.wait(f)
	}
	if changing {
		err, stamp.modified = nil, time.Time{} // it is read again at the next load
	}
	if err == nil && r.total.Add(int64(len(data))) > maxText {
		err = fmt.Errorf("the posts are larger than %d MB together", maxText>>20)
	}
	if err != nil {
		if !same || old.fault != err.Error() {
			old.source = old.keep(unreadable(f, err))
		}
		return reading{source: old.source, stamp: stamp, fault: err.Error()}
	}
	sum := checksum(f.Path, data)
	if same && old.sum == sum {
		return reading{source: old.source, stamp: stamp, sum: sum}
	}
	now := parse(f, data, r.parseOptions)
	if old.source == nil {
		old.source = r.renamed(data)
	}
	if changing {
		now.warn(0, errChanging.Error(), "")
		return reading{source: old.keep(now), stamp: stamp}
	}
	return reading{source: old.keep(now), stamp: stamp, sum: sum}
}

// renamed returns what is shown of the missing file that had these bytes: it has another name now.
func (r *reader) renamed(data []byte) *source {
	for _, m := range r.missing {
		if m.sum == checksum(m.file.Path, data) {
			return m.source
		}
	}
	return nil
}

// wait leaves a file what it was, until more is written in it.
func (old reading) wait(f discover.File) reading {
	if old.source == nil {
		old.source = &source{file: f, leftOut: "nothing is written in it yet", unread: true}
		old.post.Path = sanitize.FileName(f.Path)
	}
	return reading{source: old.source, sum: old.sum, fault: old.fault, unsettled: true}
}

// unreadable returns the source of a file that can't be read.
func unreadable(f discover.File, err error) *source {
	s := &source{file: f, leftOut: err.Error(), unread: true}
	s.post.Path = sanitize.FileName(f.Path)
	s.report(problem.Error, frontmatter.Field{}, err.Error(), "")
	return s
}

// keep returns what is shown of a file now: what was shown before, if it is broken now and was not then.
func (s *source) keep(now *source) *source {
	if s == nil || s.leftOut != "" || !now.broken() || s.broken() && !s.stale {
		return now
	}
	kept := *s
	kept.file, kept.problems, kept.stale = now.file, now.problems, true
	kept.post.Path, kept.stem, kept.full = now.post.Path, now.stem, now.full
	return &kept
}
