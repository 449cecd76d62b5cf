package content

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"postern/content/settings"
)

// mixed are blogs in which posts have much to do with one another.
var mixed = []map[string]string{
	numbered(100),
	{
		settings.File: "language = \"en\"\npages = [\"about\"]\nauthor = \"Ada\"\n",
		"a.md":        dated, "b.md": dated, "sub/a.md": dated, "about.md": "Me.\n", "a.fr.md": dated, "draft.md": "---\ntitle: T\ndraft: true\n---\nx",
		"c.md": "---\ntitle: A\ndate: 2024-02-01\naliases: [b, old]\ntags: [x, y]\n---\n[a](a.md)", "d.md": "---\ntitle: A\ndate: 2024-02-01\nslug: c\n---\nx",
		"e.md": "---\ntitle: a: b\n---\nx", "f.md": "---\ntitle: F\ndate: 2024-03-01\nexpires: 2025-01-01\nauthor: Grace\n---\nx", "g.md": "---\ndate: 2024-13-01\n---\nx",
	},
	{"_config.yml": "", "_posts/2025-01-02-one.md": "---\ntitle: One\ntags: x y\n---\nx\n", "_posts/2025-01-03-two.md": "---\ntitle: Two\ntags: y\n---\nx\n", "about.md": "---\ntitle: About\n---\nx"},
	{"content/posts/one.md": dated, "content/posts/one.es.md": dated, "content/posts/two/index.md": dated, "content/about.md": "x", "notes/x.md": "x"},
}

// eachBlog calls f for the mixed blogs, and for those of the corpus if it is there.
func eachBlog(t *testing.T, f func(t *testing.T, fsys fs.FS)) {
	for i, files := range mixed {
		t.Run(fmt.Sprint(i), func(t *testing.T) { f(t, fsOf(files)) })
	}
	if os.Getenv("POSTERN_CORPUS") != "" {
		for _, name := range blogs(t) {
			t.Run(name, func(t *testing.T) { f(t, rooted(t, filepath.Join(corpus(t), name))) })
		}
	}
}

// TestReplaceIsAssemble: where posts can be replaced one by one, that makes the library that would be made anew. The text of
// each post of each blog is changed.
func TestReplaceIsAssemble(t *testing.T) {
	eachBlog(t, func(t *testing.T, fsys fs.FS) {
		l, err := Read(fsys)
		if err != nil {
			t.Fatal(err)
		}
		replaced := 0
		for batch := range slices.Chunk(l.posts, maxReplaced) {
			in := l.inputs
			in.sources = slices.Clone(in.sources)
			n := 0
			for _, p := range batch {
				i := slices.Index(l.sources, p.source)
				now := parse(p.source.file, []byte(p.Raw()+"\n\nOne line more, and `code`.\n"), l.parseOptions)
				if sameForOthers(p.source, now) {
					in.sources[i] = now
					n++
				}
			}
			if got := replace(l, in); got == nil || !reflect.DeepEqual(got, assemble(in)) {
				t.Fatalf("after %s, the library is another than one that is made anew", batch[0].Path)
			}
			replaced += n
		}
		if 2*replaced < len(l.posts) {
			t.Errorf("%d of %d posts are replaced", replaced, len(l.posts))
		}
	})
}

// TestWithIsLoad: a library with a file in it is what would be loaded if the file were there. Of each blog some files are taken
// away, and put back, with their text or with another one.
func TestWithIsLoad(t *testing.T) {
	said := func(l *Library) string {
		data, err := json.Marshal(l.Report())
		if err != nil {
			t.Fatal(err)
		}
		e := l.At(someday)
		return fmt.Sprint(string(data), l.Root(), slugsOf(e.Posts()), slugsOf(e.Pages()), reached(e))
	}
	for i, files := range mixed[1:] {
		for name, text := range files {
			if filepath.Ext(name) != ".md" {
				continue
			}
			without := maps.Clone(files)
			delete(without, name)
			for _, text := range []string{text, "---\ntitle: New\ndate: 2020-01-01\nslug: a\n---\nx\n", "# Only a text\n"} {
				with := maps.Clone(files)
				with[name] = text
				want := said(blog(t, with))
				for _, before := range []map[string]string{files, without} {
					l, err := Load(fsOf(before))
					if err != nil {
						t.Fatal(err)
					}
					was := said(l)
					if got := said(l.With(name, text)); got != want {
						t.Errorf("blog %d, %s of %q:\ngot  %s\nwant %s", i, name, text, got, want)
					}
					if said(l) != was {
						t.Errorf("blog %d, %s: the library itself has changed", i, name)
					}
				}
			}
		}
	}
}

// TestWithKeeps: a file that is shown as it was, since it is broken or can't be read, stays so.
func TestWithKeeps(t *testing.T) {
	files := fstest.MapFS{"a.md": {Data: []byte(dated)}, "big.md": {Data: make([]byte, MaxFile+1)}}
	c := &changing{t: t}
	c.show(NewScan(files))
	files["a.md"] = &fstest.MapFile{Data: []byte("---\ntitle: a: b\ndate: 2024-01-02\n---\nworse\n"), ModTime: time.Now()}
	l := c.show(c.scan.Reload(files)).With("a.fr.md", dated)
	if p := post(t, l, "a.md"); p.Title != "T" || len(l.LeftOut()) != 1 {
		t.Errorf("the title is %q, left out: %v", p.Title, l.LeftOut())
	}
}

// TestAtAfter: an edition after another is what it would be alone, and what has been counted is not counted again.
func TestAtAfter(t *testing.T) {
	l := blog(t, map[string]string{
		"a.md": "---\ndate: 2024-01-01\ntags: [x]\n---\nx", "b.md": "---\ndate: 2024-02-01\nexpires: 2024-04-01\n---\nx", "c.md": "---\ndate: 2024-03-01\n---\nx",
		"pages/p.md": "x", "pages/q.md": "---\nexpires: 2024-02-15\n---\nx", "u.md": "---\ndate: 2024-01-15\nunlisted: true\n---\nx",
	})
	var moments []time.Time
	for day := at("2023-12-25T00:00:00Z"); day.Before(at("2024-04-10T00:00:00Z")); day = day.AddDate(0, 0, 5) {
		moments = append(moments, day)
	}
	for _, first := range moments {
		for _, then := range moments {
			before := l.At(first)
			got, want := l.AtAfter(before, then), l.At(then)
			if !slices.Equal(got.Posts(), want.Posts()) || !slices.Equal(got.Pages(), want.Pages()) || got.now != want.now || !got.Equal(want) {
				t.Errorf("at %s after %s: %v, want %v", then, first, slugsOf(got.Posts()), slugsOf(want.Posts()))
			}
			if same := got.topics == before.topics; same != (!then.Before(first) && before.Equal(want)) {
				t.Errorf("at %s after %s: counted once: %t", then, first, same)
			}
		}
	}
	if e := l.AtAfter(l.All(), moments[0]); len(e.Posts()) > 0 {
		t.Errorf("after all: %v", slugsOf(e.Posts()))
	}
	if e := l.AtAfter(blog(t, nil).At(someday), someday); len(e.Posts()) != 2 {
		t.Errorf("after another library: %v", slugsOf(e.Posts()))
	}
}
