package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
	"postern/content/problem"
	"postern/content/sanitize"
)

// noon is when the posts of these tests are begun: in Madrid it is eight hours later than in New York.
var noon = time.Date(2026, 11, 22, 12, 30, 0, 0, time.UTC)

// blog loads a library from files given as name and text.
func blog(t testing.TB, files fs.FS) *content.Library {
	t.Helper()
	l, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func fsOf(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return m
}

// A new post is named and begun as the others are.
func TestNew(t *testing.T) {
	for name, c := range map[string]struct {
		files   map[string]string
		options Options
		path    string
		text    string
	}{
		"empty": {nil, Options{Tags: []string{"bread", "rye"}}, "2026-11-22-on-bread.md",
			"---\ntitle: On bread\ndate: 2026-11-22\ndescription: \"\"\ntags: [bread, rye]\n---\n\n"},
		"empty, draft": {nil, Options{Draft: true}, "2026-11-22-on-bread.md",
			"---\ntitle: On bread\ndate: 2026-11-22\ndescription: \"\"\ntags: []\ndraft: true\n---\n\n"},
		"empty, bundle": {nil, Options{Bundle: true}, "2026-11-22-on-bread/index.md",
			"---\ntitle: On bread\ndate: 2026-11-22\ndescription: \"\"\ntags: []\n---\n\n"},
		"a page alone": {map[string]string{"about.md": "Me.\n"}, Options{}, "2026-11-22-on-bread.md",
			"---\ntitle: On bread\ndate: 2026-11-22\ndescription: \"\"\ntags: []\n---\n\n"},
		"jekyll": {map[string]string{
			"_config.yml":              "",
			"_posts/2025-01-02-one.md": "---\nlayout: post\ntitle:  \"One\"\ndate:   2025-01-02 10:00:00 +0100\ncategories: a\ntags: x y\n---\nx\n",
			"_posts/2025-01-03-two.md": "---\nlayout: post\ntitle:  \"Two\"\ndate:   2025-01-03 10:00:00 +0100\ncategories: b\ntags: y\n---\nx\n",
		}, Options{Tags: []string{"x", "z"}}, "_posts/2026-11-22-on-bread.md",
			"---\nlayout: post\ntitle: \"On bread\"\ndate: 2026-11-22 12:30:00 +0000\ncategories: \"\"\ntags: x z\n---\n\n"},
		"jekyll, draft": {map[string]string{
			"_posts/2025-01-02-one.md": "---\nlayout: post\ntitle: One\n---\nx\n",
		}, Options{Draft: true}, "_drafts/on-bread.md", "---\nlayout: post\ntitle: On bread\n---\n\n"},
		"hugo": {map[string]string{
			"hugo.toml":                "",
			"content/posts/one.md":     "+++\ntitle = 'One'\ndate = 2025-01-02T10:00:00+01:00\ndraft = false\n+++\nx\n",
			"content/posts/two.md":     "+++\ntitle = 'Two'\ndate = 2025-01-03T10:00:00+01:00\ndraft = false\n+++\nx\n",
			"archetypes/default.md":    "+++\ntitle = '{{ .Title }}'\n+++\n",
			"postern.toml":             "timezone = \"Europe/Madrid\"\n",
			"content/posts/draft/x.md": "+++\ntitle = 'X'\n+++\nx\n",
		}, Options{}, "content/posts/on-bread.md", "+++\ntitle = \"On bread\"\ndate = 2026-11-22T13:30:00+01:00\ndraft = false\n+++\n\n"},
		"astro": {map[string]string{
			"src/content/blog/one.mdx": "---\ntitle: 'One'\ndescription: 'First'\npubDate: 'Jan 02 2025'\nheroImage: '../a.jpg'\n---\nx\n",
			"src/content/blog/two.mdx": "---\ntitle: 'Two'\ndescription: 'Second'\npubDate: 'Jan 03 2025'\nheroImage: '../b.jpg'\n---\nx\n",
		}, Options{Tags: []string{"bread"}, Draft: true}, "src/content/blog/on-bread.mdx",
			"---\ntitle: 'On bread'\ndescription: \"\"\npubDate: 'Nov 22 2026'\nheroImage: \"\"\ndraft: true\ntags: [bread]\n---\n\n"},
		"zola": {map[string]string{
			"config.toml":      "",
			"content/one.md":   "+++\ntitle = \"One\"\ndate = 2025-01-02\n\n[taxonomies]\ntags = [\"a\"]\n\n[extra]\ntoc = true\n+++\nx\n",
			"content/two.md":   "+++\ntitle = \"Two\"\ndate = 2025-01-03\n\n[taxonomies]\ntags = [\n  \"b\",\n]\n\n[extra]\ntoc = true\n+++\nx\n",
			"content/tre.md":   "+++\ntitle = \"Tre\"\ndate = 2025-01-04\n\n[taxonomies]\ntags = [\"b\"]\n\n[extra]\ntoc = true\n+++\nx\n",
			"content/about.md": "+++\ntitle = \"About\"\n+++\nx\n",
		}, Options{Tags: []string{"c"}}, "content/on-bread.md",
			"+++\ntitle = \"On bread\"\ndate = 2026-11-22\n\n[taxonomies]\ntags = [\"c\"]\n\n[extra]\ntoc = true\n+++\n\n"},
		"bundles under years": {map[string]string{
			"content/blog/2024/09/one/index.md": "---\ntitle: One\npublishDate: \"2024-09-02T08:00:00.000Z\"\ntags:\n  - a\n---\nx\n",
			"content/blog/2025/01/two/index.md": "---\ntitle: Two\npublishDate: \"2025-01-03T08:00:00.000Z\"\ntags:\n  - a\n  - b\n---\nx\n",
		}, Options{Tags: []string{"a", "b"}}, "content/blog/2026/11/on-bread/index.md",
			"---\ntitle: On bread\npublishDate: \"2026-11-22T12:30:00.000Z\"\ntags:\n  - a\n  - b\n---\n\n"},
		"json": {map[string]string{
			"2025-01-02_one.md": "{\n  \"title\": \"One\",\n  \"date\": \"2025-01-02\",\n  \"tags\": [\"a\"]\n}\n\nx\n",
		}, Options{}, "2026-11-22_on-bread.md", "{\n  \"title\": \"On bread\",\n  \"date\": \"2026-11-22\",\n  \"tags\": []\n}\n\n"},
		"pelican": {map[string]string{
			"content/one-2025-01-02.md": "Title: One\nDate: 2025-01-02 10:20\nCategory: Food\nStatus: published\n\nx\n",
			"pelicanconf.py":            "",
		}, Options{Draft: true}, "content/on-bread-2026-11-22.md", "Title: On bread\nDate: 2026-11-22 12:30\nStatus: draft\n\n"},
		"no front matter": {map[string]string{
			"2025-01-02-one.markdown": "# One\n\nx\n", "2025-01-03-two.markdown": "# Two\n\nx\n",
		}, Options{}, "2026-11-22-on-bread.markdown", "# On bread\n\n"},
		"undated": {map[string]string{
			"one.md": "---\ntitle: One\n---\nx\n", "two.md": "---\ntitle: Two\n---\nx\n",
		}, Options{}, "on-bread.md", "---\ntitle: On bread\n---\n\n"},
		"languages": {map[string]string{
			"postern.toml":         "language = \"en\"\n",
			"2025-01-02-one.en.md": "---\ntitle: One\nlang: en\n---\nx\n", "2025-01-03-dos.es.md": "---\ntitle: Dos\nlang: es\n---\nx\n",
		}, Options{}, "2026-11-22-on-bread.en.md", "---\ntitle: On bread\nlang: en\n---\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			l := blog(t, fsOf(c.files))
			c.options.Title, c.options.Now = "On bread", noon
			path, text, err := New(l, c.options)
			if err != nil || path != c.path || text != c.text {
				t.Errorf("%s %v\n%s\nand not %s\n%s", path, err, text, c.path, c.text)
			}
		})
	}
}

// Some titles make names that are no post's.
func TestNewNames(t *testing.T) {
	l := blog(t, fsOf(map[string]string{"one.md": "---\ntitle: One\ndate: 2025-01-02\n---\nx\n"}))
	for title, want := range map[string]string{
		"README": "readme-1.md", "404": "404-1.md", "Index": "index-1.md", "One": "one.md", "🎉": "post.md", "_drafts": "drafts.md",
		"Version 1.2": "version-1-2.md", "Über Größe": "über-größe.md", "日本語 の 題": "日本語-の-題.md", "What's new?": "what-s-new.md",
		"I wrote index.de": "i-wrote-index-de.md", strings.Repeat("word ", 60): strings.Repeat("word-", 19) + "word.md",
	} {
		if path, _, err := New(l, Options{Title: title, Now: noon}); path != want {
			t.Errorf("%q is in %s, not %s: %v", title, path, want, err)
		}
	}
	for title, want := range map[string]string{
		"  ": "needs a title", "a\x1b[1m": "control character", "undefined": "the title is empty", "{{ title }}": "a title that is a template's",
	} {
		if path, _, err := New(l, Options{Title: title, Now: noon}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is in %s: %v, and not %s", title, path, err, want)
		}
	}
	if path, _, err := New(l, Options{Title: "Drafts", Now: noon, Bundle: true}); path != "drafts-1/index.md" {
		t.Error(path, err)
	}
}

// Whatever the title, what is composed reads back as a post of it, with nothing wrong, in each form.
func FuzzNew(f *testing.F) {
	for _, title := range []string{
		"On bread", "One: two", "@x", `"Foo" bar`, "[Draft] foo", "2025", "007", "no", "~", "null", "12:30:45", "2024-01-02", "# x", "- x", "*a*", "a #b",
		"it's", `back\slash`, "{a}", "a: ", "title: a", "%", "`code`", "&amp; <b>", "ünï\u200cx", "a\u2028b", "\ufeffx", "Key: value", "日本", "…", "--- x", "!x", "|", ">", "? x", "a\u00a0 b",
	} {
		f.Add(title, "a tag", false)
		f.Add(title, "ja, nein?, ja, ", true)
	}
	trees := []fstest.MapFS{
		fsOf(nil),
		fsOf(map[string]string{"2025-01-02-one.md": "---\ntitle: One\ndate: 2025-01-02\ntags: a b\n---\nx\n"}),
		fsOf(map[string]string{"one.md": "---\ntitle: 'One'\npubDate: 'Jan 02 2025'\ntags:\n- a\n---\nx\n"}),
		fsOf(map[string]string{"one.md": "+++\ntitle = 'One'\ndate = 2025-01-02T10:00:00Z\n[taxonomies]\ntags=[]\n+++\nx\n"}),
		fsOf(map[string]string{"one.md": "{\"title\": \"One\", \"date\": \"2025-01-02\"}\n\nx\n"}),
		fsOf(map[string]string{"one.md": "Title: One\nDate: 2025-01-02\nTags: a, b\n\nx\n"}),
		fsOf(map[string]string{"2025-01-02-one.md": "# One\n\nx\n"}),
	}
	var libraries []*content.Library
	for _, tree := range trees {
		libraries = append(libraries, blog(f, tree))
	}
	f.Fuzz(func(t *testing.T, title, tags string, draft bool) {
		for i, l := range libraries {
			options := Options{Title: title, Tags: strings.Split(tags, ","), Draft: draft, Bundle: draft, Now: noon}
			name, text, err := New(l, options)
			if err != nil {
				if sanitize.Line(title) != "" && sanitize.IndexUnsafe(title) < 0 && sanitize.IndexUnsafe(tags) < 0 && !strings.Contains(title, "{{") && !strings.EqualFold(sanitize.Line(title), "undefined") {
					t.Errorf("%d: %q: %v", i, title, err)
				}
				continue
			}
			if _, err := trees[i].Open(name); !fs.ValidPath(name) || !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v", name, err)
			}
			files := fstest.MapFS{name: {Data: []byte(text)}}
			for other, file := range trees[i] {
				files[other] = file
			}
			after := blog(t, files)
			p, ok := after.Post(name)
			if !ok {
				t.Fatalf("%d: %s is not a post: %v", i, name, after.LeftOut())
			}
			if p.Title != sanitize.Line(title) || p.Draft != draft || p.Day != "2026-11-22" || strings.TrimSpace(p.Body) != "" && !strings.HasPrefix(strings.TrimSpace(p.Body), "# ") {
				t.Errorf("%d: %q (%s, draft %t, %q) of\n%s", i, p.Title, p.Day, p.Draft, p.Body, text)
			}
			if wrong := after.Problems(); slices.ContainsFunc(wrong, func(p problem.Problem) bool { return p.File == name }) {
				t.Error(fmt.Sprint(i), wrong)
			}
		}
	})
}

// A post can be begun in every real blog, published or not.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("POSTERN_CORPUS")
	if dir == "" {
		t.Skip("POSTERN_CORPUS names no directory of blogs to read")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		l := blog(t, os.DirFS(filepath.Join(dir, e.Name())))
		for _, draft := range []bool{false, true} {
			if name, _, err := New(l, Options{Title: "On bread: a test", Tags: []string{"a", "b c"}, Draft: draft, Now: noon}); err != nil {
				t.Errorf("%s, %s: %v", e.Name(), name, err)
			}
		}
	}
}
