package content

import (
	"io/fs"
	"path"

	"golang.org/x/text/unicode/norm"
)

// attachments finds files that are not posts.
type attachments struct {
	paths map[string]string   // the path in NFC → as it is on disk
	bases map[string][]string // the last part, in NFC → paths
}

func newAttachments(files []string) attachments {
	a := attachments{make(map[string]string, len(files)), make(map[string][]string, len(files))}
	for _, f := range files {
		n := norm.NFC.String(f)
		a.paths[n] = f
		a.bases[path.Base(n)] = append(a.bases[path.Base(n)], n)
	}
	return a
}

// holds reports whether there is a file of that name, as it is on disk.
func (a attachments) holds(name string) bool {
	f, ok := a.paths[norm.NFC.String(name)]
	return ok && f == name
}

// Stat describes a file that is not a post, as it is now, by the path that [Target.File] gives. Whatever the library didn't find
// there when it was loaded is [fs.ErrNotExist].
func (l *Library) Stat(name string) (fs.FileInfo, error) {
	if !l.files.holds(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return fs.Stat(l.fsys, name)
}

// Open opens a file that is not a post, such as an image, by the path that [Target.File] gives. Whatever the library didn't
// find there when it was loaded is [fs.ErrNotExist]. The caller closes the file, and bounds what is read of it.
func (l *Library) Open(name string) (fs.File, error) {
	info, err := l.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // it was one when the library was loaded; opening a pipe would wait for ever
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return l.fsys.Open(name)
}
