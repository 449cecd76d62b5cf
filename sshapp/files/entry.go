package files

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"time"

	"postern/content"
)

var (
	errNotDir  = errors.New("it is not a directory")
	errIsDir   = errors.New("it is a directory")
	errGone    = errors.New("the client is gone")
	errChanged = errors.New("it has changed since it was opened")
)

// An entry is a file or directory of a tree. Exactly one of dir, post, file and feed is set. It implements [fs.DirEntry], and
// [fs.FileInfo] once its size is known.
type entry struct {
	tree    *snapshot
	name    string    // the last part of its path
	size    int64     // set by Info
	modTime time.Time // of a picture

	dir  string // the path of a directory
	post *content.Post
	file string // the path of a picture in the blog's directory
	feed func() ([]byte, error)
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
		sized.size = rawSize(e.post)
	case e.feed != nil:
		b, err := e.feed()
		if err != nil {
			return nil, err
		}
		sized.size = int64(len(b))
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
		return postTime(e.post)
	case e.file != "":
		return e.modTime
	}
	return fileTime(e.tree.modTime)
}

// Sys implements [fs.FileInfo].
func (e *entry) Sys() any { return nil }

// open opens a picture as it is on disk now.
func (t *snapshot) open(name string) (fs.File, fs.FileInfo, error) {
	f, err := t.edition.Open(name)
	if err != nil {
		return nil, nil, pathError("open", path.Base(name), fs.ErrNotExist) // the cause would tell the reader about the server's disk
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, pathError("open", path.Base(name), fs.ErrNotExist)
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
		entries, err := t.ReadDir(name)
		return &directory{entry: e, rest: entries}, err
	}
	info, err := e.Info()
	if err != nil {
		return nil, err
	}
	r, err := e.reader(info.Size())
	if err != nil {
		return nil, err
	}
	return &file{io.NewSectionReader(r, 0, info.Size()), info}, nil
}

// reader returns what reads an entry that is no directory, and had that size when it was opened.
func (e *entry) reader(size int64) (io.ReaderAt, error) {
	switch {
	case e.post != nil:
		return newRawReader(e.post), nil
	case e.feed != nil:
		b, err := e.feed()
		return bytes.NewReader(b), err
	}
	return pictureReader{e, size}, nil
}

// A pictureReader reads a picture. It opens it for each read, for a client may have many files open.
type pictureReader struct {
	*entry
	size int64 // when the file was opened
}

// ReadAt implements [io.ReaderAt].
func (r pictureReader) ReadAt(p []byte, at int64) (int, error) {
	f, info, err := r.tree.open(r.file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if info.Size() != r.size {
		return 0, pathError("read", r.name, errChanged)
	}
	if f, ok := f.(io.ReaderAt); ok {
		return f.ReadAt(p, at)
	}
	return 0, pathError("read", r.name, errors.ErrUnsupported)
}

// A file is an open file that is not a directory.
type file struct {
	*io.SectionReader
	info fs.FileInfo
}

// Stat implements [fs.File].
func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close implements [fs.File]. It does nothing.
func (f *file) Close() error { return nil }

// A directory is an open directory.
type directory struct {
	*entry
	rest []fs.DirEntry // that ReadDir has not returned yet
}

// Stat implements [fs.File].
func (d *directory) Stat() (fs.FileInfo, error) { return d.entry, nil }

// Read implements [fs.File].
func (d *directory) Read([]byte) (int, error) { return 0, pathError("read", d.name, errIsDir) }

// Close implements [fs.File].
func (d *directory) Close() error { return nil }

// ReadDir implements [fs.ReadDirFile].
func (d *directory) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.rest)
	} else if len(d.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.rest))
	entries := slices.Clone(d.rest[:n])
	d.rest = d.rest[n:]
	return entries, nil
}
