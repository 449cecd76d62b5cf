package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"postern/content/discover"
	"postern/content/search"
	"postern/content/settings"
)

// A library is loaded again by taking over what has not changed. What must hold: however a library came about, from the
// one before or from nothing, it says the same of the same files, but for a file that is broken or half-written now: that
// one stays what it was.

// A Scan is what reading a directory found: a library, and what the next scan needs to read only the files that have changed.
// It is immutable, and safe for concurrent use.
type Scan struct {
	library   *Library
	readings  []reading // of the library's files, in their order; they may be newer than the library
	unsettled bool      // the settings seemed to be half-written
}

// NewScan reads the blog in fsys, which should be the file system of an [os.Root] where symbolic links may lie. The
// library is usable whatever its problems; the error is for a directory that can't be read at all. The library opens
// files in fsys for as long as it is used.
func NewScan(fsys fs.FS) (*Scan, error) {
	s, err := read(fsys)
	if err == nil {
		s.library.index = (*search.Index)(nil).Update(s.library.documents())
	}
	return s, err
}

// Load returns the library of a scan that nothing will follow. See [NewScan].
func Load(fsys fs.FS) (*Library, error) {
	s, err := NewScan(fsys)
	if err != nil {
		return nil, err
	}
	return s.library, nil
}

// Read is Load for who will not search, and takes half the time: Search finds nothing in the library.
func Read(fsys fs.FS) (*Library, error) {
	s, err := read(fsys)
	if err != nil {
		return nil, err
	}
	return s.library, nil
}

// read makes a first scan, without what searching needs.
func read(fsys fs.FS) (*Scan, error) {
	t, err := discover.Walk(fsys)
	if err != nil {
		return nil, err
	}
	return follow(nil, fsys, t, nil), nil
}

// Library returns the library that was read.
func (s *Scan) Library() *Library { return s.library }

// Reload reads the blog in fsys again, and parses only the files that have changed. A post whose file is broken now, and was
// not, stays as it was, with its problem reported. If nothing has changed, the library is the same pointer.
func (s *Scan) Reload(fsys fs.FS) (*Scan, error) {
	n, err := s.Reread(fsys)
	if err != nil {
		return nil, err
	}
	return n.Indexed(s), nil
}

// Reread is Reload for who will not search: Search finds nothing in a library that is new, until it is Indexed.
func (s *Scan) Reread(fsys fs.FS) (*Scan, error) {
	t, err := discover.Walk(fsys)
	if err != nil {
		return nil, err
	}
	t.Recall(s.library.tree)
	return follow(s, fsys, t, nil), nil
}

// Refresh is Reload for who knows that nothing but names may have changed, slash-separated paths as in fsys. It looks at
// all files only if one of names has come or gone, or is about the blog as a whole.
func (s *Scan) Refresh(fsys fs.FS, names []string) (*Scan, error) {
	n, err := s.RereadFiles(fsys, names)
	if err != nil {
		return nil, err
	}
	return n.Indexed(s), nil
}

// RereadFiles is Refresh for who will not search, as Reread is Reload.
func (s *Scan) RereadFiles(fsys fs.FS, names []string) (*Scan, error) {
	touched, ok := s.library.touched(fsys, names)
	if !ok {
		return s.Reread(fsys)
	}
	return follow(s, fsys, s.library.tree, touched), nil
}

// In returns the scan with a library that opens its files in fsys, which holds the same: the directory under another name, or
// a copy of it.
func (s *Scan) In(fsys fs.FS) *Scan {
	l := *s.library
	l.fsys = fsys
	return &Scan{library: &l, readings: s.readings, unsettled: s.unsettled}
}

// Unsettled returns the files that seemed to be half-written: they were left as they had been, and should be looked at again
// in a moment.
func (s *Scan) Unsettled() []string {
	var names []string
	if s.unsettled {
		names = append(names, settings.File)
	}
	for _, r := range s.readings {
		if r.unsettled {
			names = append(names, r.file.Path)
		}
	}
	return names
}

// Indexed returns the scan with what searching needs, of which it takes over what is still right in a scan before.
func (s *Scan) Indexed(before *Scan) *Scan {
	if s.library == before.library {
		return s
	}
	l := *s.library
	l.index = before.library.index.Update(l.documents())
	return &Scan{library: &l, readings: s.readings, unsettled: s.unsettled}
}

// follow makes the scan after before, which is nil for the first: of a tree of which only the files at touched have changed, or
// all may have if that is nil.
func follow(before *Scan, fsys fs.FS, t discover.Tree, touched []int) *Scan {
	var old inputs
	if before != nil {
		old = before.library.inputs
	}
	in := old
	in.fsys, in.tree = fsys, t
	s := &Scan{}
	if touched == nil {
		s.unsettled = in.readSettings(fsys, before == nil)
	}
	sameSite := touched != nil || before != nil && in.configuration.sameSettings(old.configuration) && t.Equal(old.tree)
	if !sameSite {
		in.survey(before == nil)
	}
	if touched == nil && in.readGenerator(fsys, old.configuration, before == nil) {
		sameSite = false
	}
	if touched == nil && (in.readTemplates(fsys) || before != nil && !before.library.sameIncludes(fsys)) {
		sameSite = false
	}
	s.readings = readSources(before, in, touched)
	in.sources = make([]*source, len(s.readings))
	for i, r := range s.readings {
		in.sources[i] = r.source
	}
	if sameSite && in.configuration == old.configuration && slices.Equal(in.sources, old.sources) {
		s.library = before.library
		return s
	}
	if sameSite {
		s.library = replace(before.library, in)
	}
	if s.library == nil {
		s.library = assemble(in)
	}
	return s
}

// touched returns which of the tree's posts are among names, and whether all of names are what they were: files that
// are still there, or nothing.
func (l *Library) touched(fsys fs.FS, names []string) (at []int, ok bool) {
	at = []int{}
	sheet, _ := l.settings.StyleSheet()
	for _, name := range names {
		info, err := fs.Lstat(fsys, name)
		n, isPost := findFile(l.tree.Posts, name)
		_, isFile := slices.BinarySearch(l.tree.Files, name)
		_, isIncluded := l.includes[name]
		switch {
		case name == settings.File, name == sheet, name == l.generator.file, isIncluded, l.isData(name):
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
