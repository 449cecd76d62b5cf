package git

import (
	"errors"
	"io"
	"os"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/format/config"
	"github.com/go-git/go-git/v6/plumbing/format/objfile"
)

// An objectFile is one of Git's objects in its file. It implements [plumbing.EncodedObject], for reading.
type objectFile struct {
	path string
	hash plumbing.Hash
	kind plumbing.ObjectType
	size int64
}

// open opens the object's file, and reads its header.
func (o *objectFile) open() (*objectReader, error) {
	file, err := os.Open(o.path)
	if err != nil {
		return nil, err
	}
	r, err := objfile.NewReader(file, config.SHA1)
	if err != nil {
		file.Close()
		return nil, err
	}
	o.kind, o.size, err = r.Header()
	if err != nil {
		file.Close()
		return nil, err
	}
	return &objectReader{r, file}, nil
}

// Reader implements [plumbing.EncodedObject].
func (o *objectFile) Reader() (io.ReadCloser, error) { return o.open() }

// Hash implements [plumbing.EncodedObject].
func (o *objectFile) Hash() plumbing.Hash { return o.hash }

// Type implements [plumbing.EncodedObject].
func (o *objectFile) Type() plumbing.ObjectType { return o.kind }

// Size implements [plumbing.EncodedObject].
func (o *objectFile) Size() int64 { return o.size }

// SetType implements [plumbing.EncodedObject]. It does nothing.
func (o *objectFile) SetType(plumbing.ObjectType) {}

// SetSize implements [plumbing.EncodedObject]. It does nothing.
func (o *objectFile) SetSize(int64) {}

// Writer implements [plumbing.EncodedObject].
func (o *objectFile) Writer() (io.WriteCloser, error) { return nil, errors.ErrUnsupported }

// An objectReader reads an object's bytes.
type objectReader struct {
	*objfile.Reader
	file *os.File
}

// Close implements [io.Closer].
func (r *objectReader) Close() error { return errors.Join(r.Reader.Close(), r.file.Close()) }
