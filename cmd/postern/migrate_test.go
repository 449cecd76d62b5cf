package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postern/content/publish"
	"postern/sshapp/cluster"
	"postern/sshapp/postgres"
	"postern/sshapp/postgres/pgtest"
)

// TestMigrate moves a site into a database and back. What fails halfway says so, and can be done again as it says.
func TestMigrate(t *testing.T) {
	server := pgtest.Start(t)
	data := t.TempDir()
	publishTwo(t, data)

	taken := server.Database()
	execute(t, taken, `CREATE TABLE counts (n int)`) // which the readers' tables would be
	migrate(t, "not all of what is kept of readers", "--to", taken, "--data", data)
	if cluster.Joined(data) {
		t.Error("after half a migration the machine has joined")
	}
	url := server.Database()
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
	migrate(t, "--site-files", "--from", url, "--data", back, "--site-files", "1")
	migrate(t, "", "--from", url, "--data", back)
	if cluster.Joined(back) {
		t.Error("after the way back the machine has still joined")
	}
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
	code := run(t.Context(), append([]string{"migrate"}, args...), &stdout, &stderr)
	if (code != 0) != (want != "") || !strings.Contains(stderr.String(), want) {
		t.Errorf("migrate %q ends with %d: %s%s, want %q", args, code, stdout.String(), stderr.String(), want)
	}
}
