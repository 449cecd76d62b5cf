package live

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"postern/content"
)

func post(title string) string { return "---\ntitle: " + title + "\ndate: 2024-01-02\n---\n\nText.\n" }

// A followed directory is changed by a test, which waits until its library is what it should be.
type followed struct {
	*Directory
	t   *testing.T
	dir string
}

func follow(t *testing.T, dir string) *followed {
	t.Helper()
	d, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		d.Follow(ctx, func(Reload) {})
	}()
	t.Cleanup(func() { stop(); <-ended })
	return &followed{d, t, dir}
}

// until waits for a library that is as it should be.
func (f *followed) until(what string, right func(l *content.Library) bool) {
	f.t.Helper()
	patience := time.After(30 * time.Second)
	for {
		changed := f.Changed()
		if right(f.Library()) {
			return
		}
		select {
		case <-changed:
		case <-patience:
			f.t.Fatalf("%s: it holds %v", what, titles(f.Library()))
		}
	}
}

func titles(l *content.Library) []string {
	var all []string
	for _, p := range l.All().Posts() {
		all = append(all, p.Title)
	}
	return all
}

func TestFollow(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "a.md"), []byte(post("A")), 0o600)
	f := follow(t, dir)
	os.WriteFile(filepath.Join(dir, "b.md"), []byte(post("B")), 0o600)
	f.until("b", func(l *content.Library) bool { return len(titles(l)) == 2 })
}
