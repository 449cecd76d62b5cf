// Package live follows a directory: its newest library, swapped whole.
package live

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"postern/content"
)

// A Directory is a blog on disk, or one that changes only as a whole. Its library is always there and always whole: a reader sees
// what was, or what is, and nothing in between. It is safe for concurrent use.
type Directory struct {
	Quiet time.Duration // without a change, until what has changed is read: 100 ms unless it is set before Follow

	path   string // absolute, as it was named: a link in it may lead elsewhere tomorrow; empty for one that is not followed
	folder *rootFolder
	now    atomic.Pointer[version]
}

// A version is a scan, and a channel that is closed when there is another library.
type version struct {
	scan *content.Scan
	over chan struct{}
}

// Open loads the blog in dir. Nothing outside of dir is ever read, whatever links lie in it; dir itself may be a link.
func Open(dir string) (*Directory, error) {
	d := &Directory{path: dir}
	if abs, err := filepath.Abs(dir); err == nil {
		d.path = abs
	}
	var err error
	if d.folder, err = openFolder(d.path); err != nil {
		return nil, err
	}
	scan, err := content.NewScan(d.folder.FS())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	d.show(scan)
	return d, nil
}

// Still returns a directory that changes by Replace alone, for a blog that is no directory on disk.
func Still(scan *content.Scan) *Directory {
	d := &Directory{}
	d.show(scan)
	return d
}

// show has Scan return another scan. One goroutine calls it at a time.
func (d *Directory) show(scan *content.Scan) {
	old := d.now.Load()
	if old != nil && old.scan.Library() == scan.Library() {
		d.now.Store(&version{scan, old.over})
		return
	}
	d.now.Store(&version{scan, make(chan struct{})})
	if old != nil {
		close(old.over)
	}
}

// Replace reads the blog in dir and shows it in the place of what is shown. Only the files that differ are parsed. With an error
// all stays as it was. It is for a directory that [Still] has returned, and for one goroutine at a time.
func (d *Directory) Replace(dir string) (Reload, error) {
	began := time.Now()
	folder, err := openFolder(dir)
	if err != nil {
		return Reload{}, err
	}
	old := d.Scan()
	scan, err := old.Reload(folder.FS())
	if err == nil && len(scan.Unsettled()) > 0 { // no writer is at work on what replaces a blog as a whole
		scan, err = content.NewScan(folder.FS())
	}
	if err != nil {
		return Reload{}, fmt.Errorf("%s: %w", dir, err)
	}
	r := newReload(old.Library(), scan.Library(), time.Since(began))
	if scan.Library() == old.Library() {
		scan = scan.In(folder.FS())
	}
	d.show(scan)
	return r, nil
}

// Library returns the newest library. It costs next to nothing.
func (d *Directory) Library() *content.Library { return d.Scan().Library() }

// Scan returns the newest scan, which may be newer than its library. It costs next to nothing.
func (d *Directory) Scan() *content.Scan { return d.now.Load().scan }

// Changed returns a channel that is closed when Library returns another library than it does now. Who waits takes the
// channel first, and then the library.
func (d *Directory) Changed() <-chan struct{} { return d.now.Load().over }

// A rootFolder is a directory that stays the same one when its name leads elsewhere. Its descriptor is closed when no library
// needs it any more, since they open pictures in it.
type rootFolder struct {
	*os.Root
	info os.FileInfo
}

func openFolder(path string) (*rootFolder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	info, err := root.Stat(".")
	if err != nil {
		root.Close()
		return nil, err
	}
	return &rootFolder{root, info}, nil
}

// FS returns the folder's files.
func (f *rootFolder) FS() fs.FS { return files{f.Root.FS().(readable), f.Root} }

// readable is what else can be done with a root's files.
type readable interface {
	fs.StatFS
	fs.ReadLinkFS
}

// files are a folder's. None but directories and files are opened, and without waiting: a pipe that has taken a file's place
// since it was looked at would keep its reader for good.
type files struct {
	readable
	root *os.Root
}

// Open implements [fs.FS].
func (f files) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := f.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() && !info.IsDir() {
		file.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: cmp.Or(err, fs.ErrInvalid)}
	}
	return file, nil
}

// isAt reports whether path still leads to the folder.
func (f *rootFolder) isAt(path string) bool {
	info, err := os.Stat(path)
	return err == nil && os.SameFile(info, f.info)
}
