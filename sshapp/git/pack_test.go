package git_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/go-git/go-git/v6/plumbing"

	"postern/content/publish"
)

// rawPack returns a pack that says it has so many objects, of the bytes of some.
func rawPack(count uint32, objects ...[]byte) []byte {
	var b bytes.Buffer
	b.WriteString("PACK")
	_ = binary.Write(&b, binary.BigEndian, []uint32{2, count})
	for _, o := range objects {
		b.Write(o)
	}
	sum := sha1.Sum(b.Bytes())
	return append(b.Bytes(), sum[:]...)
}

// rawObject returns an object of a pack: of a type, with the size that it claims, what its base is, and its data.
func rawObject(kind plumbing.ObjectType, size uint64, base string, data io.Reader) []byte {
	var b bytes.Buffer
	first := byte(kind)<<4 | byte(size&15)
	if size >>= 4; size > 0 {
		b.WriteByte(first | 0x80)
		b.Write(binary.AppendUvarint(nil, size))
	} else {
		b.WriteByte(first)
	}
	b.WriteString(base)
	w, _ := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	_, _ = io.Copy(w, data)
	w.Close()
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestPushPacks pushes packs that aren't what they say, or are much more.
func TestPushPacks(t *testing.T) {
	const mb = 1 << 20
	s, c := newSite(t, publish.Limits{Bytes: 64 * mb, Files: 1000, Keep: 20}), newClone(t)
	first := c.post("# Bread\n")
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
		t.Fatalf("%v, %q", err, out)
	}
	objects := s.files("git")
	next := c.post("# Bread\n\nFlour.\n", first)
	good := c.pack()
	base := rawObject(plumbing.BlobObject, mb, "", io.LimitReader(zeros{}, mb))
	blob := plumbing.NewHash("9e0f96a2a253b173cb45b41868209a5d043e1437") // of those zeros
	delta := func(target uint64, copies int) []byte {
		d := binary.AppendUvarint(binary.AppendUvarint(nil, mb), target)
		for range copies {
			d = append(d, 0xf0, 0, 0, 0x10) // all of the base
		}
		return rawObject(plumbing.REFDeltaObject, uint64(len(d)), string(blob.Bytes()), bytes.NewReader(d))
	}
	many := [][]byte{base}
	for range 40 {
		many = append(many, delta(30*mb, 30))
	}
	for name, test := range map[string]struct {
		pack []byte
		says string
	}{
		"100 MB of zeros":         {rawPack(1, rawObject(plumbing.BlobObject, 100*mb, "", io.LimitReader(zeros{}, 100*mb))), "quota of 67108864 bytes"},
		"more than it says":       {rawPack(1, rawObject(plumbing.BlobObject, 10, "", io.LimitReader(zeros{}, 100*mb))), "the pack is not valid"},
		"less than it says":       {rawPack(1, rawObject(plumbing.BlobObject, 10, "", strings.NewReader("a"))), "the pack is not valid"},
		"a size of 2^63":          {rawPack(1, rawObject(plumbing.BlobObject, 1<<63, "", strings.NewReader("a"))), "the pack is not valid"},
		"4 billion objects":       {rawPack(1<<32 - 1)[:12], "the pack is not valid"},
		"a delta of 1 GB":         {rawPack(2, base, delta(1024*mb, 1024)), "comes as a difference to another"},
		"a delta that says 2^63":  {rawPack(2, base, delta(1<<63, 1)), "comes as a difference to another"},
		"40 deltas of 30 MB":      {rawPack(41, many...), "quota of 67108864 bytes"},
		"a delta without base":    {rawPack(1, delta(mb, 1)), "reference delta not found"},
		"a commit of 9 MB":        {rawPack(1, rawObject(plumbing.CommitObject, 9*mb, "", io.LimitReader(zeros{}, 9*mb))), "too large"},
		"a type that there isn't": {rawPack(1, rawObject(5, 1, "", strings.NewReader("a"))), "the pack is not valid"},
		"half a pack":             {good[:len(good)/2], "the pack is not valid"},
		"another checksum":        {append(bytes.Clone(good[:len(good)-1]), good[len(good)-1]^1), "checksum"},
		"no pack":                 {[]byte("something else"), "the pack is not valid"},
		"an empty pack":           {rawPack(0), "complete"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			out, err := s.push(first, next, test.pack)
			if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 16*mb {
				t.Errorf("%d bytes were allocated", after.TotalAlloc-before.TotalAlloc)
			}
			if err == nil || !strings.Contains(out, test.says) {
				t.Errorf("it is answered: %v, %q", err, out)
			}
			s.mustBe(1, first, objects)
		})
	}
	if out, err := s.push(first, next, good); err != nil {
		t.Errorf("a good pack: %v, %q", err, out)
	}
}
