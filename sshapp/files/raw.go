package files

import (
	"io"
	"sort"
	"strings"

	"postern/content"
)

// A rawReader reads a post's file as it was written. A text with CRLF is in memory with LF, and only the bytes that are read are
// converted back, since a client may read a byte at a time and have many files open.
type rawReader struct {
	text   string  // with LF
	blocks []int32 // the offsets in the file at which each rawBlock bytes of text begin; nil without CRLF
	size   int64   // of the file, in bytes
}

// rawBlock is how many bytes of text are scanned at most to find where a read begins.
const rawBlock = 16 << 10

// newRawReader returns a reader of a post's file. It allocates a byte for each 4,000 bytes of text.
func newRawReader(p *content.Post) *rawReader {
	text, crlf := p.Written()
	r := &rawReader{text: text, size: int64(len(text))}
	if !crlf {
		return r
	}
	r.size = 0
	for begin := 0; begin < len(text); begin += rawBlock {
		r.blocks = append(r.blocks, int32(r.size))
		block := text[begin:min(begin+rawBlock, len(text))]
		r.size += int64(len(block) + strings.Count(block, "\n"))
	}
	return r
}

// rawSize returns the size of a post's file in bytes.
func rawSize(p *content.Post) int64 {
	text, crlf := p.Written()
	n := len(text)
	if crlf {
		n += strings.Count(text, "\n")
	}
	return int64(n)
}

// ReadAt implements [io.ReaderAt].
func (r *rawReader) ReadAt(p []byte, from int64) (int, error) {
	if r.blocks == nil {
		return strings.NewReader(r.text).ReadAt(p, from)
	}
	if from < 0 || from >= r.size {
		return 0, io.EOF
	}
	block := sort.Search(len(r.blocks), func(i int) bool { return int64(r.blocks[i]) > from }) - 1
	skip := from - int64(r.blocks[block])
	n := 0
	put := func(c byte) {
		if skip > 0 {
			skip--
		} else if n < len(p) {
			p[n] = c
			n++
		}
	}
	for i := block * rawBlock; i < len(r.text) && n < len(p); i++ {
		if r.text[i] == '\n' {
			put('\r')
		}
		put(r.text[i])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
