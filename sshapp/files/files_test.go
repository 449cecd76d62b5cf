package files

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"postern/content"
	"postern/content/settings"
)

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// site is a blog with one of each kind of file that a tree distinguishes.
func site() fstest.MapFS {
	files := fstest.MapFS{
		"postern.toml":                 {Data: []byte("title = \"A test\"\nlanguage = \"en\"\n")},
		"content/posts/bread.md":       {Data: []byte("---\ntitle: On bread\ndate: 2026-11-20\naliases: [/loaf/]\n---\n\n![A loaf](loaf.png) and [a film](/film.mp4)\n")},
		"content/posts/salt/index.md":  {Data: []byte("---\r\ntitle: Salt\r\ndate: 2026-11-19\r\n---\r\n\r\n![](grain.jpg) ![again](../loaf.png)\r\n")},
		"content/posts/bread.de.md":    {Data: []byte("---\ntitle: Vom Brot\ndate: 2026-11-20\n---\n\nText. ![](loaf.png)\n")},
		"content/posts/draft.md":       {Data: []byte("---\ndate: 2026-11-01\ndraft: true\n---\n\n![](secret.png)\n")},
		"content/posts/future.md":      {Data: []byte("---\ndate: 2027-01-01\n---\n\n![](future.png)\n")},
		"content/posts/hidden.md":      {Data: []byte("---\ndate: 2026-11-02\nunlisted: true\n---\n\n![](hidden.png)\n")},
		"content/posts/odd.md":         {Data: []byte("---\ndate: 1931-05-01\n---\n\n[a template](/theme.html) [settings](/postern.toml) [out](../../../etc/passwd.png) `![](code.png)` ![](//example.com/x.png)\n")},
		"content/about.md":             {Data: []byte("---\ntitle: About\nlayout: page\n---\n\nWho I am.\n")},
		"content/posts/salt/grain.jpg": {Data: []byte("a grain")},
		"static/film.mp4":              {Data: []byte("a film")},
		"theme.html":                   {Data: []byte("<html>")},
	}
	for _, name := range []string{"loaf", "secret", "future", "hidden", "code"} {
		files["content/posts/"+name+".png"] = &fstest.MapFile{Data: []byte("a picture: " + name)}
	}
	return files
}

func load(t testing.TB, files fs.FS) *content.Library {
	t.Helper()
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func treeOf(t testing.TB, files fs.FS) *Tree {
	t.Helper()
	lib := load(t, files)
	return NewSource(func() *content.Edition { return lib.At(today) }, nowhere, "key").Tree(nil)
}

// names returns the paths of all files of a file system.
func names(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTree(t *testing.T) {
	tree := treeOf(t, site())
	want := []string{
		"feed.json", "feed.xml",
		"images/content/posts/loaf.png", "images/content/posts/salt/grain.jpg", "images/static/film.mp4",
		"posts/about.md", "posts/bread.md", "posts/de/bread.md", "posts/odd.md", "posts/salt.md",
	}
	if got := names(t, tree); !slices.Equal(got, want) {
		t.Errorf("it holds\n%q, not\n%q", got, want)
	}
	if err := fstest.TestFS(tree, want...); err != nil {
		t.Error(err)
	}
}

func TestTreeHolds(t *testing.T) {
	files := site()
	tree := treeOf(t, files)
	tests := []struct{ name, holds string }{ // nothing for what isn't there
		{"posts/bread.md", "content/posts/bread.md"},
		{"posts/loaf.md", "content/posts/bread.md"},
		{"posts/BREAD.md", "content/posts/bread.md"},
		{"posts/de/bread.md", "content/posts/bread.de.md"},
		{"posts/salt.md", "content/posts/salt/index.md"},
		{"posts/hidden.md", "content/posts/hidden.md"},
		{"images/static/film.mp4", "static/film.mp4"},
		{"posts/draft.md", ""},
		{"posts/future.md", ""},
		{"posts/bread", ""},
		{"posts/x/bread.md", ""},
		{"posts/fr/bread.md", ""},
		{"posts/.md", ""},
		{"posts/\x00.md", ""},
		{"posts/\xff.md", ""},
		{"posts/" + strings.Repeat("x", 1<<20) + ".md", ""},
		{"posts/" + strings.Repeat("x/", 1<<19) + "y.md", ""},
		{"images/content/posts/secret.png", ""},
		{"images/content/posts/future.png", ""},
		{"images/content/posts/hidden.png", ""},
		{"images/content/posts/code.png", ""},
		{"images/theme.html", ""},
		{"images/postern.toml", ""},
		{"images/../postern.toml", ""},
		{"../postern.toml", ""},
		{"/etc/passwd", ""},
		{"content/posts/bread.md", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, err := fs.ReadFile(tree, tt.name)
		if tt.holds == "" {
			if err == nil {
				t.Errorf("%.40q holds %q", tt.name, got)
			}
			continue
		}
		if want := files[tt.holds].Data; err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q holds %q, not %q (%v)", tt.name, got, want, err)
		}
	}
}

func TestTreeIsReadOnly(t *testing.T) {
	err := fs.WalkDir(treeOf(t, site()), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil || info.Mode().Perm()&0o222 != 0 || info.ModTime().Before(epoch) || !info.ModTime().Equal(info.ModTime().Truncate(time.Second)) {
			t.Errorf("%s: %v, %v", name, info, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestPictureChanges(t *testing.T) {
	files := site()
	tree := treeOf(t, files)
	f, err := tree.Open("images/content/posts/loaf.png")
	if err != nil {
		t.Fatal(err)
	}
	files["content/posts/loaf.png"] = &fstest.MapFile{Data: []byte("longer than what it was before")}
	if _, err := io.ReadAll(f); !errors.Is(err, errChanged) {
		t.Errorf("another picture is read on: %v", err)
	}
	delete(files, "content/posts/loaf.png")
	if _, err := f.(io.ReaderAt).ReadAt(make([]byte, 4), 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a picture that is gone: %v", err)
	}
}

func TestTreeIsShared(t *testing.T) {
	files := site()
	lib := load(t, files)
	now := today
	s := NewSource(func() *content.Edition { return lib.At(now) }, nowhere, "key")
	first := s.Tree(nil)
	now = today.Add(time.Hour)
	if s.Tree(nil).snapshot != first.snapshot {
		t.Error("a tree is made again though nothing has changed")
	}
	now = today.AddDate(1, 0, 0)
	if _, err := fs.Stat(s.Tree(nil), "posts/future.md"); err != nil {
		t.Error(err)
	}
	if _, err := fs.Stat(first, "posts/future.md"); err == nil {
		t.Error("a tree changes")
	}
}

// TestTreeIsDropped: a library that was replaced is freed some time after the last client has read from it.
func TestTreeIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := load(t, site())
		s := NewSource(func() *content.Edition { return lib.At(today) }, nowhere, "key")
		tree := s.Tree(nil)
		time.Sleep(snapshotLifetime - time.Second)
		if s.Tree(nil).snapshot != tree.snapshot {
			t.Error("a tree that is looked at is made again")
		}
		time.Sleep(snapshotLifetime + time.Second)
		if s.Tree(nil).snapshot == tree.snapshot {
			t.Error("a tree that nobody has looked at is still there")
		}
	})
}

func archive(t testing.TB, tree *Tree) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := tree.Archive(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// extract reads an archive, and checks that its paths are safe to extract.
func extract(t *testing.T, data []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	r := tar.NewReader(bytes.NewReader(data))
	last := ""
	for {
		h, err := r.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		name, ok := strings.CutPrefix(h.Name, "blog/")
		if !ok || !fs.ValidPath(name) || name <= last {
			t.Errorf("%q comes after %q", h.Name, last)
		}
		last = name
		if h.Typeflag != tar.TypeReg || h.Mode != 0o644 || h.Uid != 0 || h.Gid != 0 || h.Uname+h.Gname != "" || h.ModTime.Before(epoch) {
			t.Errorf("%s: %+v", name, h)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(b)
	}
}

func TestArchive(t *testing.T) {
	files := site()
	data := archive(t, treeOf(t, files))
	if !bytes.Equal(data, archive(t, treeOf(t, files))) {
		t.Error("the same blog gives two archives")
	}
	got := extract(t, data)
	want := []string{
		"content/about.md", "content/posts/bread.de.md", "content/posts/bread.md", "content/posts/loaf.png", "content/posts/odd.md",
		"content/posts/salt/grain.jpg", "content/posts/salt/index.md", "static/film.mp4",
	}
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, want) {
		t.Errorf("it holds %q", names)
	}
	for name, text := range got {
		if text != string(files[name].Data) {
			t.Errorf("%s holds %q", name, text)
		}
	}
}

// TestArchiveIsTheBlog: an extracted archive is the same blog, with the same posts at the same addresses, and with valid links.
func TestArchiveIsTheBlog(t *testing.T) {
	again := fstest.MapFS{}
	first := treeOf(t, site())
	for name, text := range extract(t, archive(t, first)) {
		again[name] = &fstest.MapFile{Data: []byte(text)}
	}
	again["postern.toml"] = site()["postern.toml"]
	second := treeOf(t, again)
	if a, b := names(t, first), names(t, second); !slices.Equal(a, b) {
		t.Errorf("first\n%q, then\n%q", a, b)
	}
}

func TestArchiveLacks(t *testing.T) {
	files := site()
	tree := treeOf(t, files)
	tree.shownPictures()
	delete(files, "content/posts/loaf.png")
	var b bytes.Buffer
	err := tree.Archive(&b)
	if err == nil || !strings.Contains(err.Error(), "content/posts/loaf.png is gone") {
		t.Errorf("a picture that is gone: %v", err)
	}
	if all := extract(t, b.Bytes()); len(all) != 7 {
		t.Errorf("%d files are left", len(all))
	}
}

func TestArchiveNames(t *testing.T) {
	long := strings.Repeat("directory/", 30) + "漢字.md"
	blog := fstest.MapFS{long: {Data: []byte("---\ndate: 2026-01-01\n---\nlong")}}
	for _, name := range []string{"a\x01.md", "a\x02.md", "a\x03.md", "a\ufffd.md~2.md"} {
		blog[name] = &fstest.MapFile{Data: []byte("---\ndate: 2026-01-01\n---\n" + name)}
	}
	got := extract(t, archive(t, treeOf(t, blog)))
	for name, holds := range map[string]string{
		long: "long", "a\ufffd.md": "\x01.md", "a\ufffd.md~1": "\x02.md", "a\ufffd.md~2": "\x03.md", "a\ufffd.md~2.md": "~2.md",
	} {
		if !strings.HasSuffix(got[name], holds) {
			t.Errorf("%q holds %q", name, got[name])
		}
	}
}

// TestArchiveIsListedOnce: the list of an archive's files is made once, and an archive that is not read keeps no more.
func TestArchiveIsListedOnce(t *testing.T) {
	tree := treeOf(t, large(2000, 1))
	_ = tree.Archive(&closed{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_ = tree.Archive(&closed{})
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 32<<10 {
		t.Errorf("it takes %d bytes to begin", took)
	}
}

// closed is a pipe whose reader closes it after some bytes.
type closed struct{ left, writes int }

func (c *closed) Write(p []byte) (int, error) {
	c.writes++
	if c.left -= len(p); c.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestArchiveEndsWithItsPipe(t *testing.T) {
	pipe := &closed{left: 1000}
	if err := treeOf(t, site()).Archive(pipe); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("it ends with %v", err)
	}
	if pipe.writes > 10 {
		t.Errorf("it goes on, for %d writes", pipe.writes)
	}
}

// large returns a blog of many posts, with lines of 83 bytes and a picture in every tenth post.
func large(n, lines int) fstest.MapFS {
	files := fstest.MapFS{"picture.png": {Data: make([]byte, 100<<10)}}
	text := strings.Repeat("Line after line of a post, with words such as example.com and version 1.2.3 in it.\n", lines)
	for i := range n {
		body := fmt.Sprintf("---\ntitle: Number %d\ndate: %s\n---\n\n%s", i, today.AddDate(0, 0, -i%5000).Format(time.DateOnly), text)
		if i%10 == 0 {
			body += "\n![](picture.png)\n"
		}
		files[fmt.Sprintf("post-%05d.md", i)] = &fstest.MapFile{Data: []byte(body)}
	}
	return files
}

// A meter is a writer that measures now and then how much memory is in use.
type meter struct {
	written, next int64
	most          uint64
}

func (m *meter) Write(p []byte) (int, error) {
	const every = 4 << 20
	if m.written += int64(len(p)); m.written >= m.next {
		m.next += every
		m.most = max(m.most, held())
	}
	return len(p), nil
}

func held() uint64 {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

func TestArchiveHoldsLittle(t *testing.T) {
	lib := load(t, large(10_000, 12))
	s := NewSource(func() *content.Edition { return lib.At(today) }, nowhere, "key")
	before := held()
	m := &meter{}
	if err := s.Tree(nil).Archive(m); err != nil {
		t.Fatal(err)
	}
	const most = 20 << 20
	if more := int64(m.most) - int64(before); more > most {
		t.Errorf("an archive of %d bytes holds %d more than idle", m.written, more)
	} else {
		t.Logf("an archive of %d bytes holds %d more than idle", m.written, more)
	}
	runtime.KeepAlive(lib)
}

// picturesOf finds the pictures of a blog without a cache.
func picturesOf(now *content.Edition) []picture {
	return NewSource(func() *content.Edition { return now }, nowhere, "key").Tree(nil).shownPictures()
}

func BenchmarkPictures(b *testing.B) {
	edition := load(b, large(10_000, 72)).At(today)
	for b.Loop() {
		if n := len(picturesOf(edition)); n != 1 {
			b.Fatalf("%d pictures", n)
		}
	}
}

func BenchmarkNoPictures(b *testing.B) {
	files := large(10_000, 72)
	for name, f := range files {
		files[name] = &fstest.MapFile{Data: bytes.ReplaceAll(f.Data, []byte("picture.png"), []byte("picture"))}
	}
	edition := load(b, files).At(today)
	for b.Loop() {
		if n := len(picturesOf(edition)); n != 0 {
			b.Fatalf("%d pictures", n)
		}
	}
}

func BenchmarkArchive(b *testing.B) {
	lib := load(b, large(10_000, 72))
	tree := NewSource(func() *content.Edition { return lib.At(today) }, nowhere, "key").Tree(nil)
	tree.shownPictures()
	for b.Loop() {
		if err := tree.Archive(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// nowhere is the host of a blog whose host isn't known.
func nowhere() settings.Host { return "" }
