package state_test

import (
	"testing"

	"postern/sshapp/internal/pgtest"
	"postern/sshapp/postgres"
	"postern/sshapp/state"
	"postern/sshapp/state/storetest"
)

func TestPostgres(t *testing.T) {
	server := pgtest.Start(t)
	storetest.Test(t, func(t *testing.T) func() state.Store {
		url := server.Database()
		return func() state.Store {
			db, err := postgres.Open(url)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(db.Close)
			s, err := state.OpenPostgres(db)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
	})
}
