package files

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"postern/content"
)

var (
	errNotDir  = errors.New("it is no directory")
	errIsDir   = errors.New("it is a directory")
	errChanged = errors.New("it has changed since it was opened")
)

// An entry is a name in a tree, and what it stands for: one of a directory, a post, a picture and a feed. It implements
// [fs.DirEntry], and [fs.FileInfo] once its size is known.
type entry struct {
	tree *Tree
	name string // its last part
	size int64
	at   time.Time // of a picture

	dir  string // its path
	post *content.Post
	file string // its path in the blog's directory
	feed func() []byte
}

// Name implements [fs.DirEntry] and [fs.FileInfo].
func (e *entry) Name() string { return e.name }

// IsDir implements [fs.DirEntry] and [fs.FileInfo].
func (e *entry) IsDir() bool { return e.dir != "" }

// Type implements [fs.DirEntry].
func (e *entry) Type() fs.FileMode { return e.Mode().Type() }

// Info implements [fs.DirEntry].
func (e *entry) Info() (fs.FileInfo, error) {
	sized := *e
	switch {
	case e.post != nil:
		sized.size = int64(len(e.post.Raw()))
	case e.feed != nil:
		sized.size = int64(len(e.feed()))
	case e.file != "":
		f, info, err := e.tree.open(e.file)
		if err != nil {
			return nil, err
		}
		f.Close()
		sized.size = info.Size()
	}
	return &sized, nil
}

// Size implements [fs.FileInfo].
func (e *entry) Size() int64 { return e.size }

// Mode implements [fs.FileInfo]. Nothing can be written.
func (e *entry) Mode() fs.FileMode {
	if e.IsDir() {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// ModTime implements [fs.FileInfo].
func (e *entry) ModTime() time.Time {
	switch {
	case e.post != nil:
		return changed(e.post)
	case e.file != "":
		return e.at
	}
	return modified(e.tree.at)
}

// Sys implements [fs.FileInfo].
func (e *entry) Sys() any { return nil }

// open opens a picture as it is on disk now.
func (t *Tree) open(name string) (fs.File, fs.FileInfo, error) {
	f, err := t.edition.Open(name)
	if err != nil {
		return nil, nil, failure("open", path.Base(name), fs.ErrNotExist) // whatever it is: the disk is not the reader's affair
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, failure("open", path.Base(name), fs.ErrNotExist)
	}
	return f, info, nil
}

// Open implements [fs.FS]. What it opens is an [io.ReaderAt], or an [fs.ReadDirFile] if it is a directory.
func (t *Tree) Open(name string) (fs.File, error) {
	e, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if e.IsDir() {
		entries, err := t.List(name)
		return &directory{entry: e, left: entries}, err
	}
	info, err := e.Info()
	if err != nil {
		return nil, err
	}
	return &file{io.NewSectionReader(reading{e, info.Size()}, 0, info.Size()), info}, nil
}

// A reading reads what an entry holds. It keeps nothing from one read to the next, for a client may have many files open:
// a picture is opened for each, and a post with CRLF is made again.
type reading struct {
	*entry
	size int64 // when it was opened
}

// ReadAt implements [io.ReaderAt].
func (r reading) ReadAt(p []byte, at int64) (int, error) {
	switch {
	case r.post != nil:
		return strings.NewReader(r.post.Raw()).ReadAt(p, at)
	case r.feed != nil:
		return bytes.NewReader(r.feed()).ReadAt(p, at)
	}
	f, info, err := r.tree.open(r.file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if info.Size() != r.size {
		return 0, failure("read", r.name, errChanged)
	}
	if f, ok := f.(io.ReaderAt); ok {
		return f.ReadAt(p, at)
	}
	return 0, failure("read", r.name, errors.ErrUnsupported)
}

// A file is an open one.
type file struct {
	*io.SectionReader
	info fs.FileInfo
}

// Stat implements [fs.File].
func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close implements [fs.File]. There is nothing to close.
func (f *file) Close() error { return nil }

// A directory is an open one.
type directory struct {
	*entry
	left []fs.DirEntry
}

// Stat implements [fs.File].
func (d *directory) Stat() (fs.FileInfo, error) { return d.entry, nil }

// Read implements [fs.File].
func (d *directory) Read([]byte) (int, error) { return 0, failure("read", d.name, errIsDir) }

// Close implements [fs.File].
func (d *directory) Close() error { return nil }

// ReadDir implements [fs.ReadDirFile].
func (d *directory) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.left)
	} else if len(d.left) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.left))
	taken := append([]fs.DirEntry(nil), d.left[:n]...)
	d.left = d.left[n:]
	return taken, nil
}
