package state

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"

	"postern/sshapp/postgres"
)

// Postgres is a [Store] in a database that several machines share. What is erased is gone from its tables at once, and from its
// files when PostgreSQL vacuums them and its log and backups have expired.
type Postgres struct {
	db   *postgres.DB
	room int // readers from which on no new ones are taken in
}

// maxReaders bounds the readers, for any key may become one. They are counted, since the tables on the disk don't shrink when
// readers are erased.
const maxReaders = 500_000

// sharedMigrations are those of PostgreSQL; what [migrations] says of changing them holds here too. Texts are ordered by their bytes.
var sharedMigrations = []string{
	`CREATE TABLE readers (
		number bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
		id bytea NOT NULL UNIQUE,
		seen bigint NOT NULL, -- times are Unix seconds, 0 for never
		here bigint NOT NULL,
		before bigint NOT NULL,
		theme text NOT NULL DEFAULT '',
		width int NOT NULL DEFAULT 0
	);
	CREATE INDEX readers_seen ON readers (seen);
	CREATE TABLE posts (
		reader bigint NOT NULL REFERENCES readers ON DELETE CASCADE,
		address text NOT NULL,
		mark text NOT NULL,
		percent int NOT NULL,
		at bigint NOT NULL,
		PRIMARY KEY (reader, address)
	);
	CREATE TABLE bookmarks (
		reader bigint NOT NULL REFERENCES readers ON DELETE CASCADE,
		address text NOT NULL,
		mark text NOT NULL,
		text text COLLATE "C" NOT NULL,
		at bigint NOT NULL,
		PRIMARY KEY (reader, address, mark)
	);
	CREATE TABLE salts (
		day text COLLATE "C" PRIMARY KEY,
		salt bytea NOT NULL
	);
	CREATE TABLE sketches (
		day text COLLATE "C" NOT NULL,
		post text COLLATE "C" NOT NULL,
		way text COLLATE "C" NOT NULL,
		sketch bytea NOT NULL,
		PRIMARY KEY (day, post, way)
	);
	CREATE TABLE counts (
		day text COLLATE "C" NOT NULL,
		post text COLLATE "C" NOT NULL,
		way text COLLATE "C" NOT NULL,
		reads bigint NOT NULL,
		uniques bigint NOT NULL,
		PRIMARY KEY (day, post, way)
	);`,
	`ALTER TABLE readers ADD COLUMN pictures int NOT NULL DEFAULT 0`,   // a PictureSetting
	`ALTER TABLE readers ADD COLUMN text_order int NOT NULL DEFAULT 0`, // an OrderSetting
}

// OpenPostgres makes the tables in a database, if there are none. Closing the store leaves the database open.
func OpenPostgres(db *postgres.DB) (*Postgres, error) {
	return &Postgres{db, maxReaders}, db.Migrate(context.Background(), "readers", sharedMigrations)
}

// NewSharedDatabase returns a database that several machines share. Nothing is done before it is used.
func NewSharedDatabase(db *postgres.DB, log *slog.Logger) *Database {
	return &Database{log: log, begin: func() (Store, error) { return OpenPostgres(db) }}
}

// Load implements [Store].
func (s *Postgres) Load(ctx context.Context, id ID) (Record, error) {
	r := Record{Posts: map[string]Post{}}
	tx, err := s.db.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return r, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	var number, seen, here, before int64
	err = tx.QueryRow(ctx, `SELECT number, seen, here, before, theme, width, pictures, text_order FROM readers WHERE id = $1`, id[:]).
		Scan(&number, &seen, &here, &before, &r.Settings.Theme, &r.Settings.Width, &r.Settings.Pictures, &r.Settings.Order)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, ErrUnknown
	}
	if err != nil {
		return r, err
	}
	r.Seen, r.Here, r.Before = moment(seen), moment(here), moment(before)
	if err := s.loadPosts(ctx, tx, number, &r); err != nil {
		return r, err
	}
	return r, s.loadBookmarks(ctx, tx, number, &r)
}

func (s *Postgres) loadPosts(ctx context.Context, tx pgx.Tx, number int64, r *Record) error {
	rows, _ := tx.Query(ctx, `SELECT address, mark, percent, at FROM posts WHERE reader = $1`, number)
	var address string
	var p Post
	var at int64
	_, err := pgx.ForEachRow(rows, []any{&address, &p.Mark, &p.Percent, &at}, func() error {
		p.At = moment(at)
		r.Posts[address] = p
		return nil
	})
	return err
}

func (s *Postgres) loadBookmarks(ctx context.Context, tx pgx.Tx, number int64, r *Record) error {
	rows, _ := tx.Query(ctx, `SELECT address, mark, text, at FROM bookmarks WHERE reader = $1 ORDER BY at, address COLLATE "C", mark COLLATE "C"`, number)
	var b Bookmark
	var at int64
	_, err := pgx.ForEachRow(rows, []any{&b.Post, &b.Mark, &b.Text, &at}, func() error {
		b.At = moment(at)
		r.Bookmarks = append(r.Bookmarks, b)
		return nil
	})
	return err
}

// moment returns the time that Unix seconds are, 0 for the zero time.
func moment(at int64) time.Time {
	if at == 0 {
		return time.Time{}
	}
	return time.Unix(at, 0).UTC()
}

// Save implements [Store].
func (s *Postgres) Save(ctx context.Context, id ID, c Change) error {
	return s.db.In(ctx, func(tx pgx.Tx) error { return postgresWriter{tx, s.room}.Save(ctx, id, c) })
}

// postgresWriter is the [Writer] of a transaction.
type postgresWriter struct {
	tx   pgx.Tx
	room int // see [Postgres]; 0 for no bound
}

// Save implements [Writer].
func (w postgresWriter) Save(ctx context.Context, id ID, c Change) error {
	number, err := w.saveReader(ctx, id, c)
	if err != nil {
		return err
	}
	var all pgx.Batch
	for address, p := range c.Posts {
		all.Queue(`INSERT INTO posts AS old (reader, address, mark, percent, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (reader, address) DO UPDATE SET
				mark = CASE WHEN excluded.at >= old.at THEN excluded.mark ELSE old.mark END,
				percent = greatest(old.percent, excluded.percent),
				at = greatest(old.at, excluded.at)`,
			number, address, p.Mark, p.Percent, unix(p.At))
	}
	for _, address := range c.Dropped {
		all.Queue(`DELETE FROM posts WHERE reader = $1 AND address = $2`, number, address)
	}
	for _, b := range c.Bookmarks {
		all.Queue(`INSERT INTO bookmarks (reader, address, mark, text, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			number, b.Post, b.Mark, b.Text, unix(b.At))
	}
	for _, b := range c.Removed {
		all.Queue(`DELETE FROM bookmarks WHERE reader = $1 AND address = $2 AND mark = $3`, number, b.Post, b.Mark)
	}
	return w.tx.SendBatch(ctx, &all).Close()
}

// saveReader saves what a change says of the reader alone, and returns the reader's number. The row is locked from then on, so
// that the other tables are changed by one machine at a time.
func (w postgresWriter) saveReader(ctx context.Context, id ID, c Change) (number int64, err error) {
	if c.Agreed {
		if err := w.checkRoom(ctx, id); err != nil {
			return 0, err
		}
		_, err := w.tx.Exec(ctx, `INSERT INTO readers (id, seen, here, before) VALUES ($1, 0, 0, 0) ON CONFLICT DO NOTHING`, id[:])
		if err != nil {
			return 0, err
		}
	}
	err = w.tx.QueryRow(ctx, `UPDATE readers SET seen = greatest(seen, $1), here = greatest(here, $2), before = greatest(before, $3) WHERE id = $4 RETURNING number`,
		unix(c.Seen), unix(c.Here), unix(c.Before), id[:]).Scan(&number)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, ErrUnknown
	}
	if err == nil && c.Settings != nil {
		_, err = w.tx.Exec(ctx, `UPDATE readers SET theme = $1, width = $2, pictures = $3, text_order = $4 WHERE number = $5`,
			c.Settings.Theme, c.Settings.Width, c.Settings.Pictures, c.Settings.Order, number)
	}
	return number, err
}

// checkRoom returns [ErrFull] if a reader is new and there is no room for new ones. It is asked before the row is inserted: one that
// is rolled back stays on the disk until PostgreSQL vacuums the table. Machines that ask at once may go a few readers beyond.
func (w postgresWriter) checkRoom(ctx context.Context, id ID) error {
	if w.room == 0 {
		return nil
	}
	var full bool
	err := w.tx.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM readers WHERE id = $1) AND
		(SELECT count(*) FROM (SELECT FROM readers LIMIT $2) AS counted) = $2`, id[:], w.room).Scan(&full)
	if err == nil && full {
		err = ErrFull
	}
	return err
}

// Forget implements [Store].
func (s *Postgres) Forget(ctx context.Context, id ID) error {
	_, err := s.db.Pool.Exec(ctx, `DELETE FROM readers WHERE id = $1`, id[:])
	return err
}

// Expire implements [Store].
func (s *Postgres) Expire(ctx context.Context, before time.Time) (int, error) {
	done, err := s.db.Pool.Exec(ctx, `DELETE FROM readers WHERE seen < $1`, before.Unix())
	return int(done.RowsAffected()), err
}

// IDs implements [Store].
func (s *Postgres) IDs(ctx context.Context, behind ID, n int) ([]ID, error) {
	rows, _ := s.db.Query(ctx, `SELECT id FROM readers WHERE id > $1 ORDER BY id LIMIT $2`, behind[:], n)
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (id ID, err error) {
		var b []byte
		if err := row.Scan(&b); err != nil || len(b) != len(id) {
			return id, errors.Join(err, ErrCorrupt)
		}
		return ID(b), nil
	})
}

// Replace implements [Store].
func (s *Postgres) Replace(ctx context.Context, write func(Writer) error) error {
	return s.db.In(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, eraseAll); err != nil {
			return err
		}
		return write(postgresWriter{tx: tx})
	})
}

// Close implements [Store].
func (s *Postgres) Close() error { return nil }
