package state

import (
	"bytes"
	"compress/flate"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"

	"github.com/axiomhq/hyperloglog"
)

// A Salt makes numbers of readers for one day. When it is gone, nobody can tell any more which reader a number stands for.
type Salt [32]byte

// Number returns the number that stands for a reader on the day of the salt. Readers are told apart by where they come from, an
// address or a network, and by the version of their client.
func (s Salt) Number(from, client string) uint64 {
	mac := hmac.New(sha256.New, s[:])
	io.WriteString(mac, from+"\n"+client)
	return binary.BigEndian.Uint64(mac.Sum(nil))
}

// A Sketch tells how many different readers were added to it, and not who they were: a HyperLogLog of 2^14 registers. It is exact
// for some hundred, and beyond that its standard error is 0.8 %. It is not safe for concurrent use.
type Sketch struct{ hll *hyperloglog.Sketch }

// NewSketch returns a sketch without a reader.
func NewSketch() *Sketch { return &Sketch{hyperloglog.New14()} }

// Add adds the reader for whom a number of [Salt.Number] stands.
func (s *Sketch) Add(number uint64) { s.hll.InsertHash(number) }

// Count returns how many readers were added.
func (s *Sketch) Count() int { return int(s.hll.Estimate()) }

// Merge adds the readers of another sketch.
func (s *Sketch) Merge(other *Sketch) { _ = s.hll.Merge(other.hll) } // it fails only for another number of registers

// maxSparse is from how many bytes on the list of a sketch's readers takes more room than its registers do when compressed.
const maxSparse = 2 << 10

// compact makes the sketch take less room in [Sketch.Bytes], if it can: 6 KB at most. A post that 50,000 readers read on a day
// takes 6 KB if all come in one way, and 18 KB if as many come in each of its four ways.
func (s *Sketch) compact() {
	if data, _ := s.hll.MarshalBinary(); len(data) > maxSparse {
		registers := &Sketch{hyperloglog.NewNoSparse()}
		registers.Merge(s)
		*s = *registers
	}
}

// Bytes returns the sketch for [ParseSketch].
func (s *Sketch) Bytes() []byte {
	s.Count() // which sorts the list of readers
	data, _ := s.hll.MarshalBinary()
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.HuffmanOnly) // registers don't repeat, but most of them are small
	_, _ = w.Write(data)                                // a buffer has no errors
	_ = w.Close()
	return packed.Bytes()
}

var errSketch = errors.New("a sketch is damaged")

// registerBytes is the length of the library's format when it has all registers: a header of 8 bytes, and one for each.
const registerBytes = 8 + 1<<14

// ParseSketch reads what [Sketch.Bytes] has returned.
func ParseSketch(packed []byte) (*Sketch, error) {
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), registerBytes+1))
	if err != nil || !validSketch(data) {
		return nil, errSketch
	}
	s := NewSketch()
	return s, s.hll.UnmarshalBinary(data)
}

// validSketch reports whether the library can read a sketch: it checks nothing, and takes as much memory as it is told to.
func validSketch(data []byte) bool {
	const ( // where the parts of the format are
		format, precision, isList                  = 0, 1, 3
		unlistedCount, listCount, listSize, listed = 4, 8, 16, 20
	)
	if len(data) < listed || data[format] != 2 || data[precision] != 14 {
		return false
	}
	if data[isList] == 0 {
		return len(data) == registerBytes
	}
	number := func(at int) int { return int(binary.BigEndian.Uint32(data[at:])) }
	return number(unlistedCount) == 0 && number(listSize) == len(data)-listed && number(listCount) <= number(listSize) &&
		data[len(data)-1] < 0x80 // a number of the list ends with such a byte
}
