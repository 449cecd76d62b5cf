package state_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postern/sshapp/state"
	"postern/sshapp/state/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestSQLite(t *testing.T) {
	storetest.Test(t, func(t *testing.T) func() state.Store {
		dir := t.TempDir()
		return func() state.Store { return openSQLite(t, dir) }
	})
}

func openSQLite(t *testing.T, dir string) *state.SQLite {
	t.Helper()
	s, err := state.OpenSQLite(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// rawDB opens the database of a data directory as any other program may.
func rawDB(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, state.File))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func mustExec(t *testing.T, db *sql.DB, query string) {
	t.Helper()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

// holds reports which files of a directory hold some bytes.
func holds(t *testing.T, dir string, b []byte) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, b) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestForgottenBytes: of who is forgotten, among many others, no file holds the ID or a word, while the database is open.
func TestForgottenBytes(t *testing.T) {
	dir := t.TempDir()
	s := openSQLite(t, dir)
	ctx := context.Background()
	ids := make([]state.ID, 400)
	word := func(i int) string { return fmt.Sprintf("word-%d-of-the-bookmark", i) }
	for i := range ids {
		rand.Read(ids[i][:])
		c := state.Change{Agreed: true, Seen: noon, Posts: map[string]state.Post{}}
		for p := range i % 7 {
			c.Posts[fmt.Sprint("post-", p)] = state.Post{Mark: word(i), Percent: p, At: noon}
		}
		c.Bookmarks = []state.Bookmark{{Post: "bread", Text: word(i), At: noon}}
		if err := s.Save(ctx, ids[i], c); err != nil {
			t.Fatal(err)
		}
	}
	if len(holds(t, dir, ids[1][:])) == 0 {
		t.Fatal("the ID is not found where it must be")
	}
	for i := 0; i < len(ids); i += 3 {
		if err := s.Forget(ctx, ids[i]); err != nil {
			t.Fatal(err)
		}
	}
	for i := 0; i < len(ids); i += 3 {
		if found := holds(t, dir, ids[i][:]); found != nil {
			t.Errorf("the ID of reader %d is in %v", i, found)
		}
		if found := holds(t, dir, []byte(word(i))); found != nil {
			t.Errorf("the words of reader %d are in %v", i, found)
		}
	}
}

// TestNewerSchema: a database of a newer program is refused, and stays as it is.
func TestNewerSchema(t *testing.T) {
	dir := t.TempDir()
	openSQLite(t, dir).Close()
	db := rawDB(t, dir)
	mustExec(t, db, "PRAGMA user_version = 99")
	if _, err := state.OpenSQLite(dir); err == nil || !strings.Contains(err.Error(), "a newer Postern has written it (schema 99; this one knows 5)") {
		t.Errorf("%v", err)
	}
	var version int
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); version != 99 || err != nil {
		t.Errorf("%d, %v", version, err)
	}
}

// TestMigration: a migration that was interrupted has changed nothing, and is done again.
func TestMigration(t *testing.T) {
	dir := t.TempDir()
	db := rawDB(t, dir)
	mustExec(t, db, "CREATE TABLE posts (other INTEGER)") // so that the second statement fails
	if _, err := state.OpenSQLite(dir); err == nil {
		t.Fatal("it was migrated")
	}
	var tables int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'readers'").Scan(&tables); tables != 0 || err != nil {
		t.Errorf("%d tables are left, %v", tables, err)
	}
	mustExec(t, db, "DROP TABLE posts")
	openSQLite(t, dir)
}

// TestDamaged: a file that is no database, or a damaged one, is told from one that can't be used now.
func TestDamaged(t *testing.T) {
	for name, damage := range map[string]func(data []byte) []byte{
		"no database": func([]byte) []byte { return []byte(strings.Repeat("This is a text. ", 1000)) },
		"damaged":     func(data []byte) []byte { return append(data[:4096:4096], make([]byte, len(data)-4096)...) },
	} {
		dir := t.TempDir()
		s := openSQLite(t, dir)
		if err := s.Save(context.Background(), state.ID{1}, state.Change{Agreed: true, Seen: noon}); err != nil {
			t.Fatal(err)
		}
		s.Close()
		path := filepath.Join(dir, state.File)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		data = damage(data)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := state.OpenSQLite(dir); !errors.Is(err, state.ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
		aside, err := state.SetAside(dir, noon)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(aside); !bytes.Equal(got, data) {
			t.Errorf("%s: set aside, it is not what it was: %v", name, err)
		}
		openSQLite(t, dir)
	}
}

// TestFiles: nobody else on the machine can read what is kept.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	s := openSQLite(t, dir)
	if err := s.Save(context.Background(), state.ID{1}, state.Change{Agreed: true, Seen: noon}); err != nil {
		t.Fatal(err)
	}
	if _, err := state.ReadSecret(dir); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 4 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
}

// TestBackup: a copy that is made while the database is in use is whole.
func TestBackup(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	s := openSQLite(t, dir)
	ctx := context.Background()
	if err := s.Save(ctx, state.ID{1}, state.Change{Agreed: true, Seen: noon}); err != nil {
		t.Fatal(err)
	}
	salt, err := s.Salt(ctx, "2026-11-22", state.Salt([]byte("this is the random salt of a day")))
	if err != nil {
		t.Fatal(err)
	}
	read := state.Tally{Key: state.Key{Day: "2026-11-22", Post: "bread", Way: state.Lines}, Reads: 1, Readers: state.NewSketch()}
	read.Readers.Add(salt.Number("192.0.2.7/32", ""))
	if err := s.Count(ctx, []state.Tally{read}); err != nil {
		t.Fatal(err)
	}
	if err := state.Backup(ctx, dir, filepath.Join(copied, state.File)); err != nil {
		t.Fatal(err)
	}
	if r, err := openSQLite(t, copied).Load(ctx, state.ID{1}); err != nil || !r.Seen.Equal(noon) {
		t.Errorf("%v, %v", r, err)
	}
	if counts, err := openSQLite(t, copied).Counts(ctx, state.Key{}, 9); err != nil || len(counts) != 1 || counts[0].Uniques != 1 {
		t.Errorf("%v, %v", counts, err)
	}
	for name, secret := range map[string][]byte{"salt": salt[:], "sketch": read.Readers.Bytes()} {
		if holds(t, dir, secret) == nil || holds(t, copied, secret) != nil {
			t.Errorf("the %s is in %v and in %v", name, holds(t, dir, secret), holds(t, copied, secret))
		}
	}
	if err := state.Backup(ctx, t.TempDir(), filepath.Join(copied, "other")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a database: %v", err)
	}
}
