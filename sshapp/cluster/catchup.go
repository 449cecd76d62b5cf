package cluster

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/jackc/pgx/v5"

	"postern/content/publish"
	"postern/sshapp/postgres"
)

// CatchUp implements [publish.Shared].
func (n *Node) CatchUp(ctx context.Context, site *publish.Site) error {
	err := n.catchUp(ctx, site)
	if err != nil {
		n.complain(err)
		err = &unusable{err}
	}
	return err
}

// unusable is an error of the database in words for authors.
type unusable struct{ err error }

func (e *unusable) Error() string {
	what := "Try again later"
	if e.putBack() {
		what = "Tell the operator"
	}
	return postgres.Explain(e.err) + "; readers go on reading what was there. " + what
}
func (e *unusable) Unwrap() error { return e.err }

func (e *unusable) putBack() bool {
	var back *putBackError
	return errors.As(e.err, &back)
}

// A putBackError says that the database is older than what this machine had of it.
type putBackError struct{ found string }

func (e *putBackError) Error() string {
	return e.found + ": it was put back to an older state, and the manual's page \"More than one machine\" says what to do"
}

// catchUp lays out the generations that are kept and that the site lacks, oldest first.
func (n *Node) catchUp(ctx context.Context, site *publish.Site) error {
	n.catching.Lock()
	defer n.catching.Unlock()
	here, err := site.Generation()
	if err != nil {
		return err
	}
	newest, err := n.number(ctx, newestGeneration)
	if err != nil {
		return err
	}
	if newest < here {
		return &putBackError{fmt.Sprintf("the database has generation %d and this machine %d", newest, here)}
	}
	if err := n.compareLogs(ctx, site, here); err != nil || newest == here {
		return err
	}
	records, trees, err := n.records(ctx, here)
	if err != nil {
		return err
	}
	for _, number := range slices.Backward(n.Limits.Kept(records)) {
		if !slices.Contains(trees, number) {
			continue // other machines keep fewer
		}
		passed := 0
		for passed < len(records) && records[passed].Generation <= number {
			passed++
		}
		if err := n.adopt(ctx, site, records[:passed], here); err != nil {
			return err
		}
		here, records = number, records[passed:]
		n.compared = here
	}
	return nil
}

// compareLogs makes sure that the database has the same generation under the number of the current one as this machine.
func (n *Node) compareLogs(ctx context.Context, site *publish.Site, here int) error {
	if here == 0 || here == n.compared {
		return nil
	}
	log, err := site.Records(here - 1)
	if err != nil || len(log) == 0 {
		return err
	}
	there, err := n.record(ctx, here)
	if err != nil {
		return err
	}
	if !same(there, log[0]) {
		return &putBackError{fmt.Sprintf("the database's generation %d is by %s, and this machine's by %s", here, byWhom(there), byWhom(log[0]))}
	}
	n.compared = here
	return nil
}

// forgetCompared has the logs compared again.
func (n *Node) forgetCompared() {
	n.catching.Lock()
	defer n.catching.Unlock()
	n.compared = 0
}

// same reports whether two records are of one publication.
func same(a, b publish.Publication) bool {
	return a.Generation == b.Generation && a.Author == b.Author && a.Time.Equal(b.Time)
}

func byWhom(p publish.Publication) string {
	return p.Author.Name + " (" + p.Time.UTC().Format("2006-01-02 15:04:05 MST") + ")"
}

// Queries for the number of a generation, 0 for none.
const (
	newestGeneration = `SELECT coalesce(max(n), 0) FROM generation`
	oldestTree       = `SELECT coalesce(min(n), 0) FROM generation WHERE tree IS NOT NULL`
)

// number returns what one of these queries asks for.
func (n *Node) number(ctx context.Context, query string) (number int, err error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	err = n.db.QueryRow(ctx, query).Scan(&number)
	return number, err
}

// records returns what the log has after a generation, and which of those have a tree.
func (n *Node) records(ctx context.Context, after int) (records []publish.Publication, trees []int, err error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	rows, err := n.db.Query(ctx, `SELECT record, tree IS NOT NULL FROM generation WHERE n > $1 ORDER BY n`, after)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var record []byte
		var whole bool
		if err := rows.Scan(&record, &whole); err != nil {
			return nil, nil, err
		}
		var p publish.Publication
		if err := json.Unmarshal(record, &p); err != nil {
			return nil, nil, err
		}
		records = append(records, p)
		if whole {
			trees = append(trees, p.Generation)
		}
	}
	return records, trees, rows.Err()
}

// tree returns the tree of a generation. That of 0 is empty; that of one which is kept no more is nil.
func (n *Node) tree(ctx context.Context, number int) (tree, error) {
	if number == 0 {
		return tree{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	var data []byte
	if err := n.db.QueryRow(ctx, `SELECT tree FROM generation WHERE n = $1`, number).Scan(&data); err != nil || data == nil {
		return nil, err
	}
	return parseTree(data)
}

// adopt lays out the generation of the last of records. Files that the generation here has too are taken from there.
func (n *Node) adopt(ctx context.Context, site *publish.Site, records []publish.Publication, here int) error {
	number := records[len(records)-1].Generation
	next, err := n.tree(ctx, number)
	if err != nil {
		return err
	}
	if next == nil {
		return fmt.Errorf("generation %d went out of the database while it was brought here; it is tried again", number)
	}
	now, err := n.tree(ctx, here)
	if err != nil {
		return err
	}
	own, err := site.Files(here)
	if err != nil {
		return err
	}
	found := map[sum]publish.File{}
	for path, f := range now {
		if file, ok := own[path]; ok {
			found[f.sum] = file
		}
	}
	upload, err := site.NewUpload()
	if err != nil {
		return err
	}
	defer upload.Close()
	lacks := next.blobs(func(s sum) bool { _, ok := found[s]; return ok })
	if err := n.fetch(ctx, upload, lacks, found); err != nil {
		return err
	}
	files := make(map[string]publish.File, len(next))
	for path, f := range next {
		files[path] = found[f.sum]
	}
	return site.Adopt(records, files)
}

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
