package check

import (
	"fmt"
	"strings"
	"testing"

	"postern/content/problem"
)

const dated = "---\ntitle: T\ndate: 2024-01-02\n---\n\nText.\n"

// Dozens for one reason are one line, which says how many they are, names directories, and says which setting takes them in.
func TestManyAreOneLine(t *testing.T) {
	files := map[string]string{"content/talks/a.md": dated, "content/talks/one/b.md": dated}
	for i := range 40 {
		files[fmt.Sprintf("content/posts/%d.md", i)] = dated + "[x](gone-" + strings.Repeat("abc", i%3+1) + fmt.Sprint(i) + "z)\n"
		files[fmt.Sprintf("content/posts/%d.dj", i)] = "x"
		files[fmt.Sprintf("content/notes/%d/n%d.md", i%5, i)] = dated
		files[fmt.Sprintf("content/posts/%d/_index.md", i)] = dated
	}
	r, err := Blog(t.Context(), library(t, files), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	got := text(t, r, "dir")
	for _, want := range []string{
		"dir/content/posts/0.dj, dir/content/posts/1.dj, dir/content/posts/10.dj, …: 40 files left out: .dj: Postern reads Markdown\n",
		"dir/content/notes, dir/content/talks: 42 files left out: not in content/posts, where the posts are; " +
			`posts = ["content/posts", "content/notes", "content/talks"] in postern.toml takes them in` + "\n",
		"dir/content/posts/0, dir/content/posts/1, dir/content/posts/10, …: 40 files left out: a name that begins with _\n",
		"dir/content/posts/0.md:7:1: warning: the link to gone-abc0z leads nowhere in this blog (and 39 more like it); ",
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\n"); n != 5 {
		t.Errorf("%d lines:\n%s", n, got)
	}
	if !strings.HasSuffix(got, "\n40 posts: 40 warnings\n") || len(r.Problems) != 40 || len(r.LeftOut) != 122 {
		t.Errorf("%d problems, %d files left out:\n%s", len(r.Problems), len(r.LeftOut), got)
	}
	files["postern.toml"] = `posts = ["content/posts", "content/notes", "content/talks"]`
	if r, _ := Blog(t.Context(), library(t, files), func(int, int) {}); r.Summary() != "82 posts: 40 warnings" {
		t.Errorf("with the setting: %s", r.Summary())
	}
}

// Collections of Jekyll are named with the setting that takes them in; what generators keep for themselves is not.
func TestCollections(t *testing.T) {
	files := map[string]string{"_config.yml": "title: J\n", "_posts/2024-01-02-a.md": dated}
	for i := range 5 {
		files[fmt.Sprintf("_recipes/r%d.md", i)] = dated
		files[fmt.Sprintf("_includes/i%d.md", i)] = dated
	}
	r, _ := Blog(t.Context(), library(t, files), func(int, int) {})
	want := "dir/_includes: 5 files left out: in a directory whose name begins with _\n" +
		"dir/_recipes: 5 files left out: in a directory whose name begins with _; posts = [\"_posts\", \"_recipes\"] in postern.toml takes them in\n" +
		"dir/_config.yml: title taken from here, where postern.toml has none\n1 post: no problems\n"
	if got := text(t, r, "dir"); got != want {
		t.Errorf("got\n%s", got)
	}
	files["postern.toml"] = `posts = ["_posts", "_recipes"]`
	if r, _ := Blog(t.Context(), library(t, files), func(int, int) {}); r.Summary() != "6 posts: no problems" {
		t.Errorf("with the setting: %s", r.Summary())
	}
}

// A blog of which nothing is read says why, and what to write.
func TestNothingIsRead(t *testing.T) {
	files := map[string]string{"_content/a.md": dated, "_content/b/c.md": dated, "README.md": "x"}
	r, _ := Blog(t.Context(), library(t, files), func(int, int) {})
	if got, want := text(t, r, "dir"), "dir/_content: warning: no posts: a directory whose name begins with _ is not read, and this has 2 Markdown files; "+
		"write posts = \"_content\" into postern.toml\n"; !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s", got)
	}
	files["postern.toml"] = `posts = "_content"`
	if r, _ := Blog(t.Context(), library(t, files), func(int, int) {}); r.Summary() != "2 posts: no problems" {
		t.Errorf("with the setting: %s", r.Summary())
	}
}

// One file of a blog has a line for each of its problems, for editors.
func TestFileHasAllLines(t *testing.T) {
	r := File(library(t, map[string]string{"a.md": dated + strings.Repeat("[x](gone)\n\n", 30)}), "a.md")
	if got := text(t, r, "dir"); strings.Count(got, "gone") != 30 {
		t.Errorf("got\n%s", got)
	}
}

func TestFoldKeepsKindsApart(t *testing.T) {
	var problems []problem.Problem
	for i := range 30 {
		problems = append(problems,
			problem.Problem{File: "a.md", Line: i, Severity: problem.Warning, Message: fmt.Sprintf("the link to %d.md leads nowhere", i)},
			problem.Problem{File: "a.md", Line: i, Severity: problem.Error, Message: fmt.Sprintf("date %q is not a day", fmt.Sprint(i))})
		if i < 20 {
			problems = append(problems, problem.Problem{File: "b.md", Line: i, Severity: problem.Warning, Message: "it has no date"})
		}
	}
	if folded := Fold(problems); len(folded) != 22 || len(problems) != 80 {
		t.Errorf("%d of %d", len(folded), len(problems))
	}
}
