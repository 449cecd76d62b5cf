// Package deploy makes a directory the published site, whole, over one connection: the author's side says which files there
// are, sends those that the server lacks, and hears what became of it.
package deploy

import (
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"postern/content/problem"
	"postern/content/publish"
)

// The two sides talk in turn, each over a DEFLATE stream of its own (RFC 1951) that is flushed after each turn:
//
//	server  a hello
//	author  a plan, and its files, a line each
//	server  an answer: which files it lacks, and what would change
//	author  the bytes of those files, one after the other; or the end of input, to leave all as it is
//	server  a result
//
// All but the files' bytes are lines of JSON. Who deploys with an older program than the server's, or a newer one, is told so by the
// hello's version.
const version = 1

// maxLine bounds a line in bytes. The longest is an answer about 100,000 files, with the paths of those that go.
const maxLine = 64 << 20

// A hello is what a server begins with.
type hello struct {
	Version    int    `json:"version"`
	Generation int    `json:"generation"` // that readers see now; 0 before the first publication
	Error      string `json:"error,omitempty"`
}

// A plan is what an author is about to send.
type plan struct {
	Base   int  `json:"base,omitempty"` // the generation that the directory was last known to be equal to; 0 for the author's last deployment
	DryRun bool `json:"dryRun,omitempty"`
	Files  int  `json:"files"`
}

// An entry is a file of a plan.
type entry struct {
	Path string `json:"path"`
	Hash []byte `json:"hash"` // SHA-256
	Size int64  `json:"size"`
}

// An answer says what a plan comes to.
type answer struct {
	Missing []int    `json:"missing"` // indices of entries whose bytes are to be sent, ascending
	Added   int      `json:"added"`   // numbers of files
	Changed int      `json:"changed"`
	Removed []string `json:"removed"` // paths
	Kept    int      `json:"kept"`
	Error   string   `json:"error,omitempty"`
}

// A Result is what became of a deployment.
type Result struct {
	Publication publish.Publication `json:"publication"` // without a generation if nothing has changed, or nothing was to be published
	Problems    []problem.Problem   `json:"problems,omitempty"`
	Addresses   map[string]string   `json:"addresses,omitempty"` // of the posts that were added or changed, by path
	Notes       map[string]string   `json:"notes,omitempty"`     // why readers don't see some of these posts, by path
	Host        string              `json:"host,omitempty"`      // what readers type to come there; empty if the server isn't told
	Error       string              `json:"error,omitempty"`     // why nothing was published
	Since       *int                `json:"since,omitempty"`     // after which generation others have published; nil if that isn't why
}

// A stream is one side's end of a conversation.
type stream struct {
	in     *bufio.Reader
	out    *flate.Writer
	refuse *refusal
}

func newStream(in io.Reader, to io.Writer) *stream {
	refuse := &refusal{Writer: to}
	out, _ := flate.NewWriter(refuse, flate.DefaultCompression) // the error is for a level that isn't one
	return &stream{in: bufio.NewReaderSize(flate.NewReader(in), 64<<10), out: out, refuse: refuse}
}

// A refusal notes that the other side takes no more: it may have said why.
type refusal struct {
	io.Writer
	err error
}

func (r *refusal) Write(p []byte) (int, error) {
	n, err := r.Writer.Write(p)
	if err != nil {
		r.err = err
	}
	return n, err
}

// send writes values, a line each, and has the other side see them.
func (s *stream) send(values ...any) error {
	lines := json.NewEncoder(s.out)
	for _, v := range values {
		if err := lines.Encode(v); err != nil {
			return err
		}
	}
	return s.out.Flush()
}

// receive reads a line.
func (s *stream) receive(v any) error {
	var line []byte
	for {
		part, err := s.in.ReadSlice('\n')
		line = append(line, part...)
		if err == nil {
			return json.Unmarshal(line, v)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			if len(line) > 0 && errors.Is(err, io.EOF) {
				return io.ErrUnexpectedEOF
			}
			return err
		}
		if len(line) > maxLine {
			return fmt.Errorf("a line is longer than %d MB", maxLine>>20)
		}
	}
}

// hashOf returns the hash by which a file is known.
func hashOf(r io.Reader) (hash [sha256.Size]byte, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(h, r)
	h.Sum(hash[:0])
	return hash, size, err
}
