package state

import (
	"context"
	"database/sql"
	"errors"
)

// Salt implements [Store].
func (s *SQLite) Salt(ctx context.Context, day string, proposed Salt) (salt Salt, err error) {
	if err := s.present(); err != nil {
		return salt, err
	}
	var kept []byte
	err = s.write.QueryRowContext(ctx, `INSERT INTO salts (day, salt) VALUES (?, ?)
		ON CONFLICT (day) DO UPDATE SET day = day RETURNING salt`, day, proposed[:]).Scan(&kept)
	if err == nil && len(kept) != len(salt) {
		err = errors.New("the salt is not valid")
	}
	if err != nil {
		return salt, s.describe(err)
	}
	return Salt(kept), nil
}

// Count implements [Store].
func (s *SQLite) Count(ctx context.Context, added []Tally) error {
	return s.in(ctx, func(w sqliteWriter) error {
		for _, t := range added {
			if err := w.countOne(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w sqliteWriter) countOne(ctx context.Context, t Tally) error {
	var kept []byte
	err := w.tx.QueryRowContext(ctx, `SELECT sketch FROM sketches WHERE day = ? AND post = ? AND way = ?`, t.Day, t.Post, t.Way).Scan(&kept)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	merged, more := t.Merge(kept)
	if _, err := w.tx.ExecContext(ctx, `INSERT INTO sketches (day, post, way, sketch) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET sketch = excluded.sketch`, t.Day, t.Post, t.Way, merged); err != nil {
		return err
	}
	return w.AddCounts(ctx, []Count{{t.Key, t.Reads, more}})
}

// addToCount ends a statement that inserts counts.
const addToCount = ` ON CONFLICT DO UPDATE SET reads = reads + excluded.reads, uniques = uniques + excluded.uniques`

// AddCounts implements [Writer].
func (w sqliteWriter) AddCounts(ctx context.Context, counted []Count) error {
	for _, c := range counted {
		_, err := w.tx.ExecContext(ctx, `INSERT INTO counts (day, post, way, reads, uniques) VALUES (?, ?, ?, ?, ?)`+addToCount, c.Day, c.Post, c.Way, c.Reads, c.Uniques)
		if err != nil {
			return err
		}
	}
	return nil
}

// Counts implements [Store].
func (s *SQLite) Counts(ctx context.Context, behind Key, n int) ([]Count, error) {
	return s.counts(ctx, `SELECT day, post, way, reads, uniques FROM counts WHERE (day, post, way) > (?, ?, ?) ORDER BY day, post, way LIMIT ?`,
		behind.Day, behind.Post, behind.Way, n)
}

// Sums implements [Store].
func (s *SQLite) Sums(ctx context.Context, since string) ([]Count, error) {
	return s.counts(ctx, `SELECT '', post, way, sum(reads), 0 FROM counts WHERE day >= ? GROUP BY post, way ORDER BY post, way`, since)
}

// counts returns the rows of a query as counts.
func (s *SQLite) counts(ctx context.Context, query string, args ...any) (all []Count, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var c Count
		err := rows.Scan(&c.Day, &c.Post, &c.Way, &c.Reads, &c.Uniques)
		all = append(all, c)
		return err
	}, query, args...)
	return all, err
}

// Fold implements [Store].
func (s *SQLite) Fold(ctx context.Context, keep, n int) (folded int, err error) {
	err = s.in(ctx, func(w sqliteWriter) error {
		folded, err = w.fold(ctx, keep, n)
		return err
	})
	return folded, err
}

func (w sqliteWriter) fold(ctx context.Context, keep, n int) (int, error) {
	var kept string // the day of the oldest count that is kept; its month is not folded
	err := w.tx.QueryRowContext(ctx, `SELECT day FROM counts ORDER BY day DESC, post DESC, way DESC LIMIT 1 OFFSET ?`, keep-1).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	const some = `FROM counts WHERE day < substr(?, 1, 8) AND day NOT LIKE '%-01' ORDER BY day, post, way LIMIT ?`
	if _, err := w.tx.ExecContext(ctx, `INSERT INTO counts SELECT substr(day, 1, 8) || '01', post, way, reads, uniques `+some+addToCount, kept, n); err != nil {
		return 0, err
	}
	done, err := w.tx.ExecContext(ctx, `DELETE FROM counts WHERE (day, post, way) IN (SELECT day, post, way `+some+`)`, kept, n)
	if err != nil {
		return 0, err
	}
	folded, err := done.RowsAffected()
	return int(folded), err
}

// EndDays implements [Store]. The log is emptied also if there was nothing to erase: a process that was killed may have left it.
func (s *SQLite) EndDays(ctx context.Context, before string) error {
	return s.erase(ctx, before, `DELETE FROM sketches WHERE day < ?`, `DELETE FROM salts WHERE day < ?`)
}
