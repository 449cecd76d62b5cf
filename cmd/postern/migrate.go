package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"

	"github.com/spf13/cobra"

	"postern/content/publish"
	"postern/sshapp"
	"postern/sshapp/cluster"
	"postern/sshapp/postgres"
	"postern/sshapp/state"
)

func newMigrate() *cobra.Command {
	var to, from string
	f := defaultServe()
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Move the data to PostgreSQL, or back",
		Long: "Migrate --to brings the published site with its history, the authors, what readers had kept and what was counted " +
			"from the data directory into an empty database. Stop the server before, and start it with --database after it. The " +
			"host key and the secret readers_secret stay in the data directory: copy both to the other machines.\n" +
			"Migrate --from brings it all from the database into a data directory that has nothing but those two files.\n" +
			"What is saved and not published, and the history in Git, stay where they are. When it fails halfway, run it again.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (to == "") == (from == "") {
				return usagef("name the database: type postern migrate --to URL, or postern migrate --from URL")
			}
			db, err := postgres.Open(to + from)
			if err != nil {
				return err
			}
			defer db.Close()
			if to != "" && !hasSite(f.data) { // before a mistyped directory is made
				return fmt.Errorf("nothing was published in the data directory %s: name the server's with --data, or start with --database at once", f.data)
			}
			c := sshapp.Config{Log: slog.New(slog.DiscardHandler)}
			if err := f.hostKey.read(&c, f.data); err != nil {
				return err
			}
			m, err := f.machine(c)
			if err != nil {
				return err
			}
			move := bring
			if from != "" {
				move = fetch
			}
			done, err := move(cmd.Context(), db, m)
			if err == nil {
				fmt.Fprintln(cmd.OutOrStdout(), done)
			}
			return err
		},
	}
	addData(cmd.Flags(), &f.data)
	f.hostKey.add(cmd.Flags())
	addSite(cmd.Flags(), &f.site)
	cmd.Flags().StringVar(&to, "to", "", "database to move the data directory's contents into")
	cmd.Flags().StringVar(&from, "from", "", "database to move into the data directory")
	return cmd
}

// hasSite reports whether something was published in a data directory.
func hasSite(data string) bool {
	site, err := publish.View(filepath.Join(data, "site"))
	if err != nil {
		return true // who opens it says what is wrong
	}
	n, err := site.Generation()
	return n > 0 || err != nil
}

// bring moves a data directory's contents into a database.
func bring(ctx context.Context, db *postgres.DB, m cluster.Machine) (done string, err error) {
	readers := "readers"
	generations, err := cluster.Bring(ctx, db, m, func() error {
		n, err := withStores(db, m.Data, func(theirs, own state.Store) (int, error) { return state.Copy(ctx, theirs, own) })
		if err != nil {
			return fmt.Errorf("what is kept of readers can't be brought: %w; %s is as it was, and nothing of it in the database: do it again", err, m.Data)
		}
		readers = fmt.Sprintf("%d readers", n)
		return nil
	})
	return fmt.Sprintf("%d generations and what is kept of %s are in the database; start the server with --database", generations, readers), err
}

// fetch moves a database's contents into a data directory.
func fetch(ctx context.Context, db *postgres.DB, m cluster.Machine) (done string, err error) {
	readers := "readers"
	generations, err := cluster.Fetch(ctx, db, m, func() error {
		n, err := withStores(db, m.Data, func(theirs, own state.Store) (int, error) { return state.Copy(ctx, own, theirs) })
		if err != nil {
			return fmt.Errorf("%s has the site, and nothing of what is kept of readers: %w; the database is as it was: do it again", m.Data, err)
		}
		readers = fmt.Sprintf("%d readers", n)
		return nil
	})
	return fmt.Sprintf("%d generations and what is kept of %s are in %s; start the server without --database", generations, readers, m.Data), err
}

// withStores calls do with what keeps readers in a database, and in a data directory.
func withStores(db *postgres.DB, data string, do func(theirs, own state.Store) (readers int, err error)) (readers int, err error) {
	theirs, err := state.OpenPostgres(db)
	if err != nil {
		return 0, err
	}
	own, err := state.OpenSQLite(data)
	if err != nil {
		return 0, err
	}
	defer own.Close()
	return do(theirs, own)
}
