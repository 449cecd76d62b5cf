// Package content reads a directory of Markdown, as any generator of blogs keeps it, into an immutable [Library] of
// posts, and names every problem that it finds on the way. It knows no terminal and no network.
package content

import (
	"io/fs"
	"slices"
	"sync/atomic"
	"time"
)

// A Library is all that one directory holds, at the moment when it was loaded. It is immutable: a change of the
// directory makes another. It is safe for concurrent use.
type Library struct {
	fsys     fs.FS
	settings Settings
	root     string
	dialect  dialect
	readings map[string]reading // by path, with what was left out
	posts    []*Post            // newest first; drafts, pages and future ones too
	listed   []*Post            // those of posts that may stand in the list: neither drafts nor unlisted nor pages
	pages    []*Post            // as listed
	expiries []time.Time        // when a post ceases to be published, ascending
	address  addresses
	files    attachments
	dirs     []string
	problems []Problem
	leftOut  []LeftOut
	index    *index
	shown    atomic.Pointer[view] // the view that At gave last: a cache
}

// LeftOut is a file or directory that was not taken for a post.
type LeftOut struct {
	Path string `json:"path"` // slash-separated, relative to the directory that was loaded; safe to show
	Why  string `json:"why"`
}

// Load reads the blog in fsys, which should be the file system of an [os.Root] where symbolic links may lie. The
// library is usable whatever its problems; the error is for a directory that can't be read at all.
func Load(fsys fs.FS) (*Library, error) {
	return load(&Library{}, fsys)
}

// Reload reads the blog in fsys again, and parses only the files that have changed since previous was loaded from it. A
// post whose file is broken now, and was not, stays as it was, with its problem reported.
func Reload(previous *Library, fsys fs.FS) (*Library, error) {
	return load(previous, fsys)
}

func load(previous *Library, fsys fs.FS) (*Library, error) {
	t, err := walkTree(fsys)
	if err != nil {
		return nil, err
	}
	l := &Library{fsys: fsys, problems: t.problems, dirs: t.dirs}
	var problems []Problem
	l.settings, problems = readSettings(fsys)
	l.problems = append(l.problems, problems...)
	s := surveySite(t, l.settings.Posts)
	l.root, l.leftOut = s.root, s.leftOut
	l.dialect = dialect{zone: l.settings.location.String(), in: l.settings.location, jekyll: s.jekyll}
	if len(s.files) == 0 && l.settings.Posts != "" {
		l.problems = append(l.problems, Problem{File: SettingsFile, Severity: Error,
			Message: "posts " + quoted(l.settings.Posts) + " holds no Markdown", Hint: "name a directory, relative to " + SettingsFile})
	}
	l.assemble(readSources(previous, fsys, s, l.dialect))
	l.files = newAttachments(t.files)
	l.index = previous.index.update(l.posts)
	return l, nil
}

// Settings returns what the blog says of itself.
func (l *Library) Settings() Settings { return l.settings }

// Root returns the directory that the posts were taken from, slash-separated and relative to the one that was loaded:
// "." if that is the directory itself. Where there are several, it is the one that holds them all.
func (l *Library) Root() string { return l.root }

// Problems returns all that is wrong, sorted by file and line. The slice is the caller's.
func (l *Library) Problems() []Problem { return slices.Clone(l.problems) }

// LeftOut returns what was not taken for a post, and why, sorted by path. The slice is the caller's.
func (l *Library) LeftOut() []LeftOut { return slices.Clone(l.leftOut) }

// Directories returns the directories that were looked into, slash-separated and relative to the one that was loaded,
// which is "." itself: a change in none of them changes the library. The slice is the caller's.
func (l *Library) Directories() []string { return slices.Clone(l.dirs) }
