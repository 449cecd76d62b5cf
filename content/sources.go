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

// A reading is what was last read of a file. The source is the same pointer for as long as the bytes are the same, so
// that what is derived from it can be kept.
type reading struct {
	*source
	stamp     fileStamp
	sum       [16]byte // of the bytes that were read; zero if they are to be parsed again in any case
	fault     string   // why they can't be had
	unsettled bool     // the file seemed to be half-written
}

// readSources reads the files of a site, as many at once as there are processors: those of touched, as they stand in the
// tree, or all if that is nil. What the scan before, which may be nil, holds of a file that has not changed is taken over.
func readSources(before *Scan, in inputs, touched []int) []reading {
	r := reader{fsys: in.fsys, site: in.site, posts: in.tree.Posts, dialect: in.dialect, first: before == nil, told: touched != nil}
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
		if before.library.dialect.same(in.dialect) {
			before.align(all, in.site)
		}
		r.gone = before.brokenBeside(in.site.Files)
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

// maxGone bounds the broken files that are looked for under another name: each is compared with each new one.
const maxGone = 64

// brokenBeside returns what was read of files that are broken and shown as they were before, and that files, in the order
// of paths, no longer has.
func (s *Scan) brokenBeside(files []discover.File) []reading {
	var gone []reading
	for _, r := range s.readings {
		if !r.kept || len(gone) == maxGone {
			continue
		}
		_, there := slices.BinarySearchFunc(files, r.file.Path, func(f discover.File, path string) int { return strings.Compare(f.Path, path) })
		if !there {
			gone = append(gone, r)
		}
	}
	return gone
}

// A reader reads the files of one site.
type reader struct {
	fsys    fs.FS
	site    discover.Site
	posts   []discover.Found
	dialect dialect
	first   bool         // there is nothing that a reader has seen yet
	told    bool         // the files are said to have changed, and posts knows nothing of that
	gone    []reading    // broken files that may only have another name now
	total   atomic.Int64 // bytes of text
}

// read reads the nth file, of which old is what was read before.
func (r *reader) read(old reading, n int) reading {
	f, at := r.site.Files[n], r.posts[r.site.Indices[n]]
	same := old.source != nil && old.file == f
	if same && (at.Unread || !r.told && old.stamp.same(at)) {
		r.total.Add(int64(len(old.written.text)))
		return old
	}
	data, stamp, err := readFile(r.fsys, f.Path)
	changing := errors.Is(err, errChanging)
	if !r.first && (changing && !old.unsettled || err == nil && len(data) == 0 && isYoung(stamp.modified, stamp.read)) {
		return old.await(f)
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
	now := parse(f, data, r.dialect)
	if old.source == nil {
		old.source = r.moved(data)
	}
	if changing {
		now.warn(0, errChanging.Error(), "")
		return reading{source: old.keep(now), stamp: stamp}
	}
	return reading{source: old.keep(now), stamp: stamp, sum: sum}
}

// moved returns what is shown of a broken file that is gone and had these bytes: it has another name now.
func (r *reader) moved(data []byte) *source {
	for _, g := range r.gone {
		if g.sum == checksum(g.file.Path, data) {
			return g.source
		}
	}
	return nil
}

// await leaves a file what it was, until more is written in it.
func (old reading) await(f discover.File) reading {
	if old.source == nil {
		old.source = &source{file: f, leftOut: "nothing is written in it yet", unread: true}
		old.post.Path = sanitize.FileName(f.Path)
	}
	return reading{source: old.source, sum: old.sum, fault: old.fault, unsettled: true}
}

// unreadable stands for a file whose bytes nobody knows.
func unreadable(f discover.File, err error) *source {
	s := &source{file: f, leftOut: err.Error(), unread: true}
	s.post.Path = sanitize.FileName(f.Path)
	s.report(problem.Error, frontmatter.Field{}, err.Error(), "")
	return s
}

// keep returns what is shown of a file now: what was shown before, if it is broken now and was not then.
func (s *source) keep(now *source) *source {
	if s == nil || s.leftOut != "" || !now.broken() || s.broken() && !s.kept {
		return now
	}
	kept := *s
	kept.file, kept.problems, kept.kept = now.file, now.problems, true
	kept.post.Path, kept.stem, kept.full = now.post.Path, now.stem, now.full
	return &kept
}
