package content

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content/sanitize"
)

// TestVariables has the values that the variables of templates have in a post.
func TestVariables(t *testing.T) {
	files := fstest.MapFS{
		"_config.yml":              {Data: []byte("title: The blog\nbaseurl: /b\nowner: {name: Ann}\n")},
		"_data/releases.yml":       {Data: []byte("- version: 1.0\n")},
		"_data/people/ann.json":    {Data: []byte(`{"role": "author"}`)},
		"_data/broken.yml":         {Data: []byte("a: [")},
		"_posts/2024-01-02-one.md": {Data: []byte("---\ntitle: One\nhero: {image: a.png}\n---\n{{ x }}")},
		"_posts/2024-01-03-two.md": {Data: []byte("---\n---\n# Two\n\nno tags")},
	}
	lookup := load(t, files, "_posts/2024-01-02-one.md").Variables()
	for name, want := range map[string]string{
		"page.title": "One", "page.date": "2024-01-02", "page.hero.image": "a.png", "site.title": "The blog", "site.baseurl": "/b",
		"site.owner.name": "Ann", "site.data.people.ann.role": "author",
	} {
		if v, ok := lookup(name); !ok {
			t.Errorf("%s has no value", name)
		} else if got, _ := v.String(); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	for _, name := range []string{"page.nosuch", "site.nosuch", "site.data.broken.a", "other", "page", ""} {
		if v, ok := lookup(name); ok && name != "page" {
			t.Errorf("%s is %v", name, v)
		}
	}
	delete(files, "_config.yml")
	for name := range files {
		if strings.HasPrefix(name, "_data") {
			delete(files, name)
		}
	}
	files["posts/one.md"] = files["_posts/2024-01-02-one.md"]
	delete(files, "_posts/2024-01-02-one.md")
	delete(files, "_posts/2024-01-03-two.md")
	if load(t, files, "posts/one.md").Variables() != nil {
		t.Error("templates run where no generator runs them")
	}
}

func load(t *testing.T, files fstest.MapFS, path string) *Post {
	t.Helper()
	l, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := l.Post(path)
	if !ok {
		t.Fatalf("there is no %s", path)
	}
	return p
}

// TestIncluded: a post includes files of its blog's directory, and no others.
func TestIncluded(t *testing.T) {
	files := fstest.MapFS{
		"blog/a.md":      {Data: []byte("{{code \"a/x.go\" `/start/` `/end/`}} {{play \"/y.go\"}} {{code \"../../z.go\"}} {{code \"/etc/passwd\"}} {{code \".env\"}} {{code \"large.go\"}} {{code \"gone.go\"}}")},
		"blog/a/x.go":    {Data: []byte("package x\r\n\x1b[31m")},
		"blog/large.go":  {Data: []byte(strings.Repeat("x", maxIncluded+1))},
		"y.go":           {Data: []byte("package y")},
		"z.go":           {Data: []byte("package z")},
		"blog/.env":      {Data: []byte("SECRET=1")},
		"blog/unused.go": {Data: []byte("package unused")},
	}
	p := load(t, files, "blog/a.md")
	for name, want := range map[string]string{
		"a/x.go": "package x\n" + sanitize.Text("\x1b[31m"), "/y.go": "package y", "../../z.go": "", "/etc/passwd": "", ".env": "", "large.go": "",
		"gone.go": "", "unused.go": "",
	} {
		if got, ok := p.Included(name); got != want || ok != (want != "") {
			t.Errorf("%s is %q, %v", name, got, ok)
		}
	}
}

// TestIncludedOnce: a file that many posts include, and that one includes again at each save, counts once.
func TestIncludedOnce(t *testing.T) {
	const saves = maxAllIncluded/maxIncluded + 10
	text := []byte("{{code \"large.go\"}} ")
	files := fstest.MapFS{"large.go": {Data: []byte(strings.Repeat("x", maxIncluded))}}
	for i := range saves {
		files[fmt.Sprintf("%d.md", i)] = &fstest.MapFile{Data: text}
	}
	scan, err := NewScan(files)
	if err != nil {
		t.Fatal(err)
	}
	for i := range saves {
		if p := post(t, scan.Library(), fmt.Sprintf("%d.md", i)); p.included == nil {
			t.Fatalf("%s doesn't include it", p.Path)
		}
	}
	for i := range saves {
		files["0.md"] = &fstest.MapFile{Data: fmt.Append(text, i)}
		if scan, err = scan.Reload(files); err != nil {
			t.Fatal(err)
		}
	}
	p := post(t, scan.Library(), "0.md")
	if _, ok := p.Included("large.go"); !ok || !strings.HasSuffix(p.Body, fmt.Sprint(saves-1)) {
		t.Errorf("after %d saves of %q it is included: %t", saves, p.Body, ok)
	}
}

// TestCompanionsAreReadAgain: when a file that a post has something of changes, the post does.
func TestCompanionsAreReadAgain(t *testing.T) {
	old := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	files := fstest.MapFS{
		"_config.yml":            {Data: []byte("title: a\n"), ModTime: old},
		"_data/d.yml":            {Data: []byte("x: 1\n"), ModTime: old},
		"_posts/2024-01-02-a.md": {Data: []byte("{{code \"x.go\"}}"), ModTime: old},
		"_posts/2024-01-02-b.md": {Data: []byte("nothing"), ModTime: old},
		"_posts/x.go":            {Data: []byte("one"), ModTime: old},
	}
	scan, err := NewScan(files)
	if err != nil {
		t.Fatal(err)
	}
	again, err := scan.Reload(files)
	if err != nil || again.Library() != scan.Library() {
		t.Errorf("nothing has changed, and the library is another: %v", err)
	}
	for _, tt := range []struct{ file, text string }{{"_posts/x.go", "two"}, {"_data/d.yml", "x: 2\n"}, {"_config.yml", "title: b\n"}} {
		files[tt.file] = &fstest.MapFile{Data: []byte(tt.text), ModTime: time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)}
		next, err := scan.Refresh(files, []string{tt.file})
		if err != nil {
			t.Fatal(err)
		}
		a, _ := scan.Library().Post("_posts/2024-01-02-a.md")
		b, _ := next.Library().Post("_posts/2024-01-02-a.md")
		if a.Sum == b.Sum {
			t.Errorf("%s has changed, and the post has not", tt.file)
		}
		c, _ := scan.Library().Post("_posts/2024-01-02-b.md")
		d, _ := next.Library().Post("_posts/2024-01-02-b.md")
		if c.Sum != d.Sum {
			t.Errorf("%s has changed, and so has a post that has nothing of it", tt.file)
		}
		scan = next
	}
	last, _ := scan.Library().Post("_posts/2024-01-02-a.md")
	x, _ := last.Included("x.go")
	v, _ := last.Variables()("site.data.d.x")
	if number, _ := v.String(); x != "two" || number != "2" {
		t.Errorf("it includes %q, and the data is %q", x, number)
	}
}
