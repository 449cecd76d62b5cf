package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// File is the name of the database in the data directory. SQLite keeps two more beside it while it is open, whose names go on
// with -wal and -shm.
const File = "state.db"

// SQLite is a [Store] in a file. What was saved survives the end of the process at any moment, and damages nothing; a power cut
// may cost the last seconds.
type SQLite struct {
	path   string
	opened fs.FileInfo
	write  *sql.DB // one connection, since SQLite has one writer
	read   *sql.DB // another, which doesn't wait for the writer
}

// maxBytes bounds the database on the disk, for readers with any key may write into it.
const maxBytes = 256 << 20

// pageBytes is the size of a page of the database: SQLite's default.
const pageBytes = 4096

// lockWait is how long a connection waits for a lock that another process has. A transaction takes some milliseconds.
const lockWait = time.Second

// OpenSQLite opens the database in a data directory; it is made if there is none. The error is [ErrCorrupt] if the file is no
// database or a damaged one.
func OpenSQLite(dir string) (*SQLite, error) {
	path, err := filepath.Abs(filepath.Join(dir, File))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // SQLite gives its other files the mode of this one
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	f.Close()
	if err != nil {
		return nil, err
	}
	s := &SQLite{path: path, opened: info}
	s.write = connect(path, "journal_mode(wal)", "synchronous(normal)", "secure_delete(on)", "foreign_keys(on)",
		fmt.Sprintf("max_page_count(%d)", maxBytes/pageBytes), "wal_autocheckpoint(256)")
	s.read = connect(path, "query_only(on)")
	if err := s.begin(context.Background()); err != nil {
		s.Close()
		return nil, s.describe(err)
	}
	return s, nil
}

// connect returns a pool of one connection to a database.
func connect(path string, pragmas ...string) *sql.DB {
	pragmas = append([]string{fmt.Sprintf("busy_timeout(%d)", lockWait.Milliseconds()), "cache_size(-256)", "trusted_schema(off)"}, pragmas...)
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // a drive's letter
		slashed = "/" + slashed
	}
	name := url.URL{Scheme: "file", Path: slashed, RawQuery: url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil { // the driver is not registered
		panic(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// begin looks for damage, and migrates.
func (s *SQLite) begin(ctx context.Context) error {
	var found string
	if err := s.write.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", ErrCorrupt, found)
	}
	return migrate(ctx, s.write)
}

// describe returns an error with the file that it is about. SQLite's errors of damage become [ErrCorrupt].
func (s *SQLite) describe(err error) error {
	var code *sqlite.Error
	if errors.As(err, &code) {
		switch code.Code() & 0xff {
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			err = fmt.Errorf("%w: %w", ErrCorrupt, err)
		}
	}
	return fmt.Errorf("%s: %w", s.path, err)
}

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
	err = tx.QueryRowContext(ctx, `SELECT number, seen, here, before, theme, width, pictures FROM readers WHERE id = ?`, id[:]).
		Scan(&number, (*seconds)(&r.Seen), (*seconds)(&r.Here), (*seconds)(&r.Before), &r.Settings.Theme, &r.Settings.Width, &r.Settings.Pictures)
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

// each calls f for each row of a query.
func each(ctx context.Context, tx *sql.Tx, f func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Save implements [Store].
func (s *SQLite) Save(ctx context.Context, id ID, c Change) error {
	return s.in(ctx, func(w sqliteWriter) error { return w.Save(ctx, id, c) })
}

// in calls do in a transaction, which is committed if do returns nil.
func (s *SQLite) in(ctx context.Context, do func(sqliteWriter) error) error {
	if err := s.present(); err != nil {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.describe(err)
	}
	defer tx.Rollback()
	if err = do(sqliteWriter{tx}); err == nil {
		err = tx.Commit()
	}
	if own := (*sqlite.Error)(nil); errors.As(err, &own) { // others are not about this file
		err = s.describe(err)
	}
	return err
}

// present returns an error if the file has been removed or replaced since it was opened: what is written then is lost.
func (s *SQLite) present() error {
	info, err := os.Stat(s.path)
	if err == nil && !os.SameFile(info, s.opened) {
		err = fmt.Errorf("%s: the file was replaced", s.path)
	}
	return err
}

// sqliteWriter is the [Writer] of a transaction.
type sqliteWriter struct{ tx *sql.Tx }

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
		if _, err := w.tx.ExecContext(ctx, `INSERT INTO readers (id, seen, here, before) VALUES (?, 0, 0, 0) ON CONFLICT DO NOTHING`, id[:]); err != nil {
			return 0, err
		}
	}
	err = w.tx.QueryRowContext(ctx, `UPDATE readers SET seen = max(seen, ?), here = max(here, ?), before = max(before, ?) WHERE id = ? RETURNING number`,
		unix(c.Seen), unix(c.Here), unix(c.Before), id[:]).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrUnknown
	}
	if err == nil && c.Settings != nil {
		_, err = w.tx.ExecContext(ctx, `UPDATE readers SET theme = ?, width = ?, pictures = ? WHERE number = ?`, c.Settings.Theme, c.Settings.Width, c.Settings.Pictures, number)
	}
	return number, err
}

// Forget implements [Store]. With secure_delete the database itself has zeros in place of what is erased, but older pages stay in
// the log until that is emptied.
func (s *SQLite) Forget(ctx context.Context, id ID) error {
	if err := s.present(); err != nil {
		return err
	}
	if _, err := s.write.ExecContext(ctx, `DELETE FROM readers WHERE id = ?`, id[:]); err != nil {
		return s.describe(err)
	}
	return s.emptyLog(ctx)
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
func (s *SQLite) IDs(ctx context.Context, behind ID, n int) ([]ID, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, s.describe(err)
	}
	defer tx.Rollback()
	var all []ID
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var id []byte
		if err := rows.Scan(&id); err != nil || len(id) != len(ID{}) {
			return errors.Join(err, ErrCorrupt)
		}
		all = append(all, ID(id))
		return nil
	}, `SELECT id FROM readers WHERE id > ? ORDER BY id LIMIT ?`, behind[:], n)
	if err != nil {
		return nil, s.describe(err)
	}
	return all, nil
}

// Replace implements [Store].
func (s *SQLite) Replace(ctx context.Context, write func(Writer) error) error {
	err := s.in(ctx, func(w sqliteWriter) error {
		if _, err := w.tx.ExecContext(ctx, eraseAll); err != nil {
			return err
		}
		return write(w)
	})
	if err != nil {
		return err
	}
	return s.emptyLog(ctx)
}

// emptyLog writes the log into the database and cuts it off. It waits for processes that read older pages.
func (s *SQLite) emptyLog(ctx context.Context) error {
	for {
		var busy, pages, written int
		err := s.write.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &written)
		if err != nil {
			return s.describe(err)
		}
		if busy == 0 {
			return nil
		}
	}
}

// Close implements [Store].
func (s *SQLite) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

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
