package backup_test

import (
	"archive/tar"
	"bytes"
	"context"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postern/content/problem"
	"postern/content/publish"
	"postern/keys"
	"postern/sshapp/backup"
	"postern/sshapp/state"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// dataDir returns a data directory with all that there may be in one, and its site, which is open.
func dataDir(t *testing.T) (string, *publish.Site) {
	t.Helper()
	dir := t.TempDir()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := keys.Host(dir)
	check(err)
	_, err = state.ReadSecret(dir)
	check(err)
	check(os.WriteFile(filepath.Join(dir, keys.AuthorsFile), []byte("# nobody\n"), 0o600))
	check(os.WriteFile(filepath.Join(dir, keys.HostKeyFile+".new-1"), []byte("half a key"), 0o600))
	s, err := state.OpenSQLite(dir)
	check(err)
	t.Cleanup(func() { s.Close() })
	check(s.Save(t.Context(), state.ID{1}, state.Change{Agreed: true, Seen: noon}))
	site, err := publish.Open(filepath.Join(dir, "site"), publish.DefaultLimits(), func(fs.FS, []string) []problem.Problem { return nil })
	check(err)
	check(site.Occupy())
	t.Cleanup(site.Close)
	for _, name := range []string{"bread.md", "soup.md", "yarn.lock"} {
		commit(t, site, name, "The text of "+name)
	}
	return dir, site
}

// commit publishes a file.
func commit(t *testing.T, site *publish.Site, name, text string) {
	t.Helper()
	upload, err := site.NewUpload()
	if err != nil {
		t.Fatal(err)
	}
	defer upload.Close()
	f, err := upload.Add(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := site.Commit(t.Context(), publish.Change{Author: publish.Author{Name: "ana"}, Put: map[string]publish.File{name: f}}); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, dir string, withSecrets bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := backup.Write(t.Context(), &b, dir, withSecrets); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// contents returns what stands at each path of a directory.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, file)
		if e.Type() == fs.ModeSymlink {
			all[name], err = os.Readlink(file)
			return err
		}
		data, err := os.ReadFile(file)
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestBackup: what is restored is what was there, with the secrets if they were asked for, and all of it is for its owner alone.
func TestBackup(t *testing.T) {
	dir, _ := dataDir(t)
	for _, withSecrets := range []bool{false, true} {
		to := filepath.Join(t.TempDir(), "data")
		done, err := backup.Restore(bytes.NewReader(write(t, dir, withSecrets)), to)
		if err != nil || done.Secrets != withSecrets {
			t.Fatal(done, err)
		}
		want, got := contents(t, dir), contents(t, to)
		if len(got) != done.Files {
			t.Errorf("%d files, and it says %d", len(got), done.Files)
		}
		for _, name := range []string{"site/lock", "site/git.lock", "site/occupied", "state.db", "state.db-wal", "state.db-shm", keys.HostKeyFile + ".new-1"} {
			delete(want, name)
		}
		maps.DeleteFunc(want, func(name, _ string) bool { return strings.HasPrefix(name, "site/spare/") })
		if !withSecrets {
			delete(want, keys.HostKeyFile)
			delete(want, state.SecretFile)
		}
		delete(got, "state.db")
		if !maps.Equal(got, want) {
			t.Errorf("with secrets %v: it has %q, want %q", withSecrets, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
		s, err := state.OpenSQLite(to)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := s.Load(t.Context(), state.ID{1}); err != nil || !r.Seen.Equal(noon) {
			t.Errorf("the reader: %v, %v", r, err)
		}
		s.Close()
		site, err := publish.Open(filepath.Join(to, "site"), publish.DefaultLimits(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := site.Generation(); n != 3 || err != nil {
			t.Errorf("generation %d, %v", n, err)
		}
		site.Close()
		shared := func(generation string) fs.FileInfo {
			info, err := os.Stat(filepath.Join(to, "site/gen", generation, "bread.md"))
			if err != nil {
				t.Fatal(err)
			}
			return info
		}
		if !os.SameFile(shared("1"), shared("3")) {
			t.Error("generations share nothing any more")
		}
		err = filepath.WalkDir(to, func(file string, e fs.DirEntry, err error) error {
			if info, _ := e.Info(); info.Mode().Perm()&0o077 != 0 && e.Type() != fs.ModeSymlink {
				t.Errorf("%s has mode %v", file, info.Mode())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestHold: nobody publishes while the site is copied.
func TestHold(t *testing.T) {
	dir, site := dataDir(t)
	release, err := publish.Hold(filepath.Join(dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	published := make(chan struct{})
	go func() {
		defer close(published)
		commit(t, site, "late.md", "Late")
	}()
	select {
	case <-published:
		t.Error("it is published while the site is held")
	case <-time.After(100 * time.Millisecond): // in which it would be
	}
	release()
	<-published
}

// TestRestoreRefuses: what is there is not overwritten, nothing is written elsewhere, and half an archive is none.
func TestRestoreRefuses(t *testing.T) {
	dir, _ := dataDir(t)
	whole := write(t, dir, false)
	if _, err := backup.Restore(bytes.NewReader(whole), dir); err == nil || !strings.Contains(err.Error(), "is not empty: it has "+keys.AuthorsFile) {
		t.Errorf("over another: %v", err)
	}
	for size := 0; size < len(whole)-1024; size += 512 {
		if _, err := backup.Restore(bytes.NewReader(whole[:size]), t.TempDir()); err == nil {
			t.Fatalf("%d of %d bytes are taken for all", size, len(whole))
		}
	}
	for _, h := range []tar.Header{
		{Name: "../out", Typeflag: tar.TypeReg},
		{Name: "/out", Typeflag: tar.TypeReg},
		{Name: "a/../../out", Typeflag: tar.TypeReg},
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "../.."},
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc"},
		{Name: "link", Typeflag: tar.TypeLink, Linkname: "../../etc/passwd"},
		{Name: "pipe", Typeflag: tar.TypeFifo},
	} {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		w.Close()
		top := t.TempDir()
		if _, err := backup.Restore(&b, filepath.Join(top, "data")); err == nil || !strings.Contains(err.Error(), h.Name) {
			t.Errorf("%s: %v", h.Name, err)
		}
		if left := contents(t, top); len(left) != 0 {
			t.Errorf("%s: it has written %v", h.Name, left)
		}
	}
}

// TestBackupOfLittle: a server without a site and without readers has a backup too, and no directory has none.
func TestBackupOfLittle(t *testing.T) {
	dir := t.TempDir()
	if _, err := keys.Host(dir); err != nil {
		t.Fatal(err)
	}
	if done, err := backup.Restore(bytes.NewReader(write(t, dir, true)), filepath.Join(t.TempDir(), "data")); err != nil || done.Files != 1 {
		t.Errorf("%v, %v", done, err)
	}
	if err := backup.Write(context.Background(), io.Discard, filepath.Join(dir, "nowhere"), true); err == nil {
		t.Error("no directory is backed up")
	}
}
