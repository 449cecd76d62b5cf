// Package live follows a directory of posts: it keeps a library up to date, and replaces it as a whole.
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

// A Directory is a blog on disk, or one that changes only as a whole. It always has a library, which a reload replaces as a
// whole. It is safe for concurrent use, but for Debounce.
type Directory struct {
	// Debounce is the time without a change after which changed files are read; 0 for 100 ms. Set it before Follow.
	Debounce time.Duration

	path    string // absolute; its links are followed again at each check, since they may change; empty for a fixed blog
	folder  *rootFolder
	current atomic.Pointer[version]
}

// A version is a scan, and a channel that is closed when another library replaces that of the scan.
type version struct {
	scan     *content.Scan
	replaced chan struct{}
}

// Open loads the blog in dir. Nothing outside of dir is read, wherever its symbolic links lead; dir itself may be a link.
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
	d.setScan(scan)
	return d, nil
}

// Fixed returns a Directory that changes only by Replace, for a blog that is not a directory on disk.
func Fixed(scan *content.Scan) *Directory {
	d := &Directory{}
	d.setScan(scan)
	return d
}

// setScan replaces the scan. Only one goroutine at a time may call it.
func (d *Directory) setScan(scan *content.Scan) {
	old := d.current.Load()
	if old != nil && old.scan.Library() == scan.Library() {
		d.current.Store(&version{scan, old.replaced})
		return
	}
	d.current.Store(&version{scan, make(chan struct{})})
	if old != nil {
		close(old.replaced)
	}
}

// Replace replaces the library by the one of the blog in dir. Only files that differ are parsed; none if read, which may be nil,
// is a scan of dir already. After an error the library is as before. Only a Directory from [Fixed] may be replaced, by one
// goroutine at a time.
func (d *Directory) Replace(dir string, read *content.Scan) (Reload, error) {
	began := time.Now()
	folder, err := openFolder(dir)
	if err != nil {
		return Reload{}, err
	}
	old, scan := d.Scan(), read
	if read != nil {
		scan = read.In(folder.FS()).Indexed(old)
	} else if scan, err = reloadWhole(old, folder.FS()); err != nil {
		return Reload{}, fmt.Errorf("%s: %w", dir, err)
	}
	r := newReload(old.Library(), scan.Library(), time.Since(began))
	if scan.Library() == old.Library() {
		scan = scan.In(folder.FS())
	}
	d.setScan(scan)
	return r, nil
}

// reloadWhole reads a directory that is complete, so that an unsettled file is as its author wrote it.
func reloadWhole(old *content.Scan, fsys fs.FS) (*content.Scan, error) {
	scan, err := old.Reload(fsys)
	if err == nil && len(scan.Unsettled()) > 0 {
		return content.NewScan(fsys)
	}
	return scan, err
}

// Library returns the newest library. It takes no time.
func (d *Directory) Library() *content.Library { return d.Scan().Library() }

// Scan returns the newest scan, which may be newer than its library. It takes no time.
func (d *Directory) Scan() *content.Scan { return d.current.Load().scan }

// Changed returns a channel that is closed when Library returns another library than now. Call Changed before Library, or a
// change between the two calls is missed.
func (d *Directory) Changed() <-chan struct{} { return d.current.Load().replaced }

// A rootFolder is an open directory. It stays the same directory when its name leads to another. It is closed by the garbage
// collector when no library needs it any more, since libraries open pictures in it.
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

// readable has the methods of a root's files but Open.
type readable interface {
	fs.StatFS
	fs.ReadLinkFS
}

// files are the files of a rootFolder. Only regular files and directories are opened, and without blocking: a named pipe that
// has replaced a file since the scan would block its reader for ever.
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

// isAt reports whether path leads to the folder.
func (f *rootFolder) isAt(path string) bool {
	info, err := os.Stat(path)
	return err == nil && os.SameFile(info, f.info)
}
