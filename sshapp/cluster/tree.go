package cluster

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"postern/content/publish"
)

// A sum is the SHA-256 of a file's bytes.
type sum [sha256.Size]byte

// A blob is what a tree says of a file's bytes.
type blob struct {
	sum  sum
	size int64
}

// A tree is what a generation has: blobs by path.
type tree map[string]blob

// encode returns the tree as the database has it, a line a file: SHA-256, size, path. It is nil for a nil tree alone.
func (t tree) encode() []byte {
	if t == nil {
		return nil
	}
	lines := []byte{}
	for _, path := range slices.Sorted(maps.Keys(t)) {
		lines = fmt.Appendf(lines, "%x %d %s\n", t[path].sum, t[path].size, path)
	}
	return lines
}

// parseTree reads what encode returns.
func parseTree(data []byte) (tree, error) {
	t := tree{}
	for line := range bytes.Lines(data) {
		digits, rest, _ := strings.Cut(strings.TrimSuffix(string(line), "\n"), " ")
		size, path, _ := strings.Cut(rest, " ")
		var f blob
		n, err := hex.Decode(f.sum[:], []byte(digits)[:min(len(digits), hex.EncodedLen(sha256.Size))])
		if err != nil || n != len(f.sum) {
			return nil, fmt.Errorf("a tree in the database has the line %q, which is not valid", line)
		}
		if f.size, err = strconv.ParseInt(size, 10, 64); err != nil || f.size < 0 {
			return nil, fmt.Errorf("a tree in the database has the line %q, which is not valid", line)
		}
		if err := publish.CheckPath(path); err != nil {
			return nil, err
		}
		t[path] = f
	}
	return t, nil
}

// blobs returns the blobs of a tree that has does not have, each once, in the order of their sums.
func (t tree) blobs(has func(sum) bool) []blob {
	all := map[sum]blob{}
	for _, f := range t {
		if !has(f.sum) {
			all[f.sum] = f
		}
	}
	return slices.SortedFunc(maps.Values(all), func(a, b blob) int { return cmp.Compare(string(a.sum[:]), string(b.sum[:])) })
}

// hashFile returns the blob of a file.
func hashFile(dir fs.FS, path string) (f blob, err error) {
	r, err := dir.Open(path)
	if err != nil {
		return f, err
	}
	defer r.Close()
	h := sha256.New()
	f.size, err = io.Copy(h, r)
	h.Sum(f.sum[:0])
	return f, err
}
