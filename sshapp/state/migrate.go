package state

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations make a database what this program expects. Each is applied once, in a transaction; user_version counts those
// that were. Never change one that was released: add another. A process that serves its last readers after an upgrade still
// uses the older tables, so a migration only adds to them.
var migrations = []string{
	`CREATE TABLE readers (
		number INTEGER PRIMARY KEY,
		id BLOB NOT NULL UNIQUE,
		seen INTEGER NOT NULL, -- times are Unix seconds, 0 for never
		here INTEGER NOT NULL,
		before INTEGER NOT NULL,
		theme TEXT NOT NULL DEFAULT '',
		width INTEGER NOT NULL DEFAULT 0
	) STRICT;
	CREATE TABLE posts (
		reader INTEGER NOT NULL REFERENCES readers ON DELETE CASCADE,
		address TEXT NOT NULL,
		mark TEXT NOT NULL,
		percent INTEGER NOT NULL,
		at INTEGER NOT NULL,
		PRIMARY KEY (reader, address)
	) WITHOUT ROWID, STRICT;
	CREATE TABLE bookmarks (
		reader INTEGER NOT NULL REFERENCES readers ON DELETE CASCADE,
		address TEXT NOT NULL,
		mark TEXT NOT NULL,
		text TEXT NOT NULL,
		at INTEGER NOT NULL,
		PRIMARY KEY (reader, address, mark)
	) WITHOUT ROWID, STRICT;`,
	`CREATE TABLE counts (
		day TEXT NOT NULL,
		post TEXT NOT NULL,
		way TEXT NOT NULL,
		reads INTEGER NOT NULL,
		uniques INTEGER NOT NULL,
		PRIMARY KEY (day, post, way)
	) WITHOUT ROWID, STRICT;
	CREATE TABLE sketches (
		day TEXT NOT NULL,
		post TEXT NOT NULL,
		way TEXT NOT NULL,
		sketch BLOB NOT NULL,
		PRIMARY KEY (day, post, way)
	) STRICT;
	CREATE TABLE salts (
		day TEXT PRIMARY KEY,
		salt BLOB NOT NULL
	) STRICT;`,
	`ALTER TABLE readers ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0`,   // a PictureSetting
	`ALTER TABLE readers ADD COLUMN text_order INTEGER NOT NULL DEFAULT 0`, // an OrderSetting
	`CREATE INDEX counts_by_post ON counts (post, way, day, reads)`,        // without it, sums of a million counts take 2 s
}

// migrate applies the migrations that a database lacks. A database of a newer program is refused and left as it is.
func migrate(ctx context.Context, db *sql.DB) error {
	for {
		done, err := migrateOnce(ctx, db)
		if done || err != nil {
			return err
		}
	}
}

// migrateOnce applies the next migration. It reports whether there was none.
func migrateOnce(ctx context.Context, db *sql.DB) (done bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return false, err
	}
	switch {
	case version > len(migrations):
		return false, fmt.Errorf("a newer Postern has written it (schema %d; this one knows %d); run that one, or move the file away", version, len(migrations))
	case version == len(migrations):
		return true, nil
	}
	if _, err := tx.ExecContext(ctx, migrations[version]); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, version+1)); err != nil {
		return false, err
	}
	return false, tx.Commit()
}
