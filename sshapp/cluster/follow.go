package cluster

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"postern/content/publish"
	"postern/sshapp/postgres"
)

// channel is that on which machines tell each other that something has changed (NOTIFY in PostgreSQL's manual).
const channel = "postern"

// What is told may be lost, so every machine looks by itself as well.
const (
	lookEvery  = 30 * time.Second
	sweepEvery = 24 * time.Hour
)

// Run takes into the site what is published elsewhere, until ctx is done. While the database is gone it tries again, more and
// more seldom.
func (n *Node) Run(ctx context.Context, site *publish.Site) {
	wait := time.Second
	for failed := false; ctx.Err() == nil; failed = true {
		began := time.Now()
		err := n.follow(ctx, site, failed)
		if ctx.Err() != nil {
			return
		}
		n.complain(err)
		if time.Since(began) > n.look {
			wait = time.Second
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait/2 + rand.N(wait)): // so that not all machines come back at the same moment
		}
		wait = min(2*wait, n.look/2)
	}
}

// follow listens on one connection until that fails. again says that it isn't the first.
func (n *Node) follow(ctx context.Context, site *publish.Site, again bool) error {
	conn, err := n.listen(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	n.forgetCompared() // another database may answer
	var swept time.Time
	for {
		if err := n.takeAuthors(ctx); err != nil { // first: an author who was removed must not wait for the site
			return err
		}
		if err := n.catchUp(ctx, site); err != nil {
			return err
		}
		if again {
			again = false
			n.Log.Info("database: this machine follows the others again, and has all that was published")
		}
		if time.Since(swept) >= sweepEvery {
			swept = time.Now()
			if err := n.sweep(ctx); err != nil {
				n.complain(err) // what is too much harms nobody until it is tried again
			}
		}
		if err := n.wait(ctx, conn.Conn()); err != nil {
			return err
		}
	}
}

// listen returns a connection on which other machines are heard.
func (n *Node) listen(ctx context.Context) (*pgxpool.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	conn, err := n.db.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		conn.Release()
		return nil, err
	}
	return conn, nil
}

// wait returns when something has changed, or when it is time to look. The error says that the connection is gone.
func (n *Node) wait(ctx context.Context, conn *pgx.Conn) error {
	look, cancel := context.WithTimeout(ctx, n.look)
	defer cancel()
	_, err := conn.WaitForNotification(look)
	if !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
		return err
	}
	ping, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	return conn.Ping(ping)
}
