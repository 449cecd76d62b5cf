package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestExplain(t *testing.T) {
	for want, err := range map[string]error{
		"the database can't be reached":           fmt.Errorf("query: %w", io.ErrUnexpectedEOF),
		"the database has not answered in time":   fmt.Errorf("query: %w", context.DeadlineExceeded),
		"the database's disk is full":             &pgconn.PgError{Code: "53100", Message: "could not extend file"},
		"the database can only be read now":       &pgconn.PgError{Code: "25006"},
		"the database refuses: permission denied": &pgconn.PgError{Code: "42501", Message: "permission denied"},
		"no space left on this machine":           errors.New("no space left on this machine"),
	} {
		if got := Explain(err); got != want {
			t.Errorf("%v is explained as %q, and not as %q", err, got, want)
		}
	}
	if got := Explain(&pgconn.PgError{Code: "57P01", Message: "terminating connection"}); got != "the database can't be reached" {
		t.Errorf("a shutdown is explained as %q", got)
	}
}

// TestOpen: a password doesn't get into an error, and what is not said is bounded.
func TestOpen(t *testing.T) {
	for _, url := range []string{
		"postgres://postern:secret@/blog?port=x", "host=db password = secret port=x", "host=db password = 'a secret", "postgress://postern:secret@db/blog",
	} {
		_, err := Open(url)
		if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "the database's URL is not valid") {
			t.Errorf("%s: %v", url, err)
		}
	}
	for url, want := range map[string]int32{
		"postgres://postern@/blog": maxConns, "postgres://postern@/blog?pool_max_conns=9": 9, "user=postern dbname=blog pool_max_conns=1": fewestConns,
	} {
		db, err := Open(url)
		if err != nil {
			t.Fatal(err)
		}
		if c := db.Config(); c.MaxConns != want || c.ConnConfig.ConnectTimeout != Wait || c.ConnConfig.RuntimeParams["statement_timeout"] != "5000" {
			t.Errorf("%s: %d connections, made within %v", url, c.MaxConns, c.ConnConfig.ConnectTimeout)
		}
		db.Close()
	}
}
