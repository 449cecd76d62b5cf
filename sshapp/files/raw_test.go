package files

import (
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"postern/content"
)

func rawPost(t testing.TB, data string) *content.Post {
	t.Helper()
	lib := load(t, fstest.MapFS{"raw.md": {Data: []byte(data)}})
	p, ok := lib.At(today).Find("raw")
	if !ok || p.Raw() != data {
		t.Fatalf("the post is not what was written (%t)", ok)
	}
	return p
}

// TestRawReader reads files from every offset, in pieces of every size, and compares them with the bytes that were written.
func TestRawReader(t *testing.T) {
	long := strings.Repeat("A line of a post.\r\n\r\n", 2*rawBlock/20+7)
	for _, data := range []string{"", "one line", "\r\n", "a\r\n\r\nb\r\n", "a\nb\n", long, long[:rawBlock+1] + "\r\n" + long} {
		r := newRawReader(rawPost(t, data))
		if r.size != int64(len(data)) || rawSize(rawPost(t, data)) != r.size {
			t.Errorf("%d bytes are said to be %d", len(data), r.size)
		}
		for _, n := range []int{1, 2, 7, rawBlock, len(data) + 1} {
			step := 1 + len(data)/50
			for from := 0; from <= len(data); from += step {
				p := make([]byte, n)
				got, err := r.ReadAt(p, int64(from))
				want := data[from:min(from+n, len(data))]
				if string(p[:got]) != want || (err == io.EOF) != (got < n) {
					t.Fatalf("%d bytes from %d of %d: %.20q, %v, not %.20q", n, from, len(data), p[:got], err, want)
				}
			}
		}
	}
}

// TestRawReaderCost: a file with CRLF is prepared once, in little memory, and then reading a byte takes little work.
func TestRawReaderCost(t *testing.T) {
	p := rawPost(t, strings.Repeat("A line of a post.\r\n", 1<<20/19))
	var b [1]byte
	r := newRawReader(p)
	if n := testing.AllocsPerRun(10, func() { _, _ = r.ReadAt(b[:], r.size/2) }); n > 0 {
		t.Errorf("a byte takes %v allocations", n)
	}
	made := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			newRawReader(p)
		}
	})
	if n := made.AllocedBytesPerOp(); n > 1<<10 {
		t.Errorf("a file of 1 MB takes %d bytes to open", n)
	}
}
