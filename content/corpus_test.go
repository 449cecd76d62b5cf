package content

import (
	"bufio"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/sanitize"
)

// corpus returns the directory of real blogs that POSTERN_CORPUS names.
func corpus(t testing.TB) string {
	dir := os.Getenv("POSTERN_CORPUS")
	if dir == "" {
		t.Skip("POSTERN_CORPUS names no directory of blogs to read")
	}
	return dir
}

// rooted opens a directory as serve does: links that lead out of it lead nowhere.
func rooted(t testing.TB, dir string) fs.FS {
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root.FS()
}

func blogs(t testing.TB) []string {
	entries, err := os.ReadDir(corpus(t))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), "_") {
			names = append(names, e.Name())
		}
	}
	return names
}

// A published blog has no errors, and every Markdown file of it is a post, a page, or left out for a reason.
func TestCorpusLosesNothing(t *testing.T) {
	dir := corpus(t)
	t.Logf("%-18s %6s %6s %6s %6s %6s %6s %6s  %s", "blog", "posts", "pages", "drafts", "left", "errors", "warn", "ms", "root")
	for _, blog := range blogs(t) {
		fsys := rooted(t, filepath.Join(dir, blog))
		start := time.Now()
		l, err := Load(fsys)
		took := time.Since(start)
		if err != nil {
			t.Errorf("%s: %v", blog, err)
			continue
		}
		var posts, pages, drafts, errs, warnings int
		known := map[string]bool{}
		for _, p := range l.posts {
			known[p.Path] = true
			switch {
			case p.Draft:
				drafts++
			case p.Page:
				pages++
			default:
				posts++
			}
		}
		for _, p := range l.Problems() {
			if p.Severity == problem.Error {
				errs++
				t.Errorf("%s: %s", blog, p)
			} else {
				warnings++
			}
		}
		for _, o := range l.LeftOut() {
			known[o.Path] = true
		}
		fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && discover.IsMarkdown(name) && !known[sanitize.FileName(name)] {
				t.Errorf("%s: %s is neither a post nor left out", blog, name)
			}
			return nil
		})
		t.Logf("%-18s %6d %6d %6d %6d %6d %6d %6d  %s", blog, posts, pages, drafts, len(l.LeftOut()), errs, warnings, took.Milliseconds(), l.Root())
	}
}

// A golden is what a post's own generator makes of it.
type golden map[string]string

func goldens(t *testing.T) []golden {
	f, err := os.Open(filepath.Join(corpus(t), "golden.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []golden
	var head []string
	s := bufio.NewScanner(f)
	for s.Scan() {
		cells := strings.Split(s.Text(), "\t")
		if head == nil {
			head = cells
			continue
		}
		row := golden{}
		for i, c := range cells {
			row[head[i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}

func TestCorpusGolden(t *testing.T) {
	loaded := map[string]*Library{}
	load := func(dir string) *Library {
		if loaded[dir] == nil {
			l, err := Load(rooted(t, filepath.Join(corpus(t), dir)))
			if err != nil {
				t.Fatal(err)
			}
			loaded[dir] = l
		}
		return loaded[dir]
	}
	slugs := 0
	rows := goldens(t)
	for _, g := range rows {
		blog, name, _ := strings.Cut(g["path"], "/")
		p := postAt(load(blog), name)
		if p == nil { // the generator does not publish it either: it is read where someone points at its directory
			t.Logf("%s: left out of its site, read on its own", g["path"])
			dir, base := path.Split(g["path"])
			if p = postAt(load(path.Clean(dir)), base); p == nil {
				t.Errorf("%s: lost", g["path"])
				continue
			}
		}
		title := g["title"]
		if g["title_from"] == "filename" { // a title made of a file's name begins with a capital
			title = discover.Title(title)
		}
		for _, c := range []struct{ what, got, want string }{
			{"title", p.Title, title},
			{"date", p.Day, g["date"]},
			{"draft", map[bool]string{true: "true", false: "false"}[p.Draft], g["draft"]},
			{"lang", p.Lang, g["lang"]},
			{"tags", strings.Join(p.Tags, "|"), g["tags"]},
			{"categories", strings.Join(p.Categories, "|"), g["categories"]},
		} {
			if c.what == "categories" && !strings.HasPrefix(g["source"], "run") {
				continue // they were made of directories, by no generator
			}
			if c.got != c.want {
				t.Errorf("%s: %s %q, want %q", g["path"], c.what, c.got, c.want)
			}
		}
		if p.Slug == g["slug"] {
			slugs++
		} else {
			t.Logf("%s: slug %q, its generator's %q", g["path"], p.Slug, g["slug"])
		}
	}
	t.Logf("%d of %d slugs are the generator's", slugs, len(rows))
}

func postAt(l *Library, name string) *Post {
	for _, p := range l.posts {
		if p.Path == name {
			return p
		}
	}
	return nil
}
