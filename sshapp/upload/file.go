package upload

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"time"

	"postern/content/publish"
	"postern/sshapp/publishing"
)

var errNotEmpty = errors.New("the directory is not empty")

// How says how a file is opened for writing, as open(2) does.
type How struct {
	Create, Exclusive, Truncate bool
}

// A File is one that is being written. It is for one goroutine.
type File struct {
	workspace *Workspace
	name      string
	change    *publishing.Change
	writer    *publish.Writer
	touched   bool  // it isn't what it was when it was opened
	removed   bool  // while it was open, so that it has no name to be saved under
	failed    error // of a write: the file is not what its client means
}

// Create opens a file for writing. What is published or saved isn't changed before Close: the file begins as a copy of it.
func (w *Workspace) Create(name string, how How) (*File, error) {
	info, err := w.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a directory")}
	case err == nil && how.Create && how.Exclusive:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
	case err != nil && !how.Create:
		return nil, err
	}
	c, err := w.begin()
	if err != nil {
		return nil, err
	}
	f := &File{workspace: w, name: name, change: c, touched: how.Truncate || info == nil}
	if f.writer, err = c.Create(name); err == nil && !f.touched {
		err = f.copyOld()
	}
	if err != nil {
		f.Discard()
		return nil, err
	}
	w.writing = append(w.writing, f)
	return f, nil
}

// copyOld begins the file with what is there.
func (f *File) copyOld() error {
	var from io.Reader
	if other := f.workspace.written(f.name); other != nil {
		from = io.NewSectionReader(other.writer, 0, other.size())
	} else {
		old, err := f.workspace.Open(f.name)
		if err != nil {
			return err
		}
		defer old.Close()
		from = old
	}
	_, err := io.Copy(f.writer, from)
	return err
}

func (f *File) size() int64 { return f.writer.Size() }

// ReadAt implements [io.ReaderAt].
func (f *File) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 {
		return 0, io.EOF
	}
	return f.writer.ReadAt(p, at)
}

// WriteAt implements [io.WriterAt]. The error is a [publish.QuotaError] if there is no room.
func (f *File) WriteAt(p []byte, at int64) (int, error) {
	f.touched = true
	n, err := f.writer.WriteAt(p, at)
	f.failed = cmp.Or(f.failed, err)
	return n, err
}

// Close saves the file and publishes it. One of which a write has failed is neither saved nor published, and that error is
// returned again. One that is empty is only saved, since a text follows, and so is one that an editor keeps for itself. One that
// was removed is gone. With an error of [publishing.Change.Commit] it is saved and not published.
func (f *File) Close(ctx context.Context) error {
	f.forget()
	defer f.change.Close()
	if err := cmp.Or(f.writer.Close(), f.failed); err != nil || !f.touched || f.removed {
		return err
	}
	if err := f.change.Save(); err != nil {
		return err
	}
	if f.size() == 0 || publishing.IsTemporary(f.name) {
		return nil
	}
	return f.workspace.commit(ctx, f.change)
}

// Discard gives up what was written.
func (f *File) Discard() {
	f.forget()
	if f.writer != nil {
		_ = f.writer.Close()
	}
	_ = f.change.Close()
}

// forget has the workspace show what is on the disk again.
func (f *File) forget() {
	w := f.workspace
	w.writing = slices.DeleteFunc(w.writing, func(g *File) bool { return g == f })
}

// rename has the file saved under another name than that which it was opened by.
func (f *File) rename(to string) {
	f.change.Move(f.name, to)
	f.name = to
}

// Truncate makes a file this large. One that isn't being written is opened for it, and closed.
func (w *Workspace) Truncate(ctx context.Context, name string, size int64) error {
	if f := w.written(name); f != nil {
		f.touched = true
		err := f.writer.Truncate(size)
		f.failed = cmp.Or(f.failed, err)
		return err
	}
	f, err := w.Create(name, How{})
	if err != nil || f.size() == size {
		if err == nil {
			f.Discard()
		}
		return err
	}
	f.touched = true
	if err := f.writer.Truncate(size); err != nil {
		f.Discard()
		return err
	}
	return f.Close(ctx)
}

// An unsaved describes what is not on the disk: a file that is being written, or a directory that was made. It implements [fs.FileInfo].
type unsaved struct {
	name string
	size int64
	mode fs.FileMode
}

func fileInfo(f *File) fs.FileInfo          { return unsaved{path.Base(f.name), f.size(), 0o600} }
func directoryInfo(name string) fs.FileInfo { return unsaved{path.Base(name), 0, fs.ModeDir | 0o700} }

func (u unsaved) Name() string      { return u.name }
func (u unsaved) Size() int64       { return u.size }
func (u unsaved) Mode() fs.FileMode { return u.mode }
func (u unsaved) IsDir() bool       { return u.mode.IsDir() }
func (unsaved) ModTime() time.Time  { return time.Now() }
func (unsaved) Sys() any            { return nil }
