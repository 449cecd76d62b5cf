package cluster

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"postern/keys"
	"postern/sshapp/postgres"
)

// The authors' file of every machine is a copy of that in the database.

// EditAuthors replaces the authors' file of all machines by what edit makes of it: whole, or not at all.
func EditAuthors(ctx context.Context, db *postgres.DB, edit func([]byte) ([]byte, error)) error {
	if err := db.Migrate(ctx, "site", migrations); err != nil {
		return err
	}
	return db.In(ctx, func(tx pgx.Tx) error {
		ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
		defer cancel()
		var data []byte
		if err := tx.QueryRow(ctx, `SELECT authors FROM blog FOR UPDATE`).Scan(&data); err != nil {
			return err
		}
		edited, err := edit(data)
		if err != nil || bytes.Equal(data, edited) {
			return err
		}
		if _, err = tx.Exec(ctx, `UPDATE blog SET authors = $1`, edited); err == nil {
			_, err = tx.Exec(ctx, `SELECT pg_notify($1, '')`, channel)
		}
		return err
	})
}

// offerAuthors puts the machine's own authors into a database that has none yet.
func (n *Node) offerAuthors(ctx context.Context, tx pgx.Tx, known []byte) error {
	if known != nil {
		return nil
	}
	own, err := os.ReadFile(n.authorsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		_, err = tx.Exec(ctx, `UPDATE blog SET authors = $1`, own)
	}
	return err
}

// takeAuthors makes the machine's authors those of the database.
func (n *Node) takeAuthors(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	var data []byte
	if err := n.db.QueryRow(ctx, `SELECT authors FROM blog`).Scan(&data); err != nil || data == nil {
		return err
	}
	own, err := os.ReadFile(n.authorsFile())
	if err == nil && bytes.Equal(own, data) {
		return nil
	}
	return keys.ReplaceAuthors(n.Data, data)
}

func (n *Node) authorsFile() string { return filepath.Join(n.Data, keys.AuthorsFile) }
