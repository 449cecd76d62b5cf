package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"postern/content/publish"
	"postern/sshapp/postgres"
)

// maxPart bounds a part of a blob in bytes.
const maxPart = 1 << 20

// Publish implements [publish.Shared]: in one transaction, which the generation's number decides. Two that come at once have the
// same number, and the database takes one row of a number.
func (n *Node) Publish(ctx context.Context, p publish.Publication, staged fs.FS) error {
	err := n.publish(ctx, p, staged)
	var overtaken *publish.OvertakenError
	switch {
	case err == nil, errors.As(err, &overtaken):
		return err
	case errors.Is(err, postgres.ErrUncertain):
		n.complain(err)
		return fmt.Errorf("the database went away at the last moment: whether this was published is seen when it is back (history)")
	}
	n.complain(err)
	return fmt.Errorf("not published: %s; readers go on reading what was there. Try again later", postgres.Explain(err))
}

func (n *Node) publish(ctx context.Context, p publish.Publication, staged fs.FS) error {
	before, err := n.tree(ctx, p.Generation-1)
	if err != nil {
		return err
	}
	now, changed := tree{}, tree{}
	maps.Copy(now, before)
	for _, path := range slices.Concat(p.Added, p.Changed) {
		if changed[path], err = hashFile(staged, path); err != nil {
			return err
		}
		now[path] = changed[path]
	}
	for _, path := range p.Removed {
		delete(now, path)
	}
	err = n.db.In(ctx, func(tx pgx.Tx) error {
		if err := putBlobs(ctx, tx, changed, staged); err != nil {
			return err
		}
		return putGeneration(ctx, tx, p, now)
	})
	if postgres.IsTaken(err) {
		return n.overtaken(ctx, p.Generation)
	}
	return err
}

// putGeneration adds the row of a generation, and tells the other machines.
func putGeneration(ctx context.Context, tx pgx.Tx, p publish.Publication, t tree) error {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	record, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO generation (n, parent, tree, author, at, how, record) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.Generation, p.Generation-1, t.encode(), p.Author.Name, p.Time, p.Way, record)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `SELECT pg_notify($1, '')`, channel)
	return err
}

// overtaken returns who has published the generation of a number.
func (n *Node) overtaken(ctx context.Context, number int) error {
	other, err := n.record(ctx, number)
	if err != nil {
		return err
	}
	return &publish.OvertakenError{Other: other}
}

// record returns what the log has of a generation.
func (n *Node) record(ctx context.Context, number int) (p publish.Publication, err error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	var record []byte
	if err := n.db.QueryRow(ctx, `SELECT record FROM generation WHERE n = $1`, number).Scan(&record); err != nil {
		return p, err
	}
	return p, json.Unmarshal(record, &p)
}

// putBlobs puts the files of a tree into the database that it doesn't have. Those that it has are marked, so that they stay for
// as long as the transaction may take. All who do this take the rows in the same order, and so never wait for each other in a
// circle.
func putBlobs(ctx context.Context, tx pgx.Tx, files tree, dir fs.FS) error {
	sums := make([][]byte, 0, len(files))
	paths := map[sum]string{}
	for path, f := range files {
		sums = append(sums, f.sum[:])
		paths[f.sum] = path
	}
	there, err := markUsed(ctx, tx, sums)
	if err != nil {
		return err
	}
	b := &batch{tx: tx}
	for _, f := range files.blobs(func(s sum) bool { return there[s] }) {
		if err := b.put(ctx, f, dir, paths[f.sum]); err != nil {
			return err
		}
	}
	return b.send(ctx)
}

// markUsed marks the blobs of sums that the database has, and returns which.
func markUsed(ctx context.Context, tx pgx.Tx, sums [][]byte) (map[sum]bool, error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	rows, _ := tx.Query(ctx, `WITH had AS (SELECT sha256, part FROM blob WHERE sha256 = ANY($1) ORDER BY sha256, part FOR UPDATE)
		UPDATE blob SET used = now() FROM had WHERE blob.sha256 = had.sha256 AND blob.part = had.part RETURNING blob.sha256`, sums)
	all, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	there := map[sum]bool{}
	for _, s := range all {
		there[sum(s)] = true
	}
	return there, err
}

// A batch is statements that are sent together, so that ten thousand small files don't take as many round trips.
type batch struct {
	tx     pgx.Tx
	queued pgx.Batch
	bytes  int
}

// put adds a file's blob, part after part, and sends what has come together.
func (b *batch) put(ctx context.Context, f blob, dir fs.FS, path string) error {
	r, err := dir.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	for part := 0; part == 0 || int64(part)*maxPart < f.size; part++ {
		var bytes bytes.Buffer
		if _, err := io.CopyN(&bytes, r, maxPart); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		b.queued.Queue(`INSERT INTO blob (sha256, part, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, f.sum[:], part, bytes.Bytes())
		if b.bytes += bytes.Len(); b.bytes >= maxPart || b.queued.Len() >= 500 {
			if err := b.send(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// send sends what has come together.
func (b *batch) send(ctx context.Context) error {
	if b.queued.Len() == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	err := b.tx.SendBatch(ctx, &b.queued).Close()
	b.queued, b.bytes = pgx.Batch{}, 0
	return err
}
