package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

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
	advice := "Try again later"
	if back := (*putBackError)(nil); errors.As(e.err, &back) {
		advice = "Tell the operator"
	}
	return postgres.Explain(e.err) + "; readers go on reading what was there. " + advice
}
func (e *unusable) Unwrap() error { return e.err }

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
