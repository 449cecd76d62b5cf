package content

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"postern/content/problem"
	"postern/content/sanitize"
)

// bombs are front matters made to cost more than they weigh.
func bombs() map[string]string {
	laughs := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'k'; c++ {
		laughs += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", c-1), 9), ","))
	}
	var keys, deep strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&keys, "k%d: v\n", i)
	}
	for i := range 10_000 {
		fmt.Fprintf(&deep, "%sk:\n", strings.Repeat(" ", i%300))
	}
	yaml := func(s string) string { return "---\ntitle: T\n" + s + "\n---\nx\n" }
	return map[string]string{
		"laughs":           yaml(laughs + "tags: *k\n"),
		"brackets":         yaml(strings.Repeat("[", 200_000)),
		"brackets, few":    yaml("tags: " + strings.Repeat("[", 60_000)),
		"braces":           yaml("tags: " + strings.Repeat("{a: ", 15_000)),
		"dashes":           yaml("tags:\n  " + strings.Repeat("- ", 30_000)),
		"dashes, few":      yaml("tags:\n  " + strings.Repeat("- ", 3000)),
		"keys":             yaml(keys.String()),
		"keys, fewer":      yaml(keys.String()[:60_000]),
		"one long value":   yaml("summary: " + strings.Repeat("x", 1<<20)),
		"deep":             yaml(deep.String()),
		"anchors":          yaml(strings.Repeat("a: &a *a\n", 5000)),
		"merges":           yaml("m: &m\n  <<: *m\n"),
		"quotes":           yaml(strings.Repeat("\"", 60_000)),
		"tabs":             yaml(strings.Repeat("\t", 60_000)),
		"bad keys":         yaml(strings.Repeat("summary: a: b\n", 4000)),
		"question marks":   yaml(strings.Repeat("? ", 30_000)),
		"toml brackets":    "+++\ntitle = \"T\"\ntags = " + strings.Repeat("[", 60_000) + "\n+++\nx\n",
		"toml tables":      "+++\ntitle = \"T\"\n" + strings.Repeat("[a.b.c.d.e.f]\n", 4000) + "+++\nx\n",
		"toml dots":        "+++\ntitle = \"T\"\n" + strings.Repeat("a.", 30_000) + "b = 1\n+++\nx\n",
		"json brackets":    "---json\n{\"title\": \"T\",\n\"tags\": " + strings.Repeat("[", 60_000) + "}\n---\nx\n",
		"json, bare":       "{\"title\": \"T\", \"a\": " + strings.Repeat("{\"a\":", 10_000) + "1" + strings.Repeat("}", 10_001) + "\nx\n",
		"header":           "title: T\n" + strings.Repeat("k: v\n", 200_000) + "\nx\n",
		"links":            "[title]: <> (T)\n" + strings.Repeat("[k]: <> (v)\n", 100_000) + "\nx\n",
		"never closed":     "---\ntitle: T\n" + strings.Repeat("k: v\n", 500_000),
		"script":           "---js\n" + strings.Repeat("const title = \"T\";\n", 100_000) + "---\nx\n",
		"body of brackets": "---\ntitle: T\n---\n" + strings.Repeat("[", 1<<20),
		"body of stars":    "---\ntitle: T\n---\n" + strings.Repeat("*", 1<<20),
		"body of links":    "---\ntitle: T\n---\n" + strings.Repeat("[a](", 1<<18),
		"body of tags":     "---\ntitle: T\n---\n" + strings.Repeat("<a ", 1<<18),
		"body of ticks":    "---\ntitle: T\n---\n" + strings.Repeat("` `` ", 1<<18),
		"body of images":   "---\ntitle: T\n---\n" + strings.Repeat("![[", 1<<18),
		"body of refs":     "---\ntitle: T\n---\n" + strings.Repeat("[a] ", 1<<18) + "\n\n[b]: x\n",
		"body of comments": "---\ntitle: T\n---\n" + strings.Repeat("<!--\n", 1<<18),
		"body of headings": "---\ntitle: T\n---\n" + strings.Repeat("# [a][b] `c` <d> *e*\n", 1<<16),
		"body of lines":    "---\ntitle: T\n---\n" + strings.Repeat("\n", 1<<21),
		"body of braces":   "---\ntitle: T\n---\n" + strings.Repeat("{{", 1<<19),
		"body of words":    "---\ntitle: T\n---\n" + strings.Repeat("a\u0301", 1<<19),
	}
}

// Whatever a file holds, its post is there, and reading it takes memory in proportion to its bytes. What takes time
// without bound would end the run.
func TestBombs(t *testing.T) {
	for name, text := range bombs() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			l := blog(t, map[string]string{"bomb.md": text, "good.md": dated})
			runtime.ReadMemStats(&after)
			if p := post(t, l, "bomb.md"); p.Title != "T" && !strings.HasPrefix(name, "json, bare") {
				t.Errorf("its title is %.80q", p.Title)
			}
			if l.At(someday); post(t, l, "good.md").Title != "T" {
				t.Error("the other post has suffered")
			}
			if n := len(l.Problems()); n > 2*1000 {
				t.Errorf("%d problems", n)
			}
			if used, most := after.TotalAlloc-before.TotalAlloc, uint64(40<<20+30*len(text)); used > most && !underRace {
				t.Errorf("%d bytes allocated for %d", used, len(text))
			}
		})
	}
}

// Too large, too deep: an error for that file, which says so and keeps the post.
func TestBoundsAreErrors(t *testing.T) {
	b := bombs()
	for name, message := range map[string]string{"keys": "larger than 64 KB", "one long value": "larger than 64 KB", "dashes, few": "deeper than 32", "brackets, few": "can't be read"} {
		_, problems := one(t, b[name])
		if e, ok := worst(problems, problem.Error); !ok || !strings.Contains(e.Message, message) {
			t.Errorf("%s: %v", name, problems)
		}
	}
	l := blog(t, map[string]string{"big.md": string(make([]byte, MaxFile+1)), "good.md": dated})
	if e, ok := worst(l.Problems(), problem.Error); !ok || e.File != "big.md" || !strings.Contains(e.Message, "8 MB") {
		t.Errorf("got %v", l.Problems())
	}
	if len(l.LeftOut()) != 1 || len(l.posts) != 1 {
		t.Errorf("left out %v", l.LeftOut())
	}
}

// What lies in a directory beside posts: links in and out and in a circle, pipes, what can't be read.
func TestOddFiles(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	writeAll(t, dir, map[string][]byte{"good.md": []byte(dated), "sub/two.md": []byte(dated), "locked.md": []byte(dated), "new\nline\x1b[31m.md": []byte(dated)})
	writeAll(t, elsewhere, map[string][]byte{"secret.md": []byte("---\ntitle: Secret\n---\nx")})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Symlink(".", filepath.Join(dir, "sub", "loop")))
	must(os.Symlink("..", filepath.Join(dir, "sub", "up")))
	must(os.Symlink("self.md", filepath.Join(dir, "self.md")))
	must(os.Symlink(elsewhere, filepath.Join(dir, "out")))
	must(os.Symlink(filepath.Join(elsewhere, "secret.md"), filepath.Join(dir, "out.md")))
	must(os.Symlink("nowhere", filepath.Join(dir, "dead.md")))
	must(os.Symlink("good.md", filepath.Join(dir, "again.md")))
	must(os.Symlink("sub/two.md", filepath.Join(dir, "sub2.md")))
	writeAll(t, dir, map[string][]byte{".hidden/deep/three.md": []byte("---\ntitle: Secret\n---\nx"), ".hidden/key.png": nil, "..data/mounted.md": []byte(dated)})
	must(os.Symlink("../.hidden/deep", filepath.Join(dir, "sub", "shown")))
	must(os.Symlink("sub/shown/three.md", filepath.Join(dir, "three.md")))
	must(os.Symlink(".hidden/key.png", filepath.Join(dir, "key.png")))
	must(os.Symlink("..data/mounted.md", filepath.Join(dir, "mounted.md")))
	must(syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o600))
	must(syscall.Mkfifo(filepath.Join(dir, "pipe.png"), 0o600))
	must(os.Symlink("pipe.md", filepath.Join(dir, "piped.md")))
	must(os.Mkdir(filepath.Join(dir, "dir.md"), 0o700))
	must(os.WriteFile(filepath.Join(dir, "bad\xff.md"), []byte(dated), 0o600))
	must(os.Chmod(filepath.Join(dir, "locked.md"), 0))
	must(os.Mkdir(filepath.Join(dir, "locked"), 0))
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "locked"), 0o700) })

	l, err := Load(rooted(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	problems := map[string]bool{}
	for _, p := range l.Problems() {
		problems[p.File] = true
		if s := p.String(); sanitize.Text(s) != s || strings.Contains(s, "\n") {
			t.Errorf("%q is not safe to show", s)
		}
	}
	for _, name := range []string{"self.md", "out", "out.md", "dead.md", "pipe.md", "piped.md", "bad\ufffd.md"} {
		if !problems[name] {
			t.Errorf("nothing is said of %s; problems: %v", name, l.Problems())
		}
	}
	if os.Geteuid() != 0 {
		for _, name := range []string{"locked.md", "locked"} {
			if !problems[name] {
				t.Errorf("nothing is said of %s", name)
			}
		}
	}
	if _, err := l.Stat("key.png"); err == nil {
		t.Error("a link shows a hidden directory's file")
	}
	titles := map[string]int{}
	for _, p := range l.posts {
		titles[p.Path]++
		if p.Title == "Secret" {
			t.Errorf("%s leads out", p.Path)
		}
	}
	if titles["good.md"] != 1 || titles["sub/two.md"] != 1 || titles["new\ufffdline\ufffd[31m.md"] != 1 || titles["mounted.md"] != 1 || len(titles) > 5 {
		t.Errorf("posts: %v", titles)
	}
}

// A directory of many empty files is read, and one of too many is cut off with a problem.
func TestManyFiles(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 5000 {
		files[fmt.Sprintf("d/f%d.md", i)] = &fstest.MapFile{}
	}
	l, err := Load(files)
	if err != nil || len(l.posts) != 5000 {
		t.Fatalf("%d posts, %v", len(l.posts), err)
	}
	l, err = Load(endless{})
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := worst(l.Problems(), problem.Error); !ok || !strings.Contains(e.Message, "200,000") {
		t.Errorf("got %v", l.Problems()[:min(3, len(l.Problems()))])
	}
}

// endless is a file system with a root that has no end, of files that can't be opened.
type endless struct{}

func (endless) Open(name string) (fs.File, error) {
	if name == "." {
		return &endlessDir{}, nil
	}
	return nil, fs.ErrNotExist
}

type endlessDir struct{ n int }

func (d *endlessDir) Stat() (fs.FileInfo, error) { return fakeInfo{"."}, nil }
func (d *endlessDir) Read([]byte) (int, error)   { return 0, fs.ErrInvalid }
func (d *endlessDir) Close() error               { return nil }
func (d *endlessDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		panic("all entries at once")
	}
	entries := make([]fs.DirEntry, n)
	for i := range entries {
		d.n++
		entries[i] = fs.FileInfoToDirEntry(fakeInfo{fmt.Sprintf("%d.png", d.n)})
	}
	return entries, nil
}

type fakeInfo struct{ name string }

func (i fakeInfo) Name() string { return i.name }
func (i fakeInfo) Size() int64  { return 0 }
func (i fakeInfo) Mode() fs.FileMode {
	if i.name == "." {
		return fs.ModeDir
	}
	return 0
}
func (i fakeInfo) ModTime() (t time.Time) { return t }
func (i fakeInfo) IsDir() bool            { return i.name == "." }
func (i fakeInfo) Sys() any               { return nil }

// A file that grows whenever it is looked at is read as it is, in bounded time, and read again at the next load.
func TestChangingFile(t *testing.T) {
	l, err := Load(restless{fstest.MapFS{"a.md": &fstest.MapFile{Data: []byte(dated)}}})
	if err != nil {
		t.Fatal(err)
	}
	if w, ok := worst(l.Problems(), problem.Warning); !ok || w.File != "a.md" || !strings.Contains(w.Message, "changed") || post(t, l, "a.md").Title != "T" {
		t.Errorf("got %v", l.Problems())
	}
}

type restless struct{ fstest.MapFS }

func (r restless) Open(name string) (fs.File, error) {
	f, err := r.MapFS.Open(name)
	if err != nil || name == "." {
		return f, err
	}
	return &restlessFile{File: f}, nil
}

type restlessFile struct {
	fs.File
	looks int
}

func (f *restlessFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	f.looks++
	return older{info, time.Unix(int64(f.looks), 0)}, err
}

type older struct {
	fs.FileInfo
	at time.Time
}

func (o older) ModTime() time.Time { return o.at }

// A root that can't be read at all is the one error.
func TestNoRoot(t *testing.T) {
	if _, err := Load(os.DirFS(filepath.Join(t.TempDir(), "none"))); err == nil {
		t.Error("no error")
	}
	if _, err := Load(fstest.MapFS{}); err != nil {
		t.Error(err)
	}
}
