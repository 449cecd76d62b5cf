package state_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/jackc/pgx/v5"

	"postern/sshapp/postgres/pgtest"
	"postern/sshapp/state"
)

// fixture returns the statements that made a database of an older program.
func fixture(t *testing.T, name string) string {
	t.Helper()
	statements, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(statements)
}

// wantOlder fails if a store has not what the fixtures have, or can't keep what is new.
func wantOlder(t *testing.T, s state.Store, counted bool) {
	t.Helper()
	ctx := t.Context()
	want := state.Record{
		Seen: noon, Here: noon, Before: noon.AddDate(0, 0, -1), Settings: state.Settings{Theme: "dark", Width: 56},
		Posts:     map[string]state.Post{"bread": {Mark: "a.1", Percent: 40, At: noon}},
		Bookmarks: []state.Bookmark{{Post: "bread", Mark: "b.2", Text: "Flour “and” water", At: noon}},
	}
	if got, err := s.Load(ctx, state.ID{10}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\ngot  %v\nwant %v", err, got, want)
	}
	if ids, err := s.IDs(ctx, state.ID{}, 9); err != nil || !reflect.DeepEqual(ids, []state.ID{{10}, {11}}) {
		t.Errorf("readers: %v, %v", ids, err)
	}
	settings := state.Settings{Pictures: state.PicturesShown, Order: state.Reordered}
	if err := s.Save(ctx, state.ID{11}, state.Change{Seen: noon, Settings: &settings}); err != nil {
		t.Error(err)
	}
	if got, err := s.Load(ctx, state.ID{11}); err != nil || got.Settings != settings {
		t.Errorf("%v, %v", got, err)
	}
	salt, err := s.Salt(ctx, bread.Day, state.Salt{1})
	if err != nil || salt != (state.Salt{1}) {
		t.Errorf("the salt: %x, %v", salt, err)
	}
	again := state.Tally{Key: bread, Reads: 2, Readers: state.NewSketch()}
	for _, from := range []string{"192.0.2.1/32", "192.0.2.3/32"} { // the first was counted before
		again.Readers.Add(salt.Number(from, "SSH-2.0-OpenSSH_9.2"))
	}
	if err := s.Count(ctx, []state.Tally{again}); err != nil {
		t.Error(err)
	}
	counts := []state.Count{{Key: bread, Reads: 2, Uniques: 2}}
	if counted {
		counts[0] = state.Count{Key: bread, Reads: 7, Uniques: 3}
	}
	if got, err := s.Counts(ctx, state.Key{}, 9); err != nil || !reflect.DeepEqual(got, counts) {
		t.Errorf("counts: %v, %v", got, err)
	}
}

// TestOlder: a database of any older program is opened with all that it has.
func TestOlder(t *testing.T) {
	for name, versions := range map[string][]string{"schema 1": {"sqlite1.sql"}, "schema 2": {"sqlite1.sql", "sqlite2.sql"}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			db := rawDB(t, dir)
			for _, version := range versions {
				mustExec(t, db, fixture(t, version))
			}
			wantOlder(t, openSQLite(t, dir), len(versions) > 1)
		})
	}
}

// TestKilledMigration: a process that is killed before it has committed a migration leaves the older database, which the next one
// migrates.
func TestKilledMigration(t *testing.T) {
	dir, left := t.TempDir(), t.TempDir()
	db := rawDB(t, dir)
	mustExec(t, db, "PRAGMA journal_mode = wal; PRAGMA cache_size = 1") // so that a part is in the log before it is committed
	mustExec(t, db, fixture(t, "sqlite1.sql"))
	mustExec(t, db, "PRAGMA wal_checkpoint(TRUNCATE); BEGIN IMMEDIATE")
	mustExec(t, db, fixture(t, "sqlite2.sql"))
	for _, suffix := range []string{"", "-wal"} { // what a killed process leaves is what is on the disk now
		data, err := os.ReadFile(filepath.Join(dir, state.File+suffix))
		if err != nil || len(data) == 0 {
			t.Fatal(len(data), err)
		}
		if err := os.WriteFile(filepath.Join(left, state.File+suffix), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var version int
	if err := rawDB(t, left).QueryRow("PRAGMA user_version").Scan(&version); err != nil || version != 1 {
		t.Fatalf("schema %d is left, %v", version, err)
	}
	wantOlder(t, openSQLite(t, left), false)
}

// TestOlderPostgres: the same of a database that several machines share.
func TestOlderPostgres(t *testing.T) {
	server := pgtest.Start(t)
	old := func(t *testing.T) (url string, conn *pgx.Conn) {
		url = server.Database()
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close(t.Context()) })
		if _, err := conn.Exec(t.Context(), fixture(t, "postgres1.sql")); err != nil {
			t.Fatal(err)
		}
		return url, conn
	}
	t.Run("schema 1", func(t *testing.T) {
		url, _ := old(t)
		wantOlder(t, openPostgres(t, url), true)
	})
	t.Run("killed", func(t *testing.T) {
		url, conn := old(t)
		_, err := conn.Exec(t.Context(), "BEGIN; ALTER TABLE readers ADD COLUMN pictures int NOT NULL DEFAULT 0; UPDATE schema_version SET version = 2")
		if err != nil {
			t.Fatal(err)
		}
		server.Down("immediate")
		server.Up()
		wantOlder(t, openPostgres(t, url), true)
	})
}
