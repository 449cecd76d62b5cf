package cluster

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"postern/keys"
)

// A hostKey is one that machines have, or will have.
type hostKey struct {
	Fingerprint string
	Served      bool // by a machine; else it was announced
}

// compareHostKeys refuses a machine whose host key the others don't have, or have no more. The first machine decides, and after it
// the first that has a key which was announced.
func (n *Node) compareHostKeys(ctx context.Context, tx pgx.Tx) error {
	rows, _ := tx.Query(ctx, `SELECT fingerprint, served IS NOT NULL FROM host_key ORDER BY served NULLS FIRST, fingerprint`)
	known, err := pgx.CollectRows(rows, pgx.RowToStructByPos[hostKey])
	if err != nil {
		return err
	}
	if len(known) > 0 {
		current := known[len(known)-1].Fingerprint
		i := slices.IndexFunc(known, func(k hostKey) bool { return k.Fingerprint == n.HostKeys[0] })
		if i < 0 || known[i].Served && !slices.Contains(n.HostKeys, current) {
			return &RefusedError{fmt.Sprintf("the host key of this machine, %s, is not that of the others, %s; readers would be warned that somebody listens in. Give it the others' file %s",
				n.HostKeys[0], current, keys.HostKeyFile)}
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO host_key (fingerprint, served) VALUES ($1, now()) ON CONFLICT (fingerprint) DO UPDATE SET served = coalesce(host_key.served, now())`, n.HostKeys[0])
	if err != nil {
		return err
	}
	for _, next := range n.HostKeys[1:] {
		if _, err := tx.Exec(ctx, `INSERT INTO host_key (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING`, next); err != nil {
			return err
		}
	}
	return nil
}
