package publishing

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"postern/content"
	"postern/content/live"
	"postern/content/publish"
)

var ada = publish.Author{Name: "ada", Key: "SHA256:a"}

// open opens a site that nothing was published into, or that another publisher publishes into.
func open(t testing.TB, dir string) *Publisher {
	t.Helper()
	manual, err := content.NewScan(fstest.MapFS{"welcome.md": {Data: []byte("---\ntitle: Welcome\ndate: 2026-01-02\n---\nText.\n")}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(dir, publish.DefaultLimits(), "the manual", manual)
	if err != nil {
		t.Fatal(err)
	}
	p.Log = slog.New(slog.DiscardHandler)
	t.Cleanup(p.Close)
	return p
}

// post returns the text of a post.
func post(title, body string) string {
	return "---\ntitle: " + title + "\ndate: 2026-01-02\n---\n" + body + "\n"
}

// commit publishes texts by their paths.
func commit(t testing.TB, p *Publisher, texts map[string]string) (Result, error) {
	t.Helper()
	c, err := p.Begin(ada, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for path, text := range texts {
		if err := c.Put(path, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	return c.Commit(t.Context())
}

// titles returns what readers see.
func titles(p *Publisher) string {
	var all []string
	for _, post := range p.Site.Library().All().Posts() {
		all = append(all, post.Title)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestFirstPublication(t *testing.T) {
	dir := t.TempDir()
	p := open(t, dir)
	if got := titles(p); got != "Welcome" {
		t.Errorf("before the first publication: %s", got)
	}
	changed := p.Site.Changed()
	r, err := commit(t, p, map[string]string{"a.md": post("A", "Text."), "postern.toml": "title = \"Mine\"\n"})
	if err != nil {
		t.Fatal(err)
	}
	<-changed
	if got := titles(p); got != "A" || p.Site.Library().Settings().Title != "Mine" || r.Addresses["a.md"] != "a" {
		t.Errorf("after it: %s, %+v", got, r)
	}
	if got := titles(open(t, dir)); got != "A" {
		t.Errorf("after a restart: %s", got)
	}
}

// TestNotes: the lines of posts that readers don't see say why.
func TestNotes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // on 2000-01-01
		p := open(t, t.TempDir())
		r, err := commit(t, p, map[string]string{
			"draft.md":   "---\ntitle: D\ndraft: true\n---\nText.\n",
			"soon.md":    "---\ntitle: S\ndate: 2000-01-01 23:00\n---\nText.\n",
			"there.md":   "---\ntitle: T\ndate: 1999-12-01\n---\nText.\n",
			"when.md":    "---\ntitle: W\n---\nText.\n",
			"x/w.md":     "---\ntitle: X\n---\nText.\n",
			"pages/p.md": "---\ntitle: P\n---\nText.\n",
		})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := r.Print(&out, io.Discard, "HOST"); err != nil {
			t.Fatal(err)
		}
		want := "added\tdraft.md\tdraft: readers don't see it\n" +
			"added\tpages/p.md\tssh://p@HOST\n" +
			"added\tsoon.md\tssh://soon@HOST\tpublishes in 23 h (2000-01-01 23:00 UTC)\n" +
			"added\tthere.md\tssh://there@HOST\n" +
			"added\twhen.md\tssh://when@HOST\tpage, not in the list: no date\n" +
			"added\tx/w.md\tssh://w@HOST\tpage, not in the list: no date\n"
		if out.String() != want {
			t.Errorf("printed:\n%s", &out)
		}
	})
}

// What an author breaks is refused, by its file and line; what others broke is not.
func TestCheck(t *testing.T) {
	p := open(t, t.TempDir())
	if _, err := commit(t, p, map[string]string{"a.md": post("A", "Text.")}); err != nil {
		t.Fatal(err)
	}
	var refused *publish.CheckError
	_, err := commit(t, p, map[string]string{"a.md": "---\ntitle: A\ndate: 2024-13-01\n---\n", "b.md": post("B", "Text.")})
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "\na.md:3:") {
		t.Errorf("a broken post: %v", err)
	}
	if got := titles(p); got != "A" {
		t.Errorf("readers see %s", got)
	}
	r, err := commit(t, p, map[string]string{"b.md": post("B", "[not yet](missing.md)")})
	if err != nil || len(r.Problems) != 1 || r.Problems[0].Line != 5 {
		t.Errorf("a dead link: %+v, %v", r, err)
	}
	if r, err = commit(t, p, map[string]string{"c.md": post("C", "Text.")}); err != nil || len(r.Problems) > 0 {
		t.Errorf("another post: %+v, %v", r, err)
	}
}

// TestPutSavedThatIsOld: what was saved before somebody published that path is not published over it.
func TestPutSavedThatIsOld(t *testing.T) {
	dir := t.TempDir()
	p := open(t, dir)
	if _, err := commit(t, p, map[string]string{"a.md": post("A", "Text.")}); err != nil {
		t.Fatal(err)
	}
	c, err := p.Begin(ada, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := errors.Join(c.Put("a.md", strings.NewReader(post("A", "Mine."))), c.Put("b.md", strings.NewReader(post("B", "New."))), c.Save()); err != nil {
		t.Fatal(err)
	}
	if err := c.PutSaved(); err != nil {
		t.Errorf("saved after the publication: %v", err)
	}
	yesterday := time.Now().AddDate(0, 0, -1)
	for _, name := range []string{"a.md", "b.md"} {
		if err := os.Chtimes(filepath.Join(dir, "desk", name), yesterday, yesterday); err != nil {
			t.Fatal(err)
		}
	}
	var conflict *publish.ConflictError
	if err := c.PutSaved(); !errors.As(err, &conflict) || conflict.Path != "a.md" || conflict.Other.Generation != 1 {
		t.Errorf("saved before the publication: %v", err)
	}
	if _, err := commit(t, p, map[string]string{"a.md": post("A", "Mine.")}); err != nil {
		t.Fatal(err)
	}
	if err := c.PutSaved(); err != nil {
		t.Errorf("the same is published: %v", err)
	}
	if _, err := p.Unpublish(t.Context(), publish.Change{Author: ada}, "a.md"); err != nil {
		t.Fatal(err)
	}
	if err := c.PutSaved(); err != nil {
		t.Errorf("nothing of that path is published: %v", err)
	}
}

// TestTryLeavesLibrary: a check of a tree that goes away afterwards takes nothing from what readers see.
func TestTryLeavesLibrary(t *testing.T) {
	p := open(t, t.TempDir())
	first := map[string]string{"a.md": post("A", "![](p.png)"), "p.png": "picture"}
	if _, err := commit(t, p, first); err != nil {
		t.Fatal(err)
	}
	c, err := p.Begin(ada, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Put(".hidden", strings.NewReader("text")); err != nil {
		t.Fatal(err)
	}
	c.DryRun = true
	if r, err := c.Commit(t.Context()); err != nil || len(r.Added) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	f, err := p.Site.Library().Open("p.png")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// Another process publishes: readers of this one see it too.
func TestFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		p, other := open(t, dir), open(t, dir)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		told := make(chan live.Reload)
		go p.Follow(ctx, func(r live.Reload) { told <- r })
		if _, err := commit(t, other, map[string]string{"a.md": post("A", "Text.")}); err != nil {
			t.Fatal(err)
		}
		if r := <-told; r.Err != nil || titles(p) != "A" {
			t.Errorf("%+v, and readers see %s", r, titles(p))
		}
	})
}

// TestWhatWasCheckedIsNotShownForAnother: the tree that was checked last serves only for the generation that it became.
func TestWhatWasCheckedIsNotShownForAnother(t *testing.T) {
	p := open(t, t.TempDir())
	for _, title := range []string{"One", "Two"} {
		if _, err := commit(t, p, map[string]string{"a.md": post(title, "Text.")}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := commit(t, p, map[string]string{"a.md": "---\ntitle: Three\ndate: soon\n---\nText.\n"}); err == nil {
		t.Fatal("a post without a date that can be read was published")
	}
	undone, err := p.Undo(t.Context(), publish.Change{Author: ada})
	if err != nil {
		t.Fatal(err)
	}
	if undone.Again.Generation != 1 || undone.Again.Author.Name != ada.Name {
		t.Errorf("the undo has published again what is in the log as %+v", undone.Again)
	}
	if got := titles(p); got != "One" {
		t.Errorf("after the undo readers see %s", got)
	}
	if _, err := commit(t, p, map[string]string{"b.md": post("Four", "Words to find.")}); err != nil {
		t.Fatal(err)
	}
	if got := titles(p); got != "Four One" {
		t.Errorf("readers see %s", got)
	}
	if hits := p.Site.Library().All().Search("find"); len(hits) != 1 {
		t.Errorf("%d posts are found", len(hits))
	}
}
