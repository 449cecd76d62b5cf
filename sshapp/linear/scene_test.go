package linear_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/linear"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// today is the time in all tests of this package.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// exampleBlog returns the blog in testdata, which has one of each kind of block.
func exampleBlog(t testing.TB) fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/blog.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range a.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// load returns a blog, and a func that replaces its files.
func load(t testing.TB, fsys fs.FS) (b *blog.Blog, replace func(fs.FS)) {
	t.Helper()
	lib, err := content.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	b = &blog.Blog{
		Edition: func() *content.Edition { return lib.At(today) },
		Theme:   theme.Terminal, Pages: page.NewCache(1 << 20),
	}
	return b, func(fsys fs.FS) {
		if lib, err = content.Load(fsys); err != nil {
			t.Fatal(err)
		}
	}
}

// TestScenes checks sessions against the archives in testdata/scenes. Each file of an archive is one session, named by the size
// of the terminal and, if it begins with a post, its address. A line that begins with ">" is typed; the others are printed.
// UPDATE=1 rewrites the files.
func TestScenes(t *testing.T) {
	names, err := filepath.Glob("testdata/scenes/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no scenes", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(today))
				a, err := txtar.ParseFile(name)
				if err != nil {
					t.Fatal(err)
				}
				for i, f := range a.Files {
					a.Files[i].Data = []byte(play(t, f.Name, string(f.Data)))
					if got := string(a.Files[i].Data); got != string(f.Data) && os.Getenv("UPDATE") == "" {
						t.Errorf("%s is\n%s\nand should be\n%s", f.Name, got, f.Data)
					}
				}
				if os.Getenv("UPDATE") != "" {
					if err := os.WriteFile(name, txtar.Format(a), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			})
		})
	}
}

// play returns the text of a session with the lines that a script types.
func play(t *testing.T, head, script string) string {
	var width, height int
	size, at, _ := strings.Cut(head, " ")
	if _, err := fmt.Sscanf(size, "%dx%d", &width, &height); err != nil {
		t.Fatalf("scene %q: %v", head, err)
	}
	shown, _ := load(t, exampleBlog(t))
	session := linear.New(shown, blog.Reader{Host: "blog.example.com"}, at)
	session.Resize(width, height)
	var b strings.Builder
	b.WriteString(session.Greeting() + session.Prompt() + "\n")
	for line := range strings.Lines(script) {
		typed, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), ">")
		if !ok {
			continue
		}
		b.WriteString(strings.TrimRight("> "+strings.TrimSpace(typed), " ") + "\n")
		b.WriteString(session.Answer(typed))
		if session.HasQuit() {
			break
		}
		b.WriteString(session.Prompt() + "\n")
	}
	return b.String()
}
