package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Desk returns the files of the current generation with those on the desk over them, as they are when they are read. The
// caller closes it.
func (s *Site) Desk() (*Overlay, error) {
	n, err := s.Generation()
	if err != nil {
		return nil, err
	}
	over, err := os.OpenRoot(s.path(desk))
	if err != nil {
		return nil, err
	}
	o := &Overlay{layers: []*os.Root{over}}
	if n > 0 {
		under, err := s.FS(n)
		if err != nil {
			over.Close()
			return nil, err
		}
		o.layers = append(o.layers, under)
	}
	return o, nil
}

// An Overlay is several trees as one: a file is that of the first which has one of its name, and a directory has the entries of
// all. It implements [fs.FS], [fs.StatFS] and [fs.ReadDirFS].
type Overlay struct{ layers []*os.Root }

// Close closes the trees.
func (o *Overlay) Close() error {
	var errs []error
	for _, r := range o.layers {
		errs = append(errs, r.Close())
	}
	return errors.Join(errs...)
}

// Open implements [fs.FS].
func (o *Overlay) Open(name string) (fs.File, error) {
	for _, r := range o.layers {
		f, err := r.FS().Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if info, err := f.Stat(); err != nil || !info.IsDir() {
			return f, err
		}
		return &overlayDir{File: f, overlay: o, name: name}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Stat implements [fs.StatFS].
func (o *Overlay) Stat(name string) (fs.FileInfo, error) {
	for _, r := range o.layers {
		info, err := fs.Stat(r.FS(), name)
		if !errors.Is(err, fs.ErrNotExist) {
			return info, err
		}
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// ReadDir implements [fs.ReadDirFS].
func (o *Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	known := map[string]bool{}
	found := false
	for _, r := range o.layers {
		entries, err := fs.ReadDir(r.FS(), name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, e := range entries {
			if !known[e.Name()] {
				known[e.Name()] = true
				all = append(all, e)
			}
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

// An overlayDir is an open directory of an overlay.
type overlayDir struct {
	fs.File // the directory in the first tree that has it
	overlay *Overlay
	name    string
	left    []fs.DirEntry // nil until they are read
	read    bool
}

// ReadDir implements [fs.ReadDirFile].
func (d *overlayDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if !d.read {
		entries, err := d.overlay.ReadDir(d.name)
		if err != nil {
			return nil, err
		}
		d.left, d.read = entries, true
	}
	if n <= 0 {
		n = len(d.left)
	} else if len(d.left) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.left))
	next := d.left[:n]
	d.left = d.left[n:]
	return slices.Clone(next), nil
}
