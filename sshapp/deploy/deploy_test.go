package deploy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"postern/content/problem"
	"postern/content/publish"
)

var ada = publish.Author{Name: "ada"}

func newSite(t testing.TB) *publish.Site {
	t.Helper()
	s, err := publish.Open(t.TempDir(), publish.DefaultLimits(), func(staged fs.FS, changed []string) (all []problem.Problem) {
		for _, name := range changed {
			if data, _ := fs.ReadFile(staged, name); strings.Contains(string(data), "broken") {
				all = append(all, problem.Problem{File: name, Line: 3, Severity: problem.Error, Message: "it is broken"})
			}
		}
		return all
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// directory is a blog of texts by path.
func directory(files map[string]string) *Client {
	c := &Client{Files: slices.Sorted(maps.Keys(files))}
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c.Dir = dir
	return c
}

// deploy runs both sides. wrap stands between the author's side and the connection.
func deploy(t testing.TB, s *publish.Site, c *Client, wrap func(net.Conn) io.ReadWriter) (Result, error, error) {
	t.Helper()
	near, far := net.Pipe()
	served := make(chan error)
	go func() {
		err := (&Server{Site: s, MaxFiles: 20_000}).Serve(t.Context(), far, far, ada)
		far.Close()
		served <- err
	}()
	var rw io.ReadWriter = near
	if wrap != nil {
		rw = wrap(near)
	}
	r, err := c.Deploy(context.Background(), rw, rw)
	near.Close()
	return r, err, <-served
}

func current(t testing.TB, s *publish.Site) map[string]string {
	t.Helper()
	files := map[string]string{}
	n, err := s.Generation()
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.Files(n)
	if err != nil {
		t.Fatal(err)
	}
	for name := range all {
		data, err := os.ReadFile(filepath.Join(s.Path(), name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	return files
}

func TestDeploy(t *testing.T) {
	s := newSite(t)
	first := map[string]string{"a.md": "one", "b.md": "two", "c/d.md": "three", "same.md": "one"}
	r, err, _ := deploy(t, s, directory(first), nil)
	if err != nil || r.Publication.Generation != 1 || len(r.Publication.Added) != 4 {
		t.Fatalf("the first: %+v, %v", r, err)
	}
	second := map[string]string{"a.md": "one", "b.md": "2", "moved.md": "three"}
	c := directory(second)
	var seen Preview
	c.Confirm = func(p Preview) error { seen = p; return nil }
	if _, err, _ := deploy(t, s, c, nil); err != nil {
		t.Fatal(err)
	}
	if seen.Bytes != 1 || seen.Added != 1 || seen.Changed != 1 || seen.Kept != 1 || !slices.Equal(seen.Removed, []string{"c/d.md", "same.md"}) {
		t.Errorf("the preview: %+v", seen)
	}
	if got := current(t, s); !maps.Equal(got, second) {
		t.Errorf("published %q", got)
	}
	if r, err, _ := deploy(t, s, directory(second), nil); err != nil || r.Publication.Generation != 0 {
		t.Errorf("the same again: %+v, %v", r, err)
	}
}

func TestDeployPublishesNothing(t *testing.T) {
	s := newSite(t)
	good := map[string]string{"a.md": "one"}
	if _, err, _ := deploy(t, s, directory(good), nil); err != nil {
		t.Fatal(err)
	}
	bad := map[string]string{"a.md": "broken", "b.md": "two"}
	if r, err, served := deploy(t, s, directory(bad), nil); err != nil || served != ErrRefused || len(r.Problems) != 1 || r.Problems[0].Line != 3 {
		t.Errorf("a broken post: %+v, %v, %v", r, err, served)
	}
	c := directory(map[string]string{"b.md": "two"})
	c.Confirm = func(Preview) error { return errors.New("no") }
	if _, err, served := deploy(t, s, c, nil); err == nil || !errors.Is(served, errLeft) {
		t.Errorf("not confirmed: %v, %v", err, served)
	}
	c = directory(map[string]string{"b.md": "two"})
	c.DryRun = true
	if r, err, _ := deploy(t, s, c, nil); err != nil || len(r.Publication.Added) != 1 {
		t.Errorf("a dry run: %+v, %v", r, err)
	}
	for _, path := range []string{"../x", "/x", "a//b", "x\x00"} {
		c := directory(map[string]string{"ok": "text"})
		c.Dir, c.Files = anyName{}, []string{path}
		if _, err, _ := deploy(t, s, c, nil); err == nil {
			t.Errorf("%q was taken", path)
		}
	}
	if got := current(t, s); !maps.Equal(got, good) {
		t.Errorf("published %q", got)
	}
}

// anyName has a file of every name.
type anyName struct{}

func (anyName) Open(string) (fs.File, error) { return fstest.MapFS{"x": {Data: []byte("x")}}.Open("x") }

// One of two authors who began at the same generation is told of the other.
func TestDeployConflict(t *testing.T) {
	s := newSite(t)
	for i, text := range []string{"one", "two"} {
		c := directory(map[string]string{"a.md": text})
		c.Base = min(i, 1)
		if _, err, _ := deploy(t, s, c, nil); err != nil {
			t.Fatal(err)
		}
	}
	c := directory(map[string]string{"a.md": "three"})
	c.Base = 1
	if _, err, _ := deploy(t, s, c, nil); err == nil || !strings.Contains(err.Error(), "ada") || !strings.Contains(err.Error(), "generation 2") {
		t.Errorf("a conflict: %v", err)
	}
}

// A base that is remembered from a site which has been made anew since is not used.
func TestDeployToNewSite(t *testing.T) {
	s := newSite(t)
	for _, text := range []string{"one", "two"} {
		c := directory(map[string]string{"a.md": text})
		c.Base = 7
		if _, err, _ := deploy(t, s, c, nil); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Of two deployments at once one wins, and the other is told whose it was, though neither remembers a base.
func TestTwoDeploysAtOnce(t *testing.T) {
	s := newSite(t)
	if _, err, _ := deploy(t, s, directory(map[string]string{"a.md": "one"}), nil); err != nil {
		t.Fatal(err)
	}
	first, second := map[string]string{"a.md": "two"}, map[string]string{"a.md": "one", "b.md": "three"}
	c := directory(second)
	c.Confirm = func(Preview) error {
		_, err, _ := deploy(t, s, directory(first), nil)
		return err
	}
	if _, err, _ := deploy(t, s, c, nil); err == nil || !strings.Contains(err.Error(), "a.md was changed by ada") {
		t.Errorf("the second: %v", err)
	}
	if got := current(t, s); !maps.Equal(got, first) {
		t.Errorf("published %q", got)
	}
}

// A connection that is cut after any number of bytes leaves the old site or the new one.
func TestDeployCut(t *testing.T) {
	good, next := map[string]string{"a.md": "one"}, map[string]string{"a.md": "two", "b.md": strings.Repeat("long ", 100)}
	for most, done := 0, false; !done; most++ {
		s := newSite(t)
		if _, err, _ := deploy(t, s, directory(good), nil); err != nil {
			t.Fatal(err)
		}
		_, err, _ := deploy(t, s, directory(next), func(c net.Conn) io.ReadWriter { return &cut{c, most} })
		got := current(t, s)
		if done = err == nil; !maps.Equal(got, next) && (done || !maps.Equal(got, good)) {
			t.Fatalf("cut after %d bytes (%v): published %q", most, err, got)
		}
		if left, err := os.ReadDir(filepath.Join(filepath.Dir(s.Path()), "staging")); err != nil || len(left) > 0 {
			t.Fatalf("cut after %d bytes: left in staging: %v, %v", most, left, err)
		}
	}
}

// A cut is a connection on which no more than so many bytes can be sent.
type cut struct {
	net.Conn
	left int
}

func (c *cut) Write(p []byte) (int, error) {
	if len(p) > c.left {
		n, _ := c.Conn.Write(p[:c.left])
		c.left = 0
		c.Close()
		return n, io.ErrClosedPipe
	}
	c.left -= len(p)
	return c.Conn.Write(p)
}

// No bytes make the server panic, or publish anything.
func FuzzServer(f *testing.F) {
	s, err := publish.Open(f.TempDir(), publish.DefaultLimits(), nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{`{"files":1}` + "\n" + `{"path":"a","hash":"","size":1}` + "\n", `{"files":-1}`, `{"files":99999999}`, "true\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var compressed strings.Builder
		out := newStream(strings.NewReader(""), &compressed)
		_, _ = out.out.Write(data)
		_ = out.out.Flush()
		for _, in := range []string{string(data), compressed.String()} {
			_ = (&Server{Site: s, MaxFiles: 100}).Serve(t.Context(), strings.NewReader(in), io.Discard, ada)
		}
		if n, err := s.Generation(); n != 0 && len(data) < 40 || err != nil {
			t.Errorf("generation %d, %v", n, err)
		}
	})
}

// BenchmarkDeploy deploys a directory of 10,000 posts of 6 KB of which one has changed.
func BenchmarkDeploy(b *testing.B) {
	s := newSite(b)
	files := map[string]string{}
	for i := range 10_000 {
		files[fmt.Sprintf("posts/%d/%d.md", i%20, i)] = fmt.Sprint(i, strings.Repeat(" some words", 550))
	}
	if _, err, _ := deploy(b, s, directory(files), nil); err != nil {
		b.Fatal(err)
	}
	n := 0
	var bytes int64
	for b.Loop() {
		n++
		files["posts/7/7.md"] = fmt.Sprint("changed ", n)
		_, err, _ := deploy(b, s, directory(files), func(c net.Conn) io.ReadWriter { return &counter{c, &bytes} })
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(bytes)/float64(n), "sent-B/op")
}

type counter struct {
	net.Conn
	bytes *int64
}

func (c *counter) Write(p []byte) (int, error) {
	*c.bytes += int64(len(p))
	return c.Conn.Write(p)
}
