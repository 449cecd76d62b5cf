package cluster

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postern/content/publish"
	"postern/keys"
)

// noMore brings nothing else than the site.
func noMore() error { return nil }

func testMove(t *testing.T, h *house) {
	first := h.describe(t.TempDir())
	site, err := publish.Open(filepath.Join(first.Data, publish.Dir), first.Limits, nil)
	if err != nil {
		t.Fatal(err)
	}
	single := &machine{site: site}
	for i := range 9 {
		single.mustPublish(t, "ada", map[string]string{"count.md": fmt.Sprint(i), "same.md": "same"})
		site.Close()
	}
	writeFile(t, first.Data, keys.AuthorsFile, "# authors\n")
	failed := errors.New("what else there is can't be brought")
	if _, err := Bring(t.Context(), h.open(), first, func() error { return failed }); !errors.Is(err, failed) || Joined(first.Data) {
		t.Errorf("half of it: %v", err)
	}
	if n, err := Bring(t.Context(), h.open(), first, noMore); n != 9 || err != nil {
		t.Fatalf("%d generations, %v", n, err)
	}
	if _, err := Bring(t.Context(), h.open(), first, noMore); err == nil || !strings.Contains(err.Error(), "shares its site through a database already") {
		t.Errorf("again: %v", err)
	}
	if err := os.Remove(filepath.Join(first.Data, databaseFile)); err != nil { // as if the machine had stopped before it was written
		t.Fatal(err)
	}
	if n, err := Bring(t.Context(), h.open(), first, func() error { return failed }); n != 9 || err != nil || !Joined(first.Data) {
		t.Errorf("what was missing at the end: %d generations, %v", n, err)
	}
	a, b := h.join(first), h.join(h.describe(t.TempDir()))
	if !maps.Equal(a.contents(t), b.contents(t)) || a.log(t) != b.log(t) {
		t.Errorf("the machines differ: %v, %v", a.contents(t), b.contents(t))
	}
	b.mustPublish(t, "bob", map[string]string{"count.md": "new"})
	back := h.describe(t.TempDir())
	if _, err := Fetch(t.Context(), h.open(), back, func() error { return failed }); !errors.Is(err, failed) {
		t.Errorf("half of it back: %v", err)
	}
	if n, err := Fetch(t.Context(), h.open(), back, noMore); n != 10 || err != nil {
		t.Fatalf("%d generations, %v", n, err)
	}
	if site, err = publish.Open(filepath.Join(back.Data, publish.Dir), back.Limits, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(site.Close)
	again := &machine{site: site}
	if !maps.Equal(again.contents(t), b.contents(t)) || again.log(t) != b.log(t) || Joined(back.Data) {
		t.Errorf("what is brought back differs: %v, %v", again.contents(t), b.contents(t))
	}
	if got, err := os.ReadFile(filepath.Join(back.Data, keys.AuthorsFile)); string(got) != "# authors\n" {
		t.Errorf("the authors that are brought back are %q, %v", got, err)
	}
	other := h.describe(t.TempDir())
	alone(t, other.Data)
	if _, err := Bring(t.Context(), h.open(), other, func() error { return failed }); err == nil || !strings.Contains(err.Error(), "the database has a blog already, with 10 generations") {
		t.Errorf("into a database that has a blog: %v", err)
	}
}

// alone publishes into a data directory that no database knows.
func alone(t *testing.T, data string) {
	t.Helper()
	site, err := publish.Open(filepath.Join(data, publish.Dir), publish.DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	(&machine{site: site}).mustPublish(t, "ada", map[string]string{"a.md": "a"})
	site.Close()
}
