package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Load implements [Store].
func (s *SQLite) Load(ctx context.Context, id ID) (Record, error) {
	r, err := s.load(ctx, id)
	if err != nil && !errors.Is(err, ErrUnknown) {
		err = s.describe(err)
	}
	return r, err
}

func (s *SQLite) load(ctx context.Context, id ID) (Record, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return Record{}, err
	}
	defer tx.Rollback()
	r := Record{Posts: map[string]Post{}}
	var number int64
	err = tx.QueryRowContext(ctx, `SELECT number, seen, here, before, theme, width, pictures, text_order FROM readers WHERE id = ?`, id[:]).
		Scan(&number, (*seconds)(&r.Seen), (*seconds)(&r.Here), (*seconds)(&r.Before), &r.Settings.Theme, &r.Settings.Width, &r.Settings.Pictures, &r.Settings.Order)
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrUnknown
	}
	if err != nil {
		return r, err
	}
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var address string
		var p Post
		err := rows.Scan(&address, &p.Mark, &p.Percent, (*seconds)(&p.At))
		r.Posts[address] = p
		return err
	}, `SELECT address, mark, percent, at FROM posts WHERE reader = ?`, number)
	if err != nil {
		return r, err
	}
	return r, each(ctx, tx, func(rows *sql.Rows) error {
		var b Bookmark
		err := rows.Scan(&b.Post, &b.Mark, &b.Text, (*seconds)(&b.At))
		r.Bookmarks = append(r.Bookmarks, b)
		return err
	}, `SELECT address, mark, text, at FROM bookmarks WHERE reader = ? ORDER BY at, address, mark`, number)
}

// Save implements [Store].
func (s *SQLite) Save(ctx context.Context, id ID, c Change) error {
	return s.in(ctx, func(w sqliteWriter) error { return w.Save(ctx, id, c) })
}

// Save implements [Writer].
func (w sqliteWriter) Save(ctx context.Context, id ID, c Change) error {
	number, err := w.saveReader(ctx, id, c)
	if err != nil {
		return err
	}
	for address, p := range c.Posts {
		_, err := w.tx.ExecContext(ctx, `INSERT INTO posts (reader, address, mark, percent, at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET
				mark = CASE WHEN excluded.at >= at THEN excluded.mark ELSE mark END,
				percent = max(percent, excluded.percent),
				at = max(at, excluded.at)`,
			number, address, p.Mark, p.Percent, unix(p.At))
		if err != nil {
			return err
		}
	}
	for _, address := range c.Dropped {
		if _, err := w.tx.ExecContext(ctx, `DELETE FROM posts WHERE reader = ? AND address = ?`, number, address); err != nil {
			return err
		}
	}
	for _, b := range c.Bookmarks {
		_, err := w.tx.ExecContext(ctx, `INSERT INTO bookmarks (reader, address, mark, text, at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, number, b.Post, b.Mark, b.Text, unix(b.At))
		if err != nil {
			return err
		}
	}
	for _, b := range c.Removed {
		if _, err := w.tx.ExecContext(ctx, `DELETE FROM bookmarks WHERE reader = ? AND address = ? AND mark = ?`, number, b.Post, b.Mark); err != nil {
			return err
		}
	}
	return nil
}

// saveReader saves what a change says of the reader alone, and returns the reader's number.
func (w sqliteWriter) saveReader(ctx context.Context, id ID, c Change) (number int64, err error) {
	if c.Agreed {
		done, err := w.tx.ExecContext(ctx, `INSERT INTO readers (id, seen, here, before) VALUES (?, 0, 0, 0) ON CONFLICT DO NOTHING`, id[:])
		if err != nil {
			return 0, err
		}
		if n, _ := done.RowsAffected(); n > 0 { // a new reader
			if err := w.checkRoom(ctx); err != nil {
				return 0, err
			}
		}
	}
	err = w.tx.QueryRowContext(ctx, `UPDATE readers SET seen = max(seen, ?), here = max(here, ?), before = max(before, ?) WHERE id = ? RETURNING number`,
		unix(c.Seen), unix(c.Here), unix(c.Before), id[:]).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrUnknown
	}
	if err == nil && c.Settings != nil {
		_, err = w.tx.ExecContext(ctx, `UPDATE readers SET theme = ?, width = ?, pictures = ?, text_order = ? WHERE number = ?`,
			c.Settings.Theme, c.Settings.Width, c.Settings.Pictures, c.Settings.Order, number)
	}
	return number, err
}

// checkRoom returns [ErrFull] if there is no room for new readers.
func (w sqliteWriter) checkRoom(ctx context.Context) error {
	var pages int
	err := w.tx.QueryRowContext(ctx, `SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count`).Scan(&pages)
	if err == nil && pages > w.room {
		err = ErrFull
	}
	return err
}

// Forget implements [Store].
func (s *SQLite) Forget(ctx context.Context, id ID) error {
	return s.erase(ctx, id[:], `DELETE FROM readers WHERE id = ?`)
}

// Expire implements [Store].
func (s *SQLite) Expire(ctx context.Context, before time.Time) (int, error) {
	done, err := s.write.ExecContext(ctx, `DELETE FROM readers WHERE seen < ?`, before.Unix())
	if err != nil {
		return 0, s.describe(err)
	}
	n, _ := done.RowsAffected() // which this driver knows
	if n == 0 {
		return 0, nil
	}
	return int(n), s.emptyLog(ctx)
}

// IDs implements [Store].
func (s *SQLite) IDs(ctx context.Context, behind ID, n int) (all []ID, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id []byte
		if err := rows.Scan(&id); err != nil || len(id) != len(ID{}) {
			return errors.Join(err, ErrCorrupt)
		}
		all = append(all, ID(id))
		return nil
	}, `SELECT id FROM readers WHERE id > ? ORDER BY id LIMIT ?`, behind[:], n)
	return all, err
}

// seconds scans a time that is kept as Unix seconds, 0 for the zero time.
type seconds time.Time

// Scan implements [sql.Scanner].
func (t *seconds) Scan(value any) error {
	n, ok := value.(int64)
	if !ok {
		return fmt.Errorf("%v is not a time", value)
	}
	*t = seconds{}
	if n != 0 {
		*t = seconds(time.Unix(n, 0).UTC())
	}
	return nil
}

// unix returns a time as it is kept.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
