package state

import (
	"bytes"
	"testing"
)

// TestSalt: the number of a reader depends on all that it is made of.
func TestSalt(t *testing.T) {
	seen := map[uint64]bool{}
	for _, salt := range []Salt{{1}, {2}} {
		for _, from := range []string{"192.0.2.1/32", "192.0.2.2/32", "2001:db8::/64"} {
			for _, client := range []string{"SSH-2.0-OpenSSH_9.2", ""} {
				seen[salt.Number(from, client)] = true
			}
		}
	}
	if len(seen) != 12 {
		t.Errorf("12 readers have %d numbers", len(seen))
	}
}

// FuzzParseSketch: whatever stands in a database, it is a sketch that can be used, or an error.
func FuzzParseSketch(f *testing.F) {
	few, many := NewSketch(), NewSketch()
	few.Add(Salt{}.Number("192.0.2.1/32", ""))
	for i := range byte(200) {
		for j := range byte(200) {
			many.Add(Salt{i, j}.Number("", ""))
		}
	}
	f.Add([]byte(nil))
	for _, s := range []*Sketch{NewSketch(), few, many} {
		data := s.Bytes()
		f.Add(data)
		f.Add(data[:len(data)-1])
		f.Add(bytes.Replace(data, data[5:6], []byte{0xff}, 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSketch(data)
		if err != nil {
			return
		}
		before := s.Count()
		s.Merge(few)
		if n := s.Count(); n < before-before/50 || n > before+before/50+1 {
			t.Errorf("%d readers, and with one more %d", before, n)
		}
		if _, err := ParseSketch(s.Bytes()); err != nil {
			t.Error(err)
		}
	})
}
