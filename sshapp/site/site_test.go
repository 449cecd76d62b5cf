package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
	"postern/content/problem"
	"postern/content/settings"
	"postern/sshapp/page/theme"
)

// open opens a blog whose theme is its own style sheet, with a post and a draft that both have a mistake.
func open(t *testing.T) *Site {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"postern.toml": "theme = \"own.json\"\n",
		"own.json":     `{"h1": {"color": "1"}}`,
		"a.md":         "---\ntitle: A\ndate: 2024-01-02\ntags: [x\n---\n\n[B](missing.md)\n",
		"b.md":         "---\ntitle: B\ndate: 2024-01-03\ndraft: true\n---\n\n[B](missing.md)\n",
	} {
		write(t, filepath.Join(dir, name), text)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTheme: a style sheet that is not valid leaves the theme as it was, and is reported once.
func TestTheme(t *testing.T) {
	s := open(t)
	b := s.Blog(1 << 20)
	if b.Theme() != theme.Terminal() {
		t.Errorf("at first the theme is %s", b.Theme().Name)
	}
	if problems := s.UpdateTheme(); len(problems) > 0 || b.Theme().Name != "own.json" {
		t.Errorf("the theme is %s, %v", b.Theme().Name, problems)
	}
	first := b.Theme()
	if s.UpdateTheme(); b.Theme() != first {
		t.Error("the theme is made again, and nothing has changed")
	}
	write(t, filepath.Join(s.Name, "own.json"), "{")
	if problems := s.UpdateTheme(); len(problems) != 1 || problems[0].File != settings.File || problems[0].Line != 1 {
		t.Errorf("a broken style sheet: %v", problems)
	}
	if problems := s.UpdateTheme(); len(problems) != 0 || b.Theme() != first {
		t.Errorf("again: %v, %s", problems, b.Theme().Name)
	}
}

func TestAuthor(t *testing.T) {
	a := &Author{Site: open(t), Moment: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}
	posts := a.Blog(1 << 20).Edition
	if n := len(posts().Posts()); n != 1 {
		t.Errorf("without drafts there are %d posts", n)
	}
	a.Drafts = true
	if n := len(posts().Posts()); n != 2 {
		t.Errorf("with drafts there are %d", n)
	}
	if first, second := posts(), posts(); first != second {
		t.Error("the edition with drafts is made for each call")
	}
	problems := a.Problems("a.md")
	if len(problems) != 2 || problems[0].Severity != problem.Error || problems[1].Severity != problem.Warning {
		t.Errorf("of a.md: %v", problems)
	}
	if problems := a.Problems(""); len(problems) != 1 {
		t.Errorf("of all files, without their text: %v", problems)
	}
}

func TestFixed(t *testing.T) {
	scan, err := content.NewScan(fstest.MapFS{"x.txt": {}})
	if err != nil {
		t.Fatal(err)
	}
	s := Fixed("the blog", scan)
	if w := s.EmptyWarning(); !strings.HasPrefix(w, "no posts in the blog: ") || !strings.Contains(w, "1 files were left out") {
		t.Errorf("%q", w)
	}
	if s.PostsDir() != "the blog" {
		t.Error(s.PostsDir())
	}
}
