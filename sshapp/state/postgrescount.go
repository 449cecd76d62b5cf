package state

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Salt implements [Store].
func (s *Postgres) Salt(ctx context.Context, day string, proposed Salt) (salt Salt, err error) {
	var kept []byte
	err = s.db.QueryRow(ctx, `INSERT INTO salts (day, salt) VALUES ($1, $2)
		ON CONFLICT (day) DO UPDATE SET day = excluded.day RETURNING salt`, day, proposed[:]).Scan(&kept)
	if err == nil && len(kept) != len(salt) {
		err = errors.New("the salt is not valid")
	}
	if err != nil {
		return salt, err
	}
	return Salt(kept), nil
}

// Count implements [Store]. All machines take the rows in the order of keys, so that none waits for another in a circle.
func (s *Postgres) Count(ctx context.Context, added []Tally) error {
	added = slices.SortedFunc(slices.Values(added), func(a, b Tally) int { return a.Compare(b.Key) })
	return s.db.In(ctx, func(tx pgx.Tx) error {
		for _, t := range added {
			if err := s.countOne(ctx, tx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Postgres) countOne(ctx context.Context, tx pgx.Tx, t Tally) error {
	if _, err := tx.Exec(ctx, `INSERT INTO sketches (day, post, way, sketch) VALUES ($1, $2, $3, '') ON CONFLICT DO NOTHING`, t.Day, t.Post, t.Way); err != nil {
		return err
	}
	var kept []byte
	if err := tx.QueryRow(ctx, `SELECT sketch FROM sketches WHERE day = $1 AND post = $2 AND way = $3 FOR UPDATE`, t.Day, t.Post, t.Way).Scan(&kept); err != nil {
		return err
	}
	merged, more := t.Merge(kept)
	if _, err := tx.Exec(ctx, `UPDATE sketches SET sketch = $4 WHERE day = $1 AND post = $2 AND way = $3`, t.Day, t.Post, t.Way, merged); err != nil {
		return err
	}
	return postgresWriter{tx: tx}.AddCounts(ctx, []Count{{t.Key, t.Reads, more}})
}

// AddCounts implements [Writer].
func (w postgresWriter) AddCounts(ctx context.Context, counted []Count) error {
	var all pgx.Batch
	for _, c := range counted {
		all.Queue(`INSERT INTO counts AS old (day, post, way, reads, uniques) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (day, post, way) DO UPDATE SET reads = old.reads + excluded.reads, uniques = old.uniques + excluded.uniques`,
			c.Day, c.Post, c.Way, c.Reads, c.Uniques)
	}
	return w.tx.SendBatch(ctx, &all).Close()
}

// Counts implements [Store].
func (s *Postgres) Counts(ctx context.Context, behind Key, n int) ([]Count, error) {
	return s.counts(ctx, `SELECT day, post, way, reads, uniques FROM counts WHERE (day, post, way) > ($1, $2, $3) ORDER BY day, post, way LIMIT $4`,
		behind.Day, behind.Post, behind.Way, n)
}

// Sums implements [Store].
func (s *Postgres) Sums(ctx context.Context, since string) ([]Count, error) {
	return s.counts(ctx, `SELECT '', post, way, sum(reads)::bigint, 0 FROM counts WHERE day >= $1 GROUP BY post, way ORDER BY post, way`, since)
}

// counts returns the rows of a query as counts.
func (s *Postgres) counts(ctx context.Context, query string, args ...any) (all []Count, err error) {
	rows, err := s.db.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	var c Count
	_, err = pgx.ForEachRow(rows, []any{&c.Day, &c.Post, &c.Way, &c.Reads, &c.Uniques}, func() error {
		all = append(all, c)
		return nil
	})
	return all, err
}

// Fold implements [Store]. Of two machines that do so at once, each adds what it has taken away itself.
func (s *Postgres) Fold(ctx context.Context, keep, n int) (int, error) {
	var folded int
	err := s.db.QueryRow(ctx, `WITH
		kept AS (SELECT left(day, 8) AS month FROM counts ORDER BY day DESC, post DESC, way DESC LIMIT 1 OFFSET $1),
		days AS (SELECT day, post, way FROM counts WHERE day < (SELECT month FROM kept) AND day NOT LIKE '%-01' ORDER BY day, post, way LIMIT $2),
		gone AS (DELETE FROM counts WHERE (day, post, way) IN (SELECT * FROM days) RETURNING *),
		months AS (
			INSERT INTO counts AS old SELECT left(day, 8) || '01', post, way, sum(reads), sum(uniques) FROM gone GROUP BY 1, 2, 3
			ON CONFLICT (day, post, way) DO UPDATE SET reads = old.reads + excluded.reads, uniques = old.uniques + excluded.uniques
		)
		SELECT count(*) FROM gone`, keep-1, n).Scan(&folded)
	return folded, err
}

// EndDays implements [Store].
func (s *Postgres) EndDays(ctx context.Context, before string) error {
	return s.db.In(ctx, func(tx pgx.Tx) error {
		for _, statement := range []string{`DELETE FROM sketches WHERE day < $1`, `DELETE FROM salts WHERE day < $1`} {
			if _, err := tx.Exec(ctx, statement, before); err != nil {
				return err
			}
		}
		return nil
	})
}
