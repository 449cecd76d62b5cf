package cluster

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"postern/sshapp/postgres"
)

// sweep takes out of the database the trees of generations that are kept no more, and the blobs that no tree has. The log stays.
// A blob that a publication has counted on a short time ago stays too, since its transaction may still be open.
func (n *Node) sweep(ctx context.Context) error {
	oldest, err := n.number(ctx, oldestTree)
	if err != nil {
		return err
	}
	records, trees, err := n.records(ctx, oldest-1)
	if err != nil {
		return err
	}
	kept := n.Limits.Kept(records)
	trees = slices.DeleteFunc(trees, func(number int) bool { return slices.Contains(kept, number) })
	if err := n.db.Exec(ctx, `UPDATE generation SET tree = NULL WHERE n = ANY($1)`, trees); err != nil {
		return err
	}
	used := map[sum]bool{}
	if err := n.eachTree(ctx, func(t tree) {
		for _, f := range t {
			used[f.sum] = true
		}
	}); err != nil {
		return err
	}
	sums := make([][]byte, 0, len(used))
	for s := range used {
		sums = append(sums, s[:])
	}
	return n.db.Exec(ctx, `DELETE FROM blob WHERE used < now() - interval '1 hour' AND NOT EXISTS (SELECT FROM unnest($1::bytea[]) AS u(s) WHERE s = sha256)`, sums)
}

// eachTree calls do for each tree that the database has.
func (n *Node) eachTree(ctx context.Context, do func(tree)) error {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	rows, err := n.db.Query(ctx, `SELECT tree FROM generation WHERE tree IS NOT NULL`)
	if err != nil {
		return err
	}
	var data []byte
	_, err = pgx.ForEachRow(rows, []any{&data}, func() error {
		t, err := parseTree(data)
		if err == nil {
			do(t)
		}
		return err
	})
	return err
}
