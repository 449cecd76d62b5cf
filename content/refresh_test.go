package content

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content/problem"
	"postern/content/settings"
)

// However a library came about, it says what one says that is loaded from nothing.
func TestRefreshIsLoad(t *testing.T) {
	c := newChanging(t, numbered(20))
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"p1.md", "p2.md", "p3.md", "new.md", "sub/a.md", "sub/a.fr.md", "pic.png", ".swp", "_posts/2020-01-01-x.md", "en/b.md", "about.md",
		"other/pic.png", settings.File, "README.md", "theme.json", "nested/deep/c.md"}
	matters := []string{"", "", "", "", "slug: mine\n", "aliases: [old, p4]\n", "draft: true\n", "lang: fr\n", "expires: 2025-01-01\n", "layout: page\n"}
	said := func(l *Library) string {
		data, err := json.Marshal(l.Report())
		if err != nil {
			t.Fatal(err)
		}
		e := l.At(someday)
		return fmt.Sprint(string(data), l.Settings().Title, l.Root(), slugsOf(e.Posts()), slugsOf(e.Pages()), e.Resolve(&Post{}, "pic.png"), len(e.Search("word")), l.Directories(), reached(e))
	}
	for step := range 400 {
		var touched []string
		for range 1 + rng.IntN(3) {
			name := names[rng.IntN(len(names))]
			file := filepath.Join(c.dir, name)
			touched = append(touched, name)
			switch rng.IntN(4) {
			case 0:
				os.Remove(file)
			case 1:
				os.MkdirAll(filepath.Dir(file), 0o700)
				other := names[rng.IntN(len(names)-1)]
				if strings.HasSuffix(name, ".md") == strings.HasSuffix(other, ".md") && name != settings.File {
					os.Rename(filepath.Join(c.dir, other), file)
					touched = append(touched, other)
				}
			default:
				os.MkdirAll(filepath.Dir(file), 0o700)
				title, day, matter := fmt.Sprint("T", step), 1+rng.IntN(28), matters[rng.IntN(len(matters))]
				if step%4 > 0 { // most changes are of the text alone
					title, day, matter = "T", len(name), matters[len(name)%len(matters)]
				}
				text := fmt.Sprintf("---\ntitle: %s\ndate: 2024-01-%02d\ntags: [t%d]\n%s---\nword %d\n", title, day, rng.IntN(3), matter, step)
				if name == settings.File {
					text = fmt.Sprintf("title = \"T%d\"\ntimezone = %q\n", step, []string{"UTC", "Asia/Tokyo"}[rng.IntN(2)])
				}
				c.write(name, text)
			}
		}
		before := c.l
		c.refresh(touched...)
		fresh, err := Load(rooted(t, c.dir))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := said(c.l), said(fresh); got != want {
			t.Fatalf("step %d, after %v:\ngot  %s\nwant %s", step, touched, got, want)
		}
		if l := c.reload(); said(l) != said(fresh) {
			t.Fatalf("step %d: a reload says something else", step)
		}
		if changed := c.l.Since(before); c.l == before && len(changed) != 0 {
			t.Fatalf("step %d: the same library has changed: %v", step, changed)
		}
	}
}

// reached says what is found at each address, and beside each post.
func reached(e *Edition) (all []string) {
	for key := range e.library.address.slugs {
		all = append(all, key)
	}
	for key := range e.library.address.aliases {
		all = append(all, key)
	}
	slices.Sort(all)
	for _, p := range e.Posts() {
		if q := e.Resolve(&Post{}, p.Path).Post; q != nil {
			all = append(all, p.Path+" "+q.Body)
		}
	}
	for i, key := range all {
		if p, ok := e.Find(key); ok {
			all[i] += " " + p.Path + " " + p.Title + " " + p.Body
			for _, q := range e.Translations(p) {
				all[i] += " " + q.Lang + " " + q.Body
			}
		}
	}
	return all
}

// A change of a text leaves all other posts the same pointers, and the one that is replaced lets go of the one before.
func TestRefreshReplaces(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated, "b.md": dated, "about.md": "x"})
	before := c.l
	c.write("a.md", dated+"Other.\n")
	after := c.refresh("a.md")
	if post(t, after, "b.md") != post(t, before, "b.md") || post(t, after, "about.md") != post(t, before, "about.md") {
		t.Error("what has not changed is another post")
	}
	if p, ok := after.At(someday).Find("a"); !ok || p.Body != "x\nOther.\n" || post(t, before, "a.md").Body != "x\n" {
		t.Errorf("a.md is %q, and was %q", p.Body, post(t, before, "a.md").Body)
	}
}

// A library that would say the same is the same, so that looking costs readers nothing; what it opens lies where it was
// looked at last.
func TestReloadOfTheSame(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated, "b.md": "---\ntitle: a: b\n---\nx", "c.md": "---\ntitle: a: b\n---\nx", "pic.png": "1"})
	os.Remove(filepath.Join(c.dir, "c.md"))
	if err := os.Symlink("nowhere", filepath.Join(c.dir, "c.md")); err != nil {
		t.Fatal(err)
	}
	c.write("big.md", string(make([]byte, MaxFile+1)))
	before := c.reload()
	c.write("a.md", dated) // as it was
	if c.reload() != before {
		t.Error("it is another library")
	}
	if c.refresh("a.md", "b.md", "pic.png", ".a.md.swp", "gone~", "bad\xff") != before {
		t.Error("refreshed, it is another library")
	}
	elsewhere := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(c.dir, elsewhere); err != nil {
		t.Fatal(err)
	}
	if c.show(c.scan.Reload(rooted(t, elsewhere))) != before {
		t.Fatal("moved, it is another library")
	}
	moved := c.scan.In(fstest.MapFS{"pic.png": {Data: []byte("2")}}).Library()
	for l, want := range map[*Library]string{before: "1", moved: "2"} {
		f, err := l.Open("pic.png")
		if err != nil {
			t.Fatal(err)
		}
		if data, err := io.ReadAll(f); err != nil || string(data) != want {
			t.Errorf("the picture is %q, want %q: %v", data, want, err)
		}
		f.Close()
	}
	if len(moved.Since(before)) != 0 || len(moved.At(someday).Search("x")) != 2 {
		t.Error("a library with its files elsewhere says something else")
	}
}

func TestSince(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated, "b.md": dated, "c.md": dated, "e.md": dated})
	before := c.l
	c.write("b.md", dated+"more")
	c.write("d.md", dated)
	c.write("f.md", dated)
	os.Remove(filepath.Join(c.dir, "c.md"))
	after := c.reload()
	if got := after.Since(before); !slices.Equal(got, []string{"b.md", "c.md", "d.md", "f.md"}) {
		t.Errorf("changed: %v", got)
	}
	if got := before.Since(after); len(got) != 4 {
		t.Errorf("the other way round: %v", got)
	}
}

// A file that an editor has emptied to write it anew is what it was until that is done, or for two seconds.
func TestReloadOfHalfWritten(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated})
	before := c.l
	c.write("a.md", "")
	c.write("new.md", "")
	l := c.reload()
	if p := post(t, l, "a.md"); p.Raw() != dated || len(l.Problems()) > 0 {
		t.Errorf("it became %q; problems %v", p.Raw(), l.Problems())
	}
	if postAt(l, "new.md") != nil {
		t.Error("a post of no bytes is there")
	}
	if got := c.scan.Unsettled(); !slices.Equal(got, []string{"a.md", "new.md"}) {
		t.Errorf("to be read again: %v", got)
	}
	if c.reload() != l {
		t.Error("it changes although nothing has")
	}
	c.write("a.md", dated+"more\n")
	c.write("new.md", dated)
	l = c.reload()
	if len(c.scan.Unsettled()) > 0 || post(t, l, "a.md").Raw() != dated+"more\n" || postAt(l, "new.md") == nil {
		t.Errorf("written, it says %v", l.Report())
	}
	c.write("a.md", "")
	old := time.Now().Add(-3 * time.Second)
	if err := os.Chtimes(filepath.Join(c.dir, "a.md"), old, old); err != nil {
		t.Fatal(err)
	}
	if l = c.reload(); post(t, l, "a.md").Body != "" || len(c.scan.Unsettled()) > 0 {
		t.Error("what is left empty is empty")
	}
	if post(t, before, "a.md").Body == "" {
		t.Error("an older library has changed")
	}
}

// A file that changes whenever it is read is what it was, and to be read again; if it goes on, it is what it is.
func TestReloadOfRestless(t *testing.T) {
	files := fstest.MapFS{"a.md": {Data: []byte(dated)}}
	c := &changing{t: t}
	c.show(NewScan(files))
	files["a.md"] = &fstest.MapFile{Data: []byte(dated + "more\n"), ModTime: time.Now()}
	if l := c.show(c.scan.Reload(restless{files})); post(t, l, "a.md").Raw() != dated || len(c.scan.Unsettled()) != 1 {
		t.Errorf("it is %q", post(t, l, "a.md").Raw())
	}
	if l := c.show(c.scan.Reload(restless{files})); post(t, l, "a.md").Raw() == dated {
		t.Errorf("it is still %q", post(t, l, "a.md").Raw())
	}
}

// What lies in a directory that can't be read for a while stays what it was, and that is said.
func TestReloadOfUnreadableDirectory(t *testing.T) {
	files := fstest.MapFS{"a.md": {Data: []byte(dated)}, "sub/b.md": {Data: []byte(dated)}, "sub/x/c.md": {Data: []byte(dated)}, "sub/pic.png": {}}
	c := &changing{t: t}
	c.show(NewScan(files))
	locked := c.show(c.scan.Reload(forbidding{files, "sub"}))
	if locked.Len() != 3 || locked.At(someday).Resolve(&Post{}, "sub/pic.png").File == "" {
		t.Errorf("%d posts", locked.Len())
	}
	if e, ok := worst(locked.Problems(), problem.Error); !ok || e.File != "sub" {
		t.Errorf("problems: %v", locked.Problems())
	}
	if c.show(c.scan.Reload(forbidding{files, "sub"})) != locked {
		t.Error("it changes although nothing has")
	}
	scan := c.scan
	if open := c.show(c.scan.Reload(files)); open.Len() != 3 || len(open.Problems()) > 0 {
		t.Errorf("readable again: %d posts, %v", open.Len(), open.Problems())
	}
	delete(files, "sub/b.md")
	if l := c.show(scan.Reload(files)); l.Len() != 2 {
		t.Errorf("%d posts", l.Len())
	}
}

// forbidding is a file system with a directory that can't be read.
type forbidding struct {
	fstest.MapFS
	dir string
}

func (f forbidding) Open(name string) (fs.File, error) {
	if name == f.dir || strings.HasPrefix(name, f.dir+"/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("permission denied")}
	}
	return f.MapFS.Open(name)
}
