package check

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
)

func library(t *testing.T, files map[string]string) *content.Library {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	l, err := content.Read(tree)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// blog is a blog with a mistake in its theme, in front matter and in a text.
var blog = map[string]string{
	"postern.toml": "theme = \"nope\"\n",
	"a.md":         "---\ntitle: A\ndate: 2024-01-02\n---\n\n[B](missing.md)\n",
	"b.md":         "---\ntitle: B\ndate: 2024-13-01\n---\n\nText.\n",
	"c.md":         "---\ntitle: C\ndate: 2030-01-01\n---\n\nText.\n",
	"_d.md":        "x",
}

func text(t *testing.T, r Report, dir string) string {
	t.Helper()
	var s strings.Builder
	if err := r.WriteText(&s, dir, time.Date(2029, 12, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return s.String()
}

func TestBlog(t *testing.T) {
	var steps []int
	r, err := Blog(t.Context(), library(t, blog), func(checked, all int) {
		if all != 3 {
			t.Errorf("%d posts in all", all)
		}
		steps = append(steps, checked)
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range steps {
		if i != n || len(steps) != 4 {
			t.Fatalf("progress: %v", steps)
		}
	}
	got := text(t, r, "dir")
	for _, want := range []string{"dir/a.md:6:1: warning: ", "dir/b.md:3:7: error: ", "dir/postern.toml:1:1: error: there is no theme",
		"dir/_d.md: left out: ", "dir/c.md: publishes in 31 days"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if !strings.HasSuffix(got, "\n3 posts: 2 errors, 1 warning\n") {
		t.Errorf("got\n%s", got)
	}
}

// A file without a date may be a page that is meant, or a post that nobody will see in the list.
func TestPagesForNoDate(t *testing.T) {
	files := map[string]string{"a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n\nText.\n", "pages/about.md": "Text.\n", "b.md": "# B\n\nText.\n",
		"draft.md": "---\ntitle: D\ndraft: true\n---\n\nText.\n"}
	report := func() string {
		r, err := Blog(t.Context(), library(t, files), func(int, int) {})
		if err != nil {
			t.Fatal(err)
		}
		return text(t, r, "dir")
	}
	if got, want := report(), "dir/b.md: is shown as a page, not in the list of posts, since it has no date\n1 post, 2 pages, 1 draft: no problems\n"; got != want {
		t.Errorf("got\n%s", got)
	}
	for _, name := range []string{"c.md", "d.md", "e.md"} {
		files[name] = files["b.md"]
	}
	if got, want := report(), "dir/b.md, dir/c.md, dir/d.md, …: 4 files are shown as pages, not in the list of posts, since they have no date\n"; !strings.HasPrefix(got, want) {
		t.Errorf("of many\n%s", got)
	}
}

func TestBlogIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	last := 0
	if _, err := Blog(ctx, library(t, blog), func(checked, _ int) { last = checked }); err != context.Canceled || last != 0 {
		t.Errorf("%v after %d posts", err, last)
	}
}

func TestFile(t *testing.T) {
	l := library(t, blog)
	for path, want := range map[string]string{
		"a.md":         "1 post: 1 warning",
		"b.md":         "1 post: 1 error",
		"postern.toml": "no posts: 1 error",
		"_d.md":        "no posts: no problems",
		"missing.md":   "no posts: no problems",
	} {
		r := File(l, path)
		if r.Summary() != want {
			t.Errorf("%s: %s, want %s", path, r.Summary(), want)
		}
		if empty := path == "missing.md" || path == "postern.toml"; r.Empty() != empty {
			t.Errorf("%s: empty: %v", path, r.Empty())
		}
		if r.Problems == nil || r.Posts == nil || r.LeftOut == nil {
			t.Errorf("%s: JSON would have null", path)
		}
	}
}
