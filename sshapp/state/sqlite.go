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

	room int // pages from which on no new readers are taken in
}

// maxBytes bounds the database on the disk, for readers with any key may write into it. From newBytes on it takes in no new ones.
const (
	maxBytes = 256 << 20
	newBytes = 160 << 20
)

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
	s := &SQLite{path: path, opened: info, room: newBytes / pageBytes}
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
	if err = do(sqliteWriter{tx, s.room}); err == nil {
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
type sqliteWriter struct {
	tx   *sql.Tx
	room int // see [SQLite]
}

// Replace implements [Store].
func (s *SQLite) Replace(ctx context.Context, write func(Writer) error) error {
	err := s.in(ctx, func(w sqliteWriter) error {
		if _, err := w.tx.ExecContext(ctx, eraseAll); err != nil {
			return err
		}
		w.room = maxBytes / pageBytes // whoever is brought from elsewhere is no new reader
		return write(w)
	})
	if err != nil {
		return err
	}
	return s.emptyLog(ctx)
}

// erase runs statements with an argument, and returns when no file holds any more what they have deleted. With secure_delete the
// database itself has zeros in its place, but older pages stay in the log until that is emptied.
func (s *SQLite) erase(ctx context.Context, argument any, statements ...string) error {
	err := s.in(ctx, func(w sqliteWriter) error {
		for _, statement := range statements {
			if _, err := w.tx.ExecContext(ctx, statement, argument); err != nil {
				return err
			}
		}
		return nil
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

// each calls f for each row of a query.
func (s *SQLite) each(ctx context.Context, f func(*sql.Rows) error, query string, args ...any) error {
	if err := each(ctx, s.read, f, query, args...); err != nil {
		return s.describe(err)
	}
	return nil
}

// A querier is a [sql.DB], or a [sql.Tx] for several queries that see the same.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func each(ctx context.Context, from querier, f func(*sql.Rows) error, query string, args ...any) error {
	rows, err := from.QueryContext(ctx, query, args...)
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

// Close implements [Store].
func (s *SQLite) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }
