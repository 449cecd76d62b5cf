package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"postern/content/durable"
)

// An Upload holds files on their way in, outside of every tree. Its Close removes what wasn't published or saved by then. It
// is for one goroutine.
type Upload struct {
	site  *Site
	dir   string // in the site's directory
	files int
	bytes int64
	added []string // files that Add has taken in and Sync has not written to the disk, named as those of [Site.path]
}

// NewUpload begins an upload. The caller closes it.
func (s *Site) NewUpload() (*Upload, error) {
	u := &Upload{site: s, dir: staging + "/" + ownName()}
	return u, os.Mkdir(s.path(u.dir), 0o700)
}

// Dir returns the path of the upload's directory, for who lays something else out in it: in names that are no numbers, and
// within limits of their own.
func (u *Upload) Dir() string { return u.site.path(u.dir) }

// Add takes a file in whole. Sync must be called before it is published or saved. The error is a [QuotaError] if it is too large
// beside what else is on its way in; then nothing of it is kept.
func (u *Upload) Add(r io.Reader) (File, error) {
	f, w, err := u.Create()
	if err != nil {
		return File{}, err
	}
	u.added = append(u.added, f.name)
	_, err = io.Copy(w, r)
	return f, errors.Join(err, w.file.Close())
}

// Sync writes what Add has taken in to the disk, several files at a time.
func (u *Upload) Sync() error {
	added := u.added
	u.added = nil
	return durable.Sync(u.site.paths(added)...)
}

// Create begins a file, which is there when what it returns is closed without an error. One that isn't closed is removed with
// the upload.
func (u *Upload) Create() (File, *Writer, error) {
	if err := u.site.held.take(u.site.limits, &u.files, 1, &u.bytes, 0); err != nil {
		return File{}, nil, err
	}
	f := File{u.dir + "/" + strconv.Itoa(u.files)}
	file, err := os.OpenFile(u.site.path(f.name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return File{}, nil, err
	}
	return f, &Writer{upload: u, file: file}, nil
}

// Close removes what is left of the upload.
func (u *Upload) Close() error {
	u.site.held.give(u.files, u.bytes)
	u.files, u.bytes = 0, 0
	return os.RemoveAll(u.site.path(u.dir))
}

// A Writer writes one file of an upload, at any place in it. It is for one goroutine.
type Writer struct {
	upload *Upload
	file   *os.File
	size   int64
}

// Write appends to the file.
func (w *Writer) Write(p []byte) (int, error) { return w.WriteAt(p, w.size) }

// WriteAt implements [io.WriterAt]. The file's size, with the room that is left out, counts against the quota.
func (w *Writer) WriteAt(p []byte, off int64) (int, error) {
	if off < 0 || off > 1<<62 {
		return 0, fmt.Errorf("the offset %d is not valid", off)
	}
	if err := w.grow(off + int64(len(p))); err != nil {
		return 0, err
	}
	return w.file.WriteAt(p, off)
}

// ReadAt implements [io.ReaderAt].
func (w *Writer) ReadAt(p []byte, off int64) (int, error) { return w.file.ReadAt(p, off) }

// Size returns the file's size in bytes.
func (w *Writer) Size() int64 { return w.size }

// Truncate makes the file this large. What it loses counts against the quota no more.
func (w *Writer) Truncate(size int64) error {
	if size < 0 || size > 1<<62 {
		return fmt.Errorf("the size %d is not valid", size)
	}
	if err := w.grow(size); err != nil {
		return err
	}
	if err := w.file.Truncate(size); err != nil {
		return err
	}
	w.upload.site.held.give(0, w.size-size)
	w.upload.bytes -= w.size - size
	w.size = size
	return nil
}

func (w *Writer) grow(size int64) error {
	if size <= w.size {
		return nil
	}
	if err := w.upload.site.held.take(w.upload.site.limits, &w.upload.files, 0, &w.upload.bytes, size-w.size); err != nil {
		return err
	}
	w.size = size
	return nil
}

// Close writes the file to the disk.
func (w *Writer) Close() error {
	return errors.Join(w.file.Sync(), w.file.Close())
}
