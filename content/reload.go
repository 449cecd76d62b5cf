package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/search"
	"postern/content/settings"
)

// A library is loaded again by taking over what has not changed. What must hold: however a library came about, from the
// one before or from nothing, it says the same of the same files, but for a file that is broken or half-written now: that
// one stays what it was.

// about is what decides over a library besides its posts' files.
type about struct {
	settings string    // the settings' file, as it is written
	fault    string    // why it can't be read
	sheet    fileStamp // of the style sheet that the settings name, if they name one
}

// A record is what a look at the files found, in the order of site.files. It may be younger than its library, if nothing
// had changed.
type record struct {
	fsys      fs.FS
	readings  []reading
	unsettled bool // the settings seemed to be half-written
}

// Reload reads the blog in fsys again, and parses only the files that have changed since previous was loaded from it. A
// post whose file is broken now, and was not, stays as it was, with its problem reported. If nothing has changed, the
// library that it returns is previous itself.
func Reload(previous *Library, fsys fs.FS) (*Library, error) {
	t, err := discover.Walk(fsys)
	if err != nil {
		return nil, err
	}
	t.Recall(previous.tree)
	return previous.follow(fsys, t, nil), nil
}

// Try returns what Reload would, and leaves previous as it is: fsys is not what the blog is read from afterwards. Search finds
// nothing in a library that is new.
func Try(previous *Library, fsys fs.FS) (*Library, error) {
	t, err := discover.Walk(fsys)
	if err != nil {
		return nil, err
	}
	t.Recall(previous.tree)
	l, changed := previous.next(fsys, t, nil)
	if !changed {
		return previous, nil
	}
	l.index = &search.Index{}
	return l, nil
}

// Refresh is Reload for who knows that nothing but names may have changed, slash-separated paths as in fsys. It looks at
// all files only if one of names has come or gone, or is about the blog as a whole.
func Refresh(previous *Library, fsys fs.FS, names []string) (*Library, error) {
	touched, ok := previous.touched(fsys, names)
	if !ok {
		return Reload(previous, fsys)
	}
	return previous.follow(fsys, previous.tree, touched), nil
}

// follow returns the library that follows l, with what searching needs; l itself if nothing has changed.
func (l *Library) follow(fsys fs.FS, t discover.Tree, touched []int) *Library {
	n, changed := l.next(fsys, t, touched)
	if !changed {
		l.seen.Store(n.seen.Load())
		return l
	}
	n.index = l.index.Update(documentsOf(n.posts))
	return n
}

// Unsettled returns the files that seemed to be half-written at the last look: they were left as they had been, and should
// be looked at again in a moment.
func (l *Library) Unsettled() []string {
	var names []string
	seen := l.seen.Load()
	if seen.unsettled {
		names = append(names, settings.File)
	}
	for _, r := range seen.readings {
		if r.unsettled {
			names = append(names, r.file.Path)
		}
	}
	return names
}

// next makes the library that follows l, of a tree of which only the files at touched have changed, or all may have if
// that is nil. It reports whether anything has changed; if not, the library has no more than the record of the look.
func (l *Library) next(fsys fs.FS, t discover.Tree, touched []int) (n *Library, changed bool) {
	n = &Library{tree: t, about: l.about, settings: l.settings, sound: l.sound, settingsProblems: l.settingsProblems, site: l.site, chosen: l.chosen, dialect: l.dialect}
	seen := record{fsys: fsys}
	if touched == nil {
		seen.unsettled = n.readAbout(fsys)
	}
	sameSite := touched != nil || l.index != nil && n.about.sameSettings(l.about) && t.Equal(l.tree)
	if !sameSite {
		n.site, n.chosen = discover.Survey(t, n.settings.Posts), n.settings.Posts
		if n.settings.Posts != "" && n.settings.Posts != l.chosen && l.index != nil && !n.site.HoldsPosts() {
			n.site, n.chosen = discover.Survey(t, l.chosen), l.chosen // a wrong name takes no blog away
		}
		n.dialect = dialect{zone: n.settings.Location().String(), in: n.settings.Location(), jekyll: n.site.Jekyll}
	}
	seen.readings = readSources(l, fsys, n, touched)
	n.seen.Store(&seen)
	if sameSite && n.about == l.about && sameSources(seen.readings, l.seen.Load().readings) {
		return n, false
	}
	if n.files = l.files; !sameSite {
		n.files = newAttachments(t.Files)
	}
	if !sameSite || !n.replace(l) {
		n.assemble(seen.readings)
	}
	return n, true
}

func sameSources(a, b []reading) bool {
	return slices.EqualFunc(a, b, func(a, b reading) bool { return a.source == b.source })
}

// readAbout reads the settings, unless they are still what they were, and looks at the style sheet that they name. Settings
// that are broken now and were not stay what they were, with their problems; so do those that seem to be half-written.
func (l *Library) readAbout(fsys fs.FS) (unsettled bool) {
	data, modified, err := settings.Read(fsys)
	if err == nil && len(data) == 0 && young(modified, time.Now()) && l.about.settings != "" {
		return true
	}
	now := about{settings: string(data)}
	if err != nil {
		now.fault = err.Error()
	}
	if l.settings.Title == "" || !now.sameSettings(l.about) {
		parsed, problems := settings.Parse(data, err)
		l.settingsProblems = problems
		if _, wrong := problem.FirstError(problems); !wrong || !l.sound {
			l.settings, l.sound = parsed, !wrong
		}
	}
	if sheet, ok := l.settings.StyleSheet(); ok {
		if info, err := fs.Stat(fsys, sheet); err == nil {
			now.sheet = fileStamp{size: info.Size(), modified: info.ModTime().UTC()}
		}
	}
	l.about = now
	return false
}

func (a about) sameSettings(other about) bool {
	return a.settings == other.settings && a.fault == other.fault
}

// touched returns which of the tree's posts are among names, and whether all of names are what they were: files that
// are still there, or nothing.
func (l *Library) touched(fsys fs.FS, names []string) (at []int, ok bool) {
	at = []int{}
	sheet, _ := l.settings.StyleSheet()
	for _, name := range names {
		info, err := fs.Lstat(fsys, name)
		n, isPost := slices.BinarySearchFunc(l.tree.Posts, name, func(f discover.Found, name string) int { return strings.Compare(f.Path, name) })
		_, isFile := slices.BinarySearch(l.tree.Files, name)
		switch {
		case name == settings.File, name == sheet:
			return nil, false
		case (isPost || isFile) && (err != nil || !info.Mode().IsRegular()):
			return nil, false
		case isPost:
			at = append(at, n)
		case isFile, !fs.ValidPath(name):
		case err == nil && !(strings.HasPrefix(path.Base(name), ".") && !discover.IsMarkdown(name)):
			return nil, false
		}
	}
	slices.Sort(at)
	return slices.Compact(at), true
}

// A fileStamp tells whether a file has changed since it was read.
type fileStamp struct {
	size     int64
	modified time.Time
	read     time.Time // when the file was read
}

// settled is how long a file must have been left alone before its time of change is believed: some file systems keep
// it to two seconds, and a file may change twice within that.
const settled = 2 * time.Second

// same reports whether the file is surely what it was. One whose times can't tell is not.
func (s fileStamp) same(f discover.Found) bool {
	return !s.modified.IsZero() && s.size == f.Size && s.modified.Equal(f.Modified) && s.read.Sub(s.modified) > settled
}

// young reports whether a file had only just changed when it was read.
func young(modified, read time.Time) bool {
	age := read.Sub(modified)
	return age >= 0 && age < settled
}
