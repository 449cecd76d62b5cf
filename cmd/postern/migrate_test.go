package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postern/content/publish"
	"postern/sshapp/cluster"
	"postern/sshapp/postgres"
	"postern/sshapp/postgres/pgtest"
	"postern/sshapp/state"
)

// TestMigrate moves a site into a database and back. What fails halfway goes on when the command is run again, and nothing is
// counted twice.
func TestMigrate(t *testing.T) {
	url := pgtest.Start(t).Database()
	data := t.TempDir()
	publishTwo(t, data)
	own := openSQLite(t, data)
	reader := state.ID{1}
	if err := own.Save(t.Context(), reader, state.Change{Agreed: true, Settings: &state.Settings{Width: 70}}); err != nil {
		t.Fatal(err)
	}
	tally := state.Tally{Key: state.Key{Day: "2026-11-22", Post: "a", Way: state.Screens}, Reads: 3, Readers: state.NewSketch()}
	if err := own.Count(t.Context(), []state.Tally{tally}); err != nil {
		t.Fatal(err)
	}

	mistyped := filepath.Join(t.TempDir(), "mistyped")
	migrate(t, "nothing was published in the data directory", "--to", url, "--data", mistyped)
	if _, err := os.Stat(mistyped); err == nil {
		t.Error("a directory that was not there is made")
	}
	unreadable := t.TempDir()
	if err := os.WriteFile(filepath.Join(unreadable, "site"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	migrate(t, "not a directory", "--to", url, "--data", unreadable)
	running, err := publish.Open(filepath.Join(data, "site"), publish.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := running.Occupy(); err != nil {
		t.Fatal(err)
	}
	migrate(t, "a server runs on it", "--to", url, "--data", data)
	running.Close()
	execute(t, url, `CREATE TABLE counts (n int)`) // which the readers' tables would be
	migrate(t, "what is kept of readers can't be brought", "--to", url, "--data", data)
	execute(t, url, `DROP TABLE counts; CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''not now''; END'`)
	execute(t, url, `CREATE TRIGGER fail BEFORE INSERT ON generation EXECUTE FUNCTION fail()`)
	migrate(t, "not now", "--to", url, "--data", data)
	execute(t, url, `DROP TRIGGER fail ON generation; CREATE TRIGGER fail BEFORE INSERT ON counts EXECUTE FUNCTION fail()`)
	migrate(t, "not now", "--to", url, "--data", data)
	if cluster.Joined(data) {
		t.Error("after half a migration the machine has joined")
	}
	execute(t, url, `DROP TRIGGER fail ON counts`)
	migrate(t, "", "--to", url, "--data", data)
	if !cluster.Joined(data) {
		t.Error("after a migration the machine has not joined")
	}

	back := t.TempDir()
	for _, name := range []string{"host_ed25519", "readers_secret"} {
		file, err := os.ReadFile(filepath.Join(data, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(back, name), file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	brought := openSQLite(t, back)
	if err := brought.Save(t.Context(), state.ID{2}, state.Change{Agreed: true}); err != nil {
		t.Fatal(err)
	}
	migrate(t, "keeps or counts readers of its own", "--from", url, "--data", back)
	if _, err := brought.Load(t.Context(), state.ID{2}); err != nil || cluster.Joined(back) {
		t.Errorf("of a directory with a reader of its own: %v, joined: %v", err, cluster.Joined(back))
	}
	if err := brought.Forget(t.Context(), state.ID{2}); err != nil {
		t.Fatal(err)
	}
	migrate(t, "--site-files", "--from", url, "--data", back, "--site-files", "1")
	raw, err := sql.Open("sqlite", filepath.Join(back, state.File))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(t.Context(), `CREATE TRIGGER fail BEFORE INSERT ON counts BEGIN SELECT raise(ABORT, 'not now'); END`); err != nil {
		t.Fatal(err)
	}
	migrate(t, "not now", "--from", url, "--data", back)
	if _, err := raw.ExecContext(t.Context(), `DROP TRIGGER fail`); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		migrate(t, "", "--from", url, "--data", back)
		if cluster.Joined(back) {
			t.Error("after the way back the machine has still joined")
		}
		if r, err := brought.Load(t.Context(), reader); r.Settings.Width != 70 || err != nil {
			t.Errorf("of the reader %+v is brought back, %v", r, err)
		}
		if counts, err := brought.Counts(t.Context(), state.Key{}, 9); len(counts) != 1 || counts[0].Reads != 3 || err != nil {
			t.Errorf("the counts %+v are brought back, %v", counts, err)
		}
		name := filepath.Join(back, "database_id") // as if the last step had failed
		file, err := os.ReadFile(filepath.Join(data, "database_id"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func openSQLite(t *testing.T, data string) *state.SQLite {
	t.Helper()
	s, err := state.OpenSQLite(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// publishTwo publishes two files into a data directory.
func publishTwo(t *testing.T, data string) {
	t.Helper()
	published, err := publish.Open(filepath.Join(data, "site"), publish.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer published.Close()
	upload, err := published.NewUpload()
	if err != nil {
		t.Fatal(err)
	}
	defer upload.Close()
	c := publish.Change{Author: publish.Author{Name: "ada"}, Put: map[string]publish.File{}}
	for _, name := range []string{"a.md", "b.md"} {
		if c.Put[name], err = upload.Add(strings.NewReader(name)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := published.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func execute(t *testing.T, url, statement string) {
	t.Helper()
	db, err := postgres.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// migrate runs the command, which must fail with a text in its error, or succeed if that is empty.
func migrate(t *testing.T, want string, args ...string) {
	t.Helper()
	var stdout, stderr strings.Builder
	code := run(t.Context(), append([]string{"migrate"}, args...), strings.NewReader(""), &stdout, &stderr)
	if (code != 0) != (want != "") || !strings.Contains(stderr.String(), want) {
		t.Errorf("migrate %q ends with %d: %s%s, want %q", args, code, stdout.String(), stderr.String(), want)
	}
}
