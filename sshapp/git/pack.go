package git

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/go-git/go-git/v6/plumbing"

	"postern/content/publish"
)

// A few kilobytes of a pack may stand for gigabytes: zeros that are compressed, and deltas, each of which copies its base many
// times. What must hold: before the library takes a pack apart, everything that it would make of it is known to be within
// limits.

// maxDelta bounds an object that a pack holds as a delta, in bytes, and its base, and the delta: all three are in memory at
// once.
const maxDelta = 32 << 20

// block is what an object takes on disk at least, in bytes.
const block = 4 << 10

// A packSize is what a pack would take.
type packSize struct {
	objects int
	bytes   int64 // on disk, when its objects are laid out uncompressed
	delta   int64 // of the largest object that comes as a delta
}

// memory returns how many bytes the library uses to take the pack apart, by estimate.
func (s packSize) memory() int64 { return int64(s.objects)*objectMemory + 3*s.delta }

// objectMemory is what the library remembers of an object while it takes a pack apart or makes one, in bytes, measured.
const objectMemory = 600

var errPack = errors.New("the pack is not valid")

// A packReader reads a pack (gitformat-pack(5)).
type packReader struct {
	*bufio.Reader
	limit int64 // bytes; 0 for none
	step  func() error
	size  packSize
	zlib  io.ReadCloser
	copy  []byte
}

// measurePack reads a pack to its end without keeping any of it. It returns a [publish.QuotaError] as soon as it is larger
// than the limit, of bytes; 0 is none.
func measurePack(r io.Reader, limit int64, step func() error) (packSize, error) {
	p := &packReader{Reader: bufio.NewReaderSize(r, 64<<10), limit: limit, step: step, copy: make([]byte, 64<<10)}
	var head struct {
		Magic            [4]byte
		Version, Objects uint32
	}
	if err := binary.Read(p, binary.BigEndian, &head); err != nil || string(head.Magic[:]) != "PACK" {
		return p.size, errPack
	}
	for range head.Objects {
		if err := p.object(); err != nil {
			return p.size, err
		}
	}
	return p.size, nil
}

// object reads an object.
func (p *packReader) object() error {
	if err := p.step(); err != nil {
		return err
	}
	kind, size, err := p.head()
	if err != nil {
		return errPack
	}
	switch kind {
	case plumbing.CommitObject, plumbing.TreeObject, plumbing.BlobObject, plumbing.TagObject:
		if err := p.count(size); err != nil {
			return err
		}
		_, err := p.inflate(size)
		return err
	case plumbing.OFSDeltaObject:
		_, err = binary.ReadUvarint(p) // of another coding, but of the same length
	case plumbing.REFDeltaObject:
		_, err = p.Discard(sha1.Size)
	default:
		err = errPack
	}
	if err != nil {
		return errPack
	}
	return p.delta(size)
}

// head reads an object's type and size.
func (p *packReader) head() (plumbing.ObjectType, int64, error) {
	b, err := p.ReadByte()
	kind, size := plumbing.ObjectType(b>>4&7), uint64(b&15)
	if b&0x80 != 0 && err == nil {
		var rest uint64
		if rest, err = binary.ReadUvarint(p); rest > math.MaxInt64>>4 {
			err = errPack
		}
		size |= rest << 4
	}
	return kind, int64(size), err
}

// count counts an object.
func (p *packReader) count(size int64) error {
	if p.limit > 0 && size > p.limit-p.size.bytes {
		return &publish.QuotaError{What: "bytes", Limit: p.limit}
	}
	p.size.objects++
	p.size.bytes += max(size, block)
	return nil
}

// delta reads a delta of so many bytes, and counts the object that it makes.
func (p *packReader) delta(size int64) error {
	if size > maxDelta {
		return deltaError(size)
	}
	begin, err := p.inflate(size)
	if err != nil {
		return err
	}
	r := bytes.NewReader(begin)
	base, _ := binary.ReadUvarint(r)
	target, err := binary.ReadUvarint(r)
	if err != nil {
		return errPack
	}
	if largest := max(base, target); largest > maxDelta {
		return deltaError(int64(largest))
	}
	p.size.delta = max(p.size.delta, size, int64(base), int64(target))
	return p.count(int64(target))
}

func deltaError(size int64) error {
	return fmt.Errorf("a file of %d MB comes as a difference to another, which is possible up to %d MB; type: git -c core.bigFileThreshold=%dm push",
		uint64(size)>>20, maxDelta>>20, maxDelta>>21)
}

// inflate decompresses so many bytes, and returns the first of them.
func (p *packReader) inflate(size int64) (begin []byte, err error) {
	if p.zlib == nil {
		p.zlib, err = zlib.NewReader(p)
	} else {
		err = p.zlib.(zlib.Resetter).Reset(p, nil)
	}
	if err != nil {
		return nil, errPack
	}
	begin = make([]byte, 0, 2*binary.MaxVarintLen64)
	for n := int64(0); ; {
		k, err := p.zlib.Read(p.copy)
		begin = append(begin, p.copy[:min(k, cap(begin)-len(begin))]...)
		n += int64(k)
		switch {
		case n > size, err != nil && !errors.Is(err, io.EOF), err != nil && n < size:
			return nil, errPack
		case err != nil:
			return begin, nil
		}
		if err := p.step(); err != nil {
			return nil, err
		}
	}
}
