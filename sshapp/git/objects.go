package git

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/format/config"
	"github.com/go-git/go-git/v6/plumbing/format/objfile"
	"github.com/go-git/go-git/v6/plumbing/storer"

	"postern/content/durable"
)

// objects are Git's objects, each in a file of its own, which is named by its hash. No pack is kept: what a push adds is
// a few objects as a rule, and can be taken back by removing its directory. They are read and written as streams, so that
// none is in memory as a whole, but for what a push holds as a delta. It implements [storer.EncodedObjectStorer], for one
// goroutine.
type objects struct {
	dirs []string     // where they are looked for, in this order; they are written into the first
	step func() error // called for each object: lets others have their turn, and fails when the client has gone
	err  error        // of writers that were closed by who doesn't look at it

	written []plumbing.Hash // and not synced
}

// maxMeta bounds an object that is decoded in memory, in bytes: a commit, a tag, or a tree, of which this is one of 200,000
// files.
const maxMeta = 8 << 20

// find returns the path of an object's file.
func (o *objects) find(h plumbing.Hash) (string, error) {
	for _, dir := range o.dirs {
		name := objectPath(dir, h)
		_, err := os.Stat(name)
		if err == nil {
			return name, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return "", plumbing.ErrObjectNotFound
}

func objectPath(dir string, h plumbing.Hash) string {
	hex := h.String()
	return filepath.Join(dir, hex[:2], hex[2:])
}

// EncodedObject implements [storer.EncodedObjectStorer].
func (o *objects) EncodedObject(kind plumbing.ObjectType, h plumbing.Hash) (plumbing.EncodedObject, error) {
	if err := o.step(); err != nil {
		return nil, err
	}
	name, err := o.find(h)
	if err != nil {
		return nil, err
	}
	found := &objectFile{path: name, hash: h}
	r, err := found.open()
	if err != nil {
		return nil, fmt.Errorf("object %s: %w", h, err)
	}
	r.Close()
	if kind != plumbing.AnyObject && kind != found.kind {
		return nil, plumbing.ErrObjectNotFound
	}
	return found, nil
}

// HasEncodedObject implements [storer.EncodedObjectStorer].
func (o *objects) HasEncodedObject(h plumbing.Hash) error {
	if err := o.step(); err != nil {
		return err
	}
	_, err := o.find(h)
	return err
}

// EncodedObjectSize implements [storer.EncodedObjectStorer].
func (o *objects) EncodedObjectSize(h plumbing.Hash) (int64, error) {
	found, err := o.EncodedObject(plumbing.AnyObject, h)
	if err != nil {
		return 0, err
	}
	return found.Size(), nil
}

// NewEncodedObject implements [storer.EncodedObjectStorer].
func (o *objects) NewEncodedObject() plumbing.EncodedObject {
	return plumbing.NewMemoryObject(plumbing.FromObjectFormat(config.SHA1))
}

// SetEncodedObject implements [storer.EncodedObjectStorer].
func (o *objects) SetEncodedObject(from plumbing.EncodedObject) (plumbing.Hash, error) {
	r, err := from.Reader()
	if err != nil {
		return plumbing.ZeroHash, err
	}
	defer r.Close()
	return o.write(from.Type(), from.Size(), r)
}

// write adds an object, unless it is there.
func (o *objects) write(kind plumbing.ObjectType, size int64, r io.Reader) (plumbing.Hash, error) {
	w, err := o.create(kind, size)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	n, err := io.Copy(w, r)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	return w.Hash(), errors.Join(err, w.Close())
}

// RawObjectWriter implements [storer.EncodedObjectStorer].
func (o *objects) RawObjectWriter(kind plumbing.ObjectType, size int64) (io.WriteCloser, error) {
	return o.create(kind, size)
}

func (o *objects) create(kind plumbing.ObjectType, size int64) (*objectWriter, error) {
	if err := o.step(); err != nil {
		return nil, err
	}
	if kind != plumbing.BlobObject && size > maxMeta {
		return nil, fmt.Errorf("a %s of %d MB is too large; put fewer files into one directory", kind, size>>20)
	}
	file, err := os.CreateTemp(o.dirs[0], "tmp_obj_")
	if err != nil {
		return nil, err
	}
	w := &objectWriter{objfile.NewWriter(file, config.SHA1), o, file}
	if err := w.WriteHeader(kind, size); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// IterEncodedObjects implements [storer.EncodedObjectStorer].
func (o *objects) IterEncodedObjects(plumbing.ObjectType) (storer.EncodedObjectIter, error) {
	return nil, errors.ErrUnsupported
}

// AddAlternate implements [storer.EncodedObjectStorer].
func (o *objects) AddAlternate(string) error { return errors.ErrUnsupported }

// LowMemoryMode has [packfile.Parser] read the base of a delta from here, and not keep it.
func (o *objects) LowMemoryMode() bool { return true }

// An objectWriter writes an object, which is there when it is closed.
type objectWriter struct {
	*objfile.Writer
	to   *objects
	file *os.File
}

// Close implements [io.Closer].
func (w *objectWriter) Close() error {
	err := errors.Join(w.Writer.Close(), w.file.Close())
	if err == nil {
		err = w.keep()
	}
	_ = os.Remove(w.file.Name()) // it is there if it wasn't renamed
	w.to.err = errors.Join(w.to.err, err)
	return err
}

func (w *objectWriter) keep() error {
	name := objectPath(w.to.dirs[0], w.Hash())
	if _, err := os.Stat(name); err == nil { // of the other directories nothing is known: an interruption may have left it there
		return nil
	}
	if err := os.Mkdir(filepath.Dir(name), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	w.to.written = append(w.to.written, w.Hash())
	return os.Rename(w.file.Name(), name)
}

// sync writes what was written since the last call to the disk.
func (o *objects) sync() error {
	dirs, names := map[string]bool{o.dirs[0]: true}, []string{}
	for _, h := range o.written {
		name := objectPath(o.dirs[0], h)
		dirs[filepath.Dir(name)] = true
		names = append(names, name)
	}
	o.written = nil
	return durable.Sync(slices.AppendSeq(names, maps.Keys(dirs))...)
}
