package git

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/go-git/go-git/v6/plumbing/format/pktline"
)

var errShallow = errors.New("a part of the history can't be fetched; leave out --depth, and clone anew where the clone is shallow")

// A fetchRequest reads what a client fetches, and refuses a part of the history: to find where that ends, the library walks each
// way from the tip to it, of which there are millions where a few branches were merged.
type fetchRequest struct {
	*stream
	checked io.Reader // nil before the first Read
}

// Read implements [io.Reader].
func (r *fetchRequest) Read(p []byte) (int, error) {
	if r.checked == nil {
		var err error
		if r.checked, err = checkWants(bufio.NewReader(r.stream)); err != nil {
			return 0, err
		}
	}
	return r.checked.Read(p)
}

// checkWants reads the lines up to the first flush (gitprotocol-pack(5), "Packfile Negotiation"), which say what is wanted. It
// returns them with what follows.
func checkWants(in io.Reader) (io.Reader, error) {
	var wants bytes.Buffer
	lines := io.TeeReader(in, &wants)
	for {
		length, line, err := pktline.ReadLine(lines)
		switch {
		case errors.Is(err, io.EOF), length == pktline.Flush:
			return io.MultiReader(&wants, in), nil
		case err != nil:
			return nil, err
		case bytes.HasPrefix(line, []byte("deepen")), bytes.HasPrefix(line, []byte("shallow")):
			return nil, errShallow
		}
	}
}
