package cluster

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"

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
	return postgres.Explain(e.err) + "; readers go on reading what was there. Try again later"
}
func (e *unusable) Unwrap() error { return e.err }

// catchUp lays out the generations that the site lacks and the database has, oldest first.
func (n *Node) catchUp(ctx context.Context, site *publish.Site) error {
	n.catching.Lock()
	defer n.catching.Unlock()
	here, err := site.Generation()
	if err != nil {
		return err
	}
	newest, err := n.newest(ctx)
	if err != nil || newest == here {
		return err
	}
	if newest < here {
		return fmt.Errorf("the database has generation %d and this machine %d: it was put back to an older state", newest, here)
	}
	records, trees, err := n.records(ctx, here)
	if err != nil {
		return err
	}
	trees = trees[max(0, len(trees)-n.Limits.Keep):]
	for _, number := range trees {
		passed := 0
		for passed < len(records) && records[passed].Generation <= number {
			passed++
		}
		if err := n.adopt(ctx, site, records[:passed], here); err != nil {
			return err
		}
		here, records = number, records[passed:]
	}
	return nil
}

// newest returns the number of the newest generation, 0 for none.
func (n *Node) newest(ctx context.Context) (number int, err error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	err = n.db.QueryRow(ctx, `SELECT coalesce(max(n), 0) FROM generation`).Scan(&number)
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

// tree returns the tree of a generation. That of 0 is empty, and so is one that is kept no more.
func (n *Node) tree(ctx context.Context, number int) (tree, error) {
	if number == 0 {
		return tree{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	var data []byte
	if err := n.db.QueryRow(ctx, `SELECT tree FROM generation WHERE n = $1`, number).Scan(&data); err != nil {
		return nil, err
	}
	return parseTree(data)
}

// adopt lays out the generation of the last of records. Files that the generation here has too are taken from there.
func (n *Node) adopt(ctx context.Context, site *publish.Site, records []publish.Publication, here int) error {
	next, err := n.tree(ctx, records[len(records)-1].Generation)
	if err != nil {
		return err
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

// Bounds of what is fetched at once.
const (
	fetchBytes = 4 << 20
	fetchFiles = 500
)

// fetch takes blobs from the database into an upload, and adds them to found.
func (n *Node) fetch(ctx context.Context, upload *publish.Upload, lacks []blob, found map[sum]publish.File) error {
	for len(lacks) > 0 {
		count, bytes := 0, int64(0)
		for count < len(lacks) && count < fetchFiles && (count == 0 || bytes+lacks[count].size <= fetchBytes) {
			bytes += lacks[count].size
			count++
		}
		if err := n.fetchSome(ctx, upload, lacks[:count], found); err != nil {
			return err
		}
		lacks = lacks[count:]
	}
	return nil
}

func (n *Node) fetchSome(ctx context.Context, upload *publish.Upload, lacks []blob, found map[sum]publish.File) error {
	sums := make([][]byte, len(lacks))
	wanted := map[sum]int64{} // sizes
	for i := range lacks {
		sums[i] = lacks[i].sum[:]
		wanted[lacks[i].sum] = lacks[i].size
	}
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	rows, err := n.db.Query(ctx, `SELECT sha256, bytes FROM blob WHERE sha256 = ANY($1) ORDER BY sha256, part`, sums)
	if err != nil {
		return err
	}
	defer rows.Close()
	var now *incoming
	defer func() {
		if now != nil {
			now.out.Close()
		}
	}()
	for rows.Next() {
		var key, part []byte
		if err := rows.Scan(&key, &part); err != nil {
			return err
		}
		if now == nil || now.sum != sum(key) {
			if err := now.close(wanted, found); err != nil {
				return err
			}
			if now, err = newIncoming(upload, sum(key)); err != nil {
				return err
			}
		}
		if err := now.write(part); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := now.close(wanted, found); err != nil {
		return err
	}
	if len(wanted) > 0 {
		return fmt.Errorf("the database lacks %d files of a generation", len(wanted))
	}
	return nil
}

// An incoming file is being written.
type incoming struct {
	sum  sum
	file publish.File
	out  *publish.Writer
	hash hash.Hash
}

func newIncoming(upload *publish.Upload, s sum) (*incoming, error) {
	file, out, err := upload.Create()
	return &incoming{s, file, out, sha256.New()}, err
}

func (f *incoming) write(part []byte) error {
	f.hash.Write(part)
	_, err := f.out.Write(part)
	return err
}

// close ends the file, which is found if its bytes are those of its sum and size.
func (f *incoming) close(wanted map[sum]int64, found map[sum]publish.File) error {
	if f == nil {
		return nil
	}
	if err := f.out.Close(); err != nil {
		return err
	}
	if sum(f.hash.Sum(nil)) != f.sum || f.out.Size() != wanted[f.sum] {
		return fmt.Errorf("a file in the database is damaged: it doesn't have the SHA-256 %x", f.sum)
	}
	delete(wanted, f.sum)
	found[f.sum] = f.file
	return nil
}
