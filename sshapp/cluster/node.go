// Package cluster keeps a published site the same on several machines, by way of a PostgreSQL database. The database decides which
// publication comes next, and has what a machine needs that was away. Readers never wait for it: a machine has the generations that
// it serves in its own data directory, and goes on with the last of them while the database is gone.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"postern/content/publish"
	"postern/keys"
	"postern/sshapp/postgres"
)

// A Machine is what a machine brings along to the others.
type Machine struct {
	Data         string         // the data directory
	Limits       publish.Limits // of the site in it
	HostKeys     []string       // fingerprints: of the host key, and of the next one if it is about to change
	ReadersCheck []byte         // is the same where the readers' secret is the same
	Log          *slog.Logger
}

// A Node is a machine that has joined the others. It implements [publish.Shared], and is safe for concurrent use.
type Node struct {
	Machine
	db   *postgres.DB
	look time.Duration // how often the database is looked at, whether or not something was told

	catching sync.Mutex // held while the site takes in what was published elsewhere
	compared int        // the generation that is known to be the same here and in the database, 0 for none; guarded by catching

	mu     sync.Mutex
	logged time.Time // when a failure was logged last
}

// A RefusedError says why a machine may not join the others.
type RefusedError struct{ Reason string }

func (e *RefusedError) Error() string { return e.Reason }

// databaseFile is in the data directory of a machine that has joined: the id of the blog in the database.
const databaseFile = "database_id"

// Joined reports whether a data directory is that of a machine which shares its site through a database.
func Joined(data string) bool {
	_, err := os.Stat(filepath.Join(data, databaseFile))
	return err == nil
}

// HasSite reports whether something was published in a data directory. It makes nothing.
func HasSite(data string) (bool, error) {
	site, err := publish.View(filepath.Join(data, publish.Dir))
	if err != nil {
		return false, err
	}
	n, err := site.Generation()
	return n > 0, err
}

// Join has a machine join the others: it makes the tables if there are none, compares what must be the same everywhere, and takes
// in what was published. While the database can't be used, a machine that has joined before goes on with what it has of the blog;
// one that has nothing fails. The error is a [RefusedError] if the machine differs from the others.
func Join(ctx context.Context, db *postgres.DB, m Machine) (*Node, error) {
	site, err := publish.Open(filepath.Join(m.Data, publish.Dir), m.Limits, nil)
	if err != nil {
		return nil, err
	}
	defer site.Close()
	m.Limits.Keep = site.Limits().Keep
	here, err := site.Generation()
	if err != nil {
		return nil, err
	}
	canServe := here > 0 && Joined(m.Data) // before introduce says that it has joined
	n := &Node{Machine: m, db: db, look: lookEvery}
	if err = db.Migrate(ctx, "site", migrations); err == nil {
		err = n.introduce(ctx, func(pgx.Tx) error { return n.refuseOwn(here) })
	}
	if err == nil {
		if err = n.takeAuthors(ctx); err == nil {
			err = n.catchUp(ctx, site)
		}
	}
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		return nil, err
	case err != nil && !canServe:
		return nil, fmt.Errorf("%s, and there is nothing of the blog on this machine yet: %w", postgres.Explain(err), err)
	case err != nil:
		n.complain(err)
	}
	return n, nil
}

// refuseOwn refuses a machine that hasn't joined and has generations of its own.
func (n *Node) refuseOwn(generations int) error {
	if generations == 0 {
		return nil
	}
	return &RefusedError{fmt.Sprintf("the data directory %s has a published site of its own; bring it into an empty database with postern migrate --to, or move %s away", n.Data, filepath.Join(n.Data, publish.Dir))}
}

// introduce compares what the machine brings along with what the database has, and writes there what isn't known yet. Of a machine
// that hasn't joined it calls first before, and notes in the data directory that it has joined.
func (n *Node) introduce(ctx context.Context, first func(pgx.Tx) error) error {
	noted, err := os.ReadFile(filepath.Join(n.Data, databaseFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	id, joined := "", strings.TrimSpace(string(noted))
	err = n.db.In(ctx, func(tx pgx.Tx) (err error) {
		if id, err = lockBlog(ctx, tx); err != nil {
			return err
		}
		switch joined {
		case id:
		case "":
			if err := first(tx); err != nil {
				return err
			}
		default:
			return &RefusedError{fmt.Sprintf("the data directory %s belongs to the blog %s, and the database has the blog %s; give one of them another", n.Data, joined, id)}
		}
		return n.compare(ctx, tx)
	})
	if err != nil || joined != "" {
		return err
	}
	return keys.CreateFile(n.Data, databaseFile, []byte(id+"\n"))
}

// lockBlog returns the id of the blog in the database, which only one machine at a time is compared with.
func lockBlog(ctx context.Context, tx pgx.Tx) (id string, err error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	err = tx.QueryRow(ctx, `SELECT id::text FROM blog FOR UPDATE`).Scan(&id)
	return id, err
}

// compare compares what must be the same on all machines.
func (n *Node) compare(ctx context.Context, tx pgx.Tx) error {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	var check, authors []byte
	if err := tx.QueryRow(ctx, `SELECT readers_check, authors FROM blog`).Scan(&check, &authors); err != nil {
		return err
	}
	if err := n.compareHostKeys(ctx, tx); err != nil {
		return err
	}
	if err := n.compareSecrets(ctx, tx, check); err != nil {
		return err
	}
	return n.offerAuthors(ctx, tx, authors)
}

// compareSecrets refuses a machine whose readers' secret is not that of the others.
func (n *Node) compareSecrets(ctx context.Context, tx pgx.Tx, check []byte) error {
	if check == nil {
		_, err := tx.Exec(ctx, `UPDATE blog SET readers_check = $1`, n.ReadersCheck)
		return err
	}
	if !slices.Equal(check, n.ReadersCheck) {
		return &RefusedError{"the secret that readers' numbers are made with is not that of the other machines; copy their file readers_secret into " + n.Data}
	}
	return nil
}

// logEvery is how often failures are logged at most.
const logEvery = time.Minute

// complain logs that the database can't be used, once a minute at most. A caller who gave up says nothing of it.
func (n *Node) complain(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if now := time.Now(); now.Sub(n.logged) >= logEvery {
		n.logged = now
		n.Log.Error("database: "+postgres.Explain(err)+"; readers read on, and it is tried again", "error", err)
	}
}
