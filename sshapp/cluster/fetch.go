package cluster

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"

	"github.com/jackc/pgx/v5"

	"postern/content/publish"
	"postern/sshapp/postgres"
)

// fetch takes blobs from the database into an upload, and adds them to found.
func (n *Node) fetch(ctx context.Context, upload *publish.Upload, lacks []blob, found map[sum]publish.File) error {
	from := &fetcher{ctx: ctx, db: n.db, wanted: lacks}
	for _, f := range lacks {
		h := sha256.New()
		file, err := upload.Add(io.TeeReader(io.LimitReader(from, f.size), h))
		if err != nil {
			return err
		}
		if sum(h.Sum(nil)) != f.sum {
			return fmt.Errorf("a file in the database is damaged: it doesn't have the SHA-256 %x", f.sum)
		}
		found[f.sum] = file
	}
	return upload.Sync()
}

// A fetcher reads blobs from the database, one behind the other. It asks for some parts at a time and keeps them in memory, so
// that a query takes no longer for a large file, or for a slow disk here.
type fetcher struct {
	ctx    context.Context // of all queries
	db     *postgres.DB
	wanted []blob
	part   int    // of the first of wanted, the next to ask for
	got    []byte // and not read yet
}

// Bounds of what a query asks for. The last part may exceed that of bytes.
const (
	fetchBytes = maxPart
	fetchParts = 500
)

// Read implements [io.Reader].
func (f *fetcher) Read(p []byte) (int, error) {
	for len(f.got) == 0 {
		if len(f.wanted) == 0 {
			return 0, io.EOF
		}
		if err := f.fetch(); err != nil {
			return 0, err
		}
	}
	n := copy(p, f.got)
	f.got = f.got[n:]
	return n, nil
}

// fetch gets the next parts.
func (f *fetcher) fetch() error {
	var sums [][]byte
	var parts []int
	for bytes := int64(0); len(f.wanted) > 0 && bytes < fetchBytes && len(parts) < fetchParts; {
		next := f.wanted[0]
		sums, parts = append(sums, next.sum[:]), append(parts, f.part)
		bytes += min(maxPart, next.size-int64(f.part)*maxPart)
		if f.part++; int64(f.part)*maxPart >= next.size {
			f.wanted, f.part = f.wanted[1:], 0
		}
	}
	ctx, cancel := context.WithTimeout(f.ctx, postgres.Wait)
	defer cancel()
	rows, _ := f.db.Query(ctx, `SELECT bytes FROM blob JOIN unnest($1::bytea[], $2::int[]) AS wanted (s, p) ON sha256 = s AND part = p ORDER BY sha256, part`, sums, parts)
	all, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err == nil && len(all) < len(parts) {
		err = fmt.Errorf("the database lacks %d parts of the files of a generation", len(parts)-len(all))
	}
	f.got = slices.Concat(all...)
	return err
}
