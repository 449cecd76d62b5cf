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
			if to != "" {
				if err := refuseUnpublished(f.data); err != nil { // before a mistyped directory is made
					return err
				}
			}
			c := sshapp.Config{Log: slog.New(slog.DiscardHandler)}
			if err := f.hostKey.read(&c, f.data); err != nil {
				return err
			}
			m, err := f.machine(c)
			if err != nil {
				return err
			}
			release, err := publish.Claim(filepath.Join(f.data, publish.Dir))
			if err != nil {
				return err
			}
			defer release()
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

// refuseUnpublished returns an error if nothing was published in a data directory.
func refuseUnpublished(data string) error {
	published, err := cluster.HasSite(data)
	if err == nil && !published {
		err = fmt.Errorf("nothing was published in the data directory %s: name the server's with --data, or start with --database at once", data)
	}
	return err
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
	if !cluster.Joined(m.Data) { // who runs it again has joined, and may have half of what is fetched
		if err := refuseKept(ctx, m.Data); err != nil {
			return "", err
		}
	}
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

// refuseKept returns an error if a data directory keeps or counts readers of its own: those that are fetched would take their place.
func refuseKept(ctx context.Context, data string) error {
	own, err := state.OpenSQLite(data)
	if err != nil {
		return err
	}
	defer own.Close()
	ids, err := own.IDs(ctx, state.ID{}, 1)
	if err != nil {
		return err
	}
	counts, err := own.Counts(ctx, state.Key{}, 1)
	if err == nil && len(ids)+len(counts) > 0 {
		err = fmt.Errorf("the data directory %s keeps or counts readers of its own, who would be erased: name another with --data, or move its file %s away", data, state.File)
	}
	return err
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
