// Package postgres connects to PostgreSQL: within bounds of time, and with tables that are as this program expects them.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Wait is how long a query may take, and a connection to be made.
const Wait = 5 * time.Second

// Bounds of the connections of one process: maxConns is their number unless the URL has pool_max_conns, and fewestConns is the least
// that this may say. One listens all the time, and the others are used for milliseconds.
const (
	maxConns    = 4
	fewestConns = 2
)

// A DB is a database, to which connections are made when they are needed. It is safe for concurrent use.
type DB struct{ *pgxpool.Pool }

// Open returns the database that a URL names, or a string of libpq's with keywords and values. What it leaves out is taken from
// libpq's variables of the environment (PGHOST, PGPASSFILE). It connects to nothing; the error is one of the URL, without the
// password: what is wrong with a string of keywords isn't said, since pgx removes the password from URLs alone.
func Open(url string) (*DB, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil && !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		return nil, errors.New("the database's URL is not valid: it doesn't begin with postgres://, and it isn't made of valid keywords and values such as host=db port=5432 either; correct it, or libpq's variables of the environment")
	}
	if err != nil {
		return nil, fmt.Errorf("the database's URL is not valid: %w", err)
	}
	params := config.ConnConfig.RuntimeParams
	params["statement_timeout"] = strconv.FormatInt(Wait.Milliseconds(), 10)
	params["idle_in_transaction_session_timeout"] = strconv.FormatInt(2*Wait.Milliseconds(), 10)
	if params["application_name"] == "" {
		params["application_name"] = "postern"
	}
	if t := config.ConnConfig.ConnectTimeout; t == 0 || t > Wait {
		config.ConnConfig.ConnectTimeout = Wait
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = maxConns
	}
	config.MaxConns = max(config.MaxConns, fewestConns)
	config.MinConns = 0
	config.MaxConnIdleTime = time.Minute
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, err
	}
	return &DB{pool}, nil
}

// Exec runs a statement within [Wait].
func (db *DB) Exec(ctx context.Context, statement string, args ...any) error {
	ctx, cancel := context.WithTimeout(ctx, Wait)
	defer cancel()
	_, err := db.Pool.Exec(ctx, statement, args...)
	return err
}

// ErrUncertain is what a transaction ends with of which it isn't known whether it was committed.
var ErrUncertain = errors.New("the database went away while it committed")

// In calls do in a transaction, which is committed if do returns nil.
func (db *DB) In(ctx context.Context, do func(pgx.Tx) error) error {
	start, cancel := context.WithTimeout(ctx, Wait)
	tx, err := db.Begin(start)
	cancel()
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), Wait)
		defer cancel()
		_ = tx.Rollback(ctx) // which does nothing after a commit
	}()
	if err := do(tx); err != nil {
		return err
	}
	end, cancel := context.WithTimeout(ctx, Wait)
	defer cancel()
	err = tx.Commit(end)
	var refused *pgconn.PgError
	if err != nil && !errors.As(err, &refused) {
		err = fmt.Errorf("%w: %w", ErrUncertain, err)
	}
	return err
}

// migrationLock is the number of the advisory lock that processes take which start at once: "postern" in ASCII.
const migrationLock = 0x706f737465726e

// Migrate applies the migrations of a part of the tables that the database lacks. Each is applied once; a table counts those
// that were. A database of a newer program is refused and left as it is.
func (db *DB) Migrate(ctx context.Context, part string, migrations []string) error {
	return db.In(ctx, func(tx pgx.Tx) error {
		ctx, cancel := context.WithTimeout(ctx, Wait)
		defer cancel()
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(migrationLock)); err != nil {
			return err
		}
		var there bool
		if err := tx.QueryRow(ctx, `SELECT to_regclass('schema_version') IS NOT NULL`).Scan(&there); err != nil {
			return err
		}
		if !there {
			if _, err := tx.Exec(ctx, `CREATE TABLE schema_version (part text PRIMARY KEY, version int NOT NULL)`); err != nil {
				return err
			}
		}
		version := 0
		err := tx.QueryRow(ctx, `SELECT version FROM schema_version WHERE part = $1`, part).Scan(&version)
		switch {
		case err != nil && !errors.Is(err, pgx.ErrNoRows):
			return err
		case version > len(migrations):
			return fmt.Errorf("a newer Postern has written the database (schema %d of %s; this one knows %d); run that one", version, part, len(migrations))
		case version == len(migrations):
			return nil
		}
		for _, m := range migrations[version:] {
			if _, err := tx.Exec(ctx, m); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO schema_version VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET version = excluded.version`, part, len(migrations))
		return err
	})
}

// Codes of PostgreSQL's errors (its manual, appendix A).
const (
	uniqueViolation = "23505"
	diskFull        = "53100"
	readOnly        = "25006"
	queryCanceled   = "57014"
	shuttingDown    = "57P" // the class of them
)

// IsTaken reports whether an error says that a row with the same key is there already.
func IsTaken(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == uniqueViolation
}

// Explain returns what is wrong in words for people who can't see the database, such as authors. An error of something else than
// the database stays as it is.
func Explain(err error) string {
	var refused *pgconn.PgError
	var unconnected *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &refused) && refused.Code == queryCanceled, errors.As(err, &network) && network.Timeout():
		return "the database has not answered in time"
	case errors.As(err, &refused) && refused.Code == diskFull:
		return "the database's disk is full"
	case errors.As(err, &refused) && refused.Code == readOnly:
		return "the database can only be read now"
	case errors.As(err, &unconnected), errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		pgconn.SafeToRetry(err), errors.As(err, &refused) && strings.HasPrefix(refused.Code, shuttingDown):
		return "the database can't be reached"
	case errors.As(err, &refused):
		return "the database refuses: " + refused.Message
	}
	return err.Error()
}

// Explained returns an error that says what [Explain] does of err, and wraps it.
func Explained(err error) error { return &explained{err} }

type explained struct{ err error }

func (e *explained) Error() string { return Explain(e.err) }
func (e *explained) Unwrap() error { return e.err }
