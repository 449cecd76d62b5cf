package content

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postern/content/problem"
	"postern/content/settings"
)

// A directory on disk, changed under a library.
type changing struct {
	t    *testing.T
	dir  string
	scan *Scan
	l    *Library // of scan
}

func newChanging(t *testing.T, files map[string]string) *changing {
	c := &changing{t: t, dir: t.TempDir()}
	data := map[string][]byte{}
	for name, text := range files {
		data[name] = []byte(text)
	}
	writeAll(t, c.dir, data)
	c.show(NewScan(rooted(t, c.dir)))
	return c
}

func (c *changing) write(name, text string) {
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func (c *changing) reload() *Library {
	c.t.Helper()
	return c.show(c.scan.Reload(rooted(c.t, c.dir)))
}

func (c *changing) refresh(names ...string) *Library {
	c.t.Helper()
	return c.show(c.scan.Refresh(rooted(c.t, c.dir), names))
}

func (c *changing) show(scan *Scan, err error) *Library {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	c.scan, c.l = scan, scan.Library()
	return c.l
}

// Only what has changed is parsed again.
func TestReloadParsesChangesAlone(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated, "b.md": dated, "c.md": dated})
	before := c.l
	c.write("b.md", "---\ntitle: New\ndate: 2024-01-02\n---\nx unheard\n")
	c.write("d.md", dated)
	os.Remove(filepath.Join(c.dir, "c.md"))
	after := c.reload()
	if before.sourceOf("a.md") != after.sourceOf("a.md") {
		t.Error("a.md was parsed again")
	}
	if got := slugsOf(after.posts); !slices.Equal(got, []string{"a", "b", "d"}) {
		t.Errorf("got %v", got)
	}
	if post(t, after, "b.md").Title != "New" || post(t, before, "b.md").Title != "T" {
		t.Error("b.md should be new in the new library alone")
	}
	if hits := after.At(someday).Search("unheard"); len(hits) != 1 || len(before.At(someday).Search("unheard")) != 0 {
		t.Errorf("search finds %v", hits)
	}
	if hits := after.At(someday).Search("t"); len(hits) != 2 {
		t.Errorf("search finds %d posts, and should not find what has gone", len(hits))
	}
}

// A change that leaves size and time as they were is seen if it may have happened just after the file was read.
func TestReloadSeesQuickChanges(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated})
	now := time.Now()
	for _, title := range []string{"U", "V", "W"} {
		c.write("a.md", "---\ntitle: "+title+"\ndate: 2024-01-02\n---\nx\n")
		if err := os.Chtimes(filepath.Join(c.dir, "a.md"), now, now); err != nil {
			t.Fatal(err)
		}
		if got := post(t, c.reload(), "a.md").Title; got != title {
			t.Errorf("title %s, want %s", got, title)
		}
	}
}

// What breaks stays as it was, with its problem, until it is mended or taken away.
func TestReloadKeepsTheLastGoodVersion(t *testing.T) {
	good := "---\ntitle: Good\ndate: 2024-01-02\n---\nfine\n"
	broken := "---\ntitle: Bad: bad\ndate: 2024-01-02\n---\nworse\n"
	c := newChanging(t, map[string]string{"a.md": good, "b.md": broken})
	if p := post(t, c.l, "b.md"); p.Title != "Bad: bad" {
		t.Errorf("what was never good is shown as it is: %s", p.Title)
	}
	for range 3 {
		c.write("a.md", broken)
		l := c.reload()
		if p := post(t, l, "a.md"); p.Title != "Good" || p.Body != "fine\n" {
			t.Errorf("it became %q, %q", p.Title, p.Body)
		}
		if e, ok := worst(l.Problems(), problem.Error); !ok || e.File != "a.md" || e.Line != 2 {
			t.Errorf("its problem: %v", l.Problems())
		}
		if hits := l.At(someday).Search("fine"); len(hits) != 1 {
			t.Errorf("search finds %d", len(hits))
		}
	}
	c.write("a.md", good)
	if l := c.reload(); len(l.Problems()) != 1 || post(t, l, "a.md").Title != "Good" {
		t.Errorf("mended: %v", l.Problems())
	}
	c.write("a.md", "---\ntitle: Good\ndate: 2024-13-02\n---\nfine\n")
	if p := post(t, c.reload(), "a.md"); p.Day != "2024-01-02" {
		t.Errorf("with a date that is none, its day is %q", p.Day)
	}
	if err := os.Rename(filepath.Join(c.dir, "a.md"), filepath.Join(c.dir, "c.md")); err != nil {
		t.Fatal(err)
	}
	l := c.reload()
	if p := post(t, l, "c.md"); p.Day != "2024-01-02" || p.Slug != "c" || postAt(l, "a.md") != nil {
		t.Errorf("with another name its day is %q, and its slug %q", p.Day, p.Slug)
	}
	if !slices.ContainsFunc(l.Problems(), func(p problem.Problem) bool { return p.File == "c.md" && p.Severity == problem.Error }) {
		t.Errorf("with another name its problems are %v", l.Problems())
	}
	os.Remove(filepath.Join(c.dir, "c.md"))
	if l := c.reload(); postAt(l, "c.md") != nil {
		t.Error("it was taken away, and is there")
	}
}

// A file that can't be read any more is a problem, and its post stays.
func TestReloadUnreadable(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated, "b.md": dated})
	c.write("a.md", string(make([]byte, MaxFile+1)))
	l := c.reload()
	if post(t, l, "a.md").Title != "T" {
		t.Error("the post has gone")
	}
	if e, ok := worst(l.Problems(), problem.Error); !ok || e.File != "a.md" {
		t.Errorf("got %v", l.Problems())
	}
}

// Settings and neighbours count too: what they decide is decided anew.
func TestReloadWithOtherSettings(t *testing.T) {
	c := newChanging(t, map[string]string{"a.md": dated, "b.fr.md": dated})
	c.write(settings.File, "timezone = \"Asia/Tokyo\"\n")
	if p := post(t, c.reload(), "a.md"); p.Time.UTC().Format(time.DateTime) != "2024-01-01 15:00:00" {
		t.Errorf("time %s", p.Time)
	}
	before := c.l.sourceOf("a.md")
	if c.reload().sourceOf("a.md") != before {
		t.Error("with a timezone, everything is parsed anew each time")
	}
	c.write("c.fr.md", dated)
	c.write("c.md", dated)
	l := c.reload()
	if tr := l.At(someday).Translations(post(t, l, "c.md")); len(tr) != 1 {
		t.Errorf("translations %v", slugsOf(tr))
	}
}

// A directory of posts that holds none is an error, whatever lies beside it; a blog that was there before stays.
func TestNoSuchPosts(t *testing.T) {
	files := map[string]string{"posts/a.md": dated, "about.md": "---\ntitle: About\n---\nx\n"}
	c := newChanging(t, files)
	if err := os.Mkdir(filepath.Join(c.dir, "img"), 0o700); err != nil {
		t.Fatal(err)
	}
	c.write("img/x.png", "x")
	for _, name := range []string{"nope", "img"} {
		text := "title = \"New\"\nposts = \"" + name + "\"\n"
		fresh := blog(t, map[string]string{"posts/a.md": dated, "about.md": files["about.md"], "img/x.png": "x", settings.File: text})
		c.write(settings.File, text)
		for range 2 {
			for _, l := range []*Library{fresh, c.reload()} {
				if e, ok := worst(l.Problems(), problem.Error); !ok || e.Line != 2 || !strings.Contains(e.Message, "holds no Markdown") {
					t.Errorf("%s: %v", name, l.Problems())
				}
			}
			if got := slugsOf(c.l.At(someday).Posts()); !slices.Equal(got, []string{"a"}) || c.l.Settings().Title != "New" {
				t.Errorf("%s: the blog has become %v", name, got)
			}
			c.write("about.md", files["about.md"]+"more")
			c.write("new.md", "x")
		}
		os.Remove(filepath.Join(c.dir, "new.md"))
	}
	c.write("img/b.md", dated)
	if l := c.reload(); len(l.Problems()) > 0 || !slices.Equal(slugsOf(l.At(someday).Posts()), []string{"b"}) {
		t.Errorf("with posts there: %v, %v", slugsOf(l.At(someday).Posts()), l.Problems())
	}
}

func TestBereft(t *testing.T) {
	const page = "---\ntitle: About\n---\nx\n"
	before := map[string]string{"posts/a.md": dated, "posts/b.md": dated, "about.md": page}
	for name, c := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"the same":             {before, false},
		"one gone":             {map[string]string{"posts/a.md": dated, "about.md": page}, false},
		"a page left":          {map[string]string{"about.md": page}, true},
		"a page and a draft":   {map[string]string{"about.md": page, "_drafts/x.md": dated}, true},
		"nothing left":         {map[string]string{}, true},
		"all at another place": {map[string]string{"blog/a.md": dated, "blog/b.md": dated, "about.md": page}, false},
		"made a draft":         {map[string]string{"posts/a.md": "---\ndraft: true\n---\nx", "about.md": page}, false},
	} {
		if got := blog(t, c.files).LostAll(blog(t, before)); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if empty := blog(t, nil); empty.LostAll(empty) || blog(t, before).LostAll(empty) {
		t.Error("what was empty has lost nothing")
	}
	if !blog(t, nil).LostAll(blog(t, map[string]string{"_drafts/x.md": dated})) {
		t.Error("a draft alone is lost too")
	}
}

// Many reloads later, the index still finds everything once, and has not grown.
func TestReloadKeepsTheIndexSmall(t *testing.T) {
	c := newChanging(t, numbered(100))
	first := c.l.index.Size()
	for i := range 200 {
		c.write("p7.md", "---\ndate: 2000-01-08\ntags: [t1]\n---\nx"+string(rune('a'+i%26))+"\n")
		c.reload()
	}
	if hits := c.l.At(someday).Search("x"); len(hits) != 100 {
		t.Errorf("%d hits", len(hits))
	}
	if now := c.l.index.Size(); now > 2*first {
		t.Errorf("the index has grown from %d to %d bytes", first, now)
	}
}
