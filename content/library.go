// Package content reads a directory of Markdown into an immutable [Library] of posts, and names every problem that it
// finds on the way. It knows no terminal and no network.
package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"time"
)

// A Library is all that one directory holds, at the moment when it was loaded. It is immutable: a change of the
// directory makes another. It is safe for concurrent use.
type Library struct {
	settings Settings
	posts    []*Post // newest first, drafts too
	bySlug   map[string]*Post
	problems []Problem
}

// Load reads the blog in fsys. The library is usable whatever its problems; the error is for a directory that can't be
// read at all.
func Load(fsys fs.FS) (*Library, error) {
	if _, err := fs.Stat(fsys, "."); err != nil {
		return nil, err
	}
	l := &Library{bySlug: map[string]*Post{}}
	l.settings, l.problems = readSettings(fsys)
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			l.problems = append(l.problems, Problem{File: line(path), Severity: Error, Message: "can't be read: " + err.Error()})
			return nil
		}
		switch {
		case path != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type().IsRegular() && isMarkdown(d.Name()):
			l.add(fsys, path)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(l.posts, func(a, b *Post) int {
		return cmp.Or(b.Time.Compare(a.Time), strings.Compare(a.Path, b.Path))
	})
	l.index()
	sortProblems(l.problems)
	return l, nil
}

func (l *Library) add(fsys fs.FS, path string) {
	data, err := readFile(fsys, path)
	if err != nil {
		l.problems = append(l.problems, Problem{File: line(path), Severity: Error, Message: err.Error()})
		return
	}
	p, problems := parse(path, data, l.settings.location)
	l.problems = append(l.problems, problems...)
	if p != nil {
		l.posts = append(l.posts, p)
	}
}

// index gives each slug to the newest post that claims it.
func (l *Library) index() {
	for _, p := range l.posts {
		if other := l.bySlug[p.Slug]; other != nil {
			l.problems = append(l.problems, Problem{File: p.Path, Line: 1, Severity: Error,
				Message: fmt.Sprintf("its slug %q is taken by %s", p.Slug, other.Path), Hint: "give it a `slug:` of its own"})
			continue
		}
		l.bySlug[p.Slug] = p
	}
}

// Settings returns what the blog says of itself.
func (l *Library) Settings() Settings { return l.settings }

// Problems returns all that is wrong, sorted by file and line.
func (l *Library) Problems() []Problem { return l.problems }

// At returns what is published at a moment: neither drafts nor what is dated after it.
func (l *Library) At(now time.Time) *Edition {
	e := &Edition{library: l, now: now}
	first := sort.Search(len(l.posts), func(i int) bool { return !l.posts[i].Time.After(now) })
	for _, p := range l.posts[first:] {
		if !p.Draft {
			e.posts = append(e.posts, p)
		}
	}
	return e
}

// An Edition is what a library publishes at one moment. It is immutable and safe for concurrent use.
type Edition struct {
	library *Library
	now     time.Time
	posts   []*Post
}

// Settings returns what the blog says of itself.
func (e *Edition) Settings() Settings { return e.library.settings }

// Posts returns the posts, newest first. The slice is shared: nobody may change it.
func (e *Edition) Posts() []*Post { return e.posts }

// Find returns the post at an address, whatever the case of its letters.
func (e *Edition) Find(address string) (*Post, bool) {
	p := e.library.bySlug[strings.ToLower(address)]
	if p == nil || p.Draft || p.Time.After(e.now) {
		return nil, false
	}
	return p, true
}
