package content

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"postern/content/discover"
	"postern/content/language"
	"postern/content/outline"
	"postern/content/problem"
	"postern/content/sanitize"
)

// Any bytes are a post, or a problem whose line lies in the file. An accepted post is clean, has an address, and its
// body's lines are the file's.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		dated, "+++\ntitle = \"x\"\ndate = 2024-01-02\n+++\nx", "{\"title\": \"x\"}\n\nx", "---json\n{}\n---\n", "Title: x\nDate: y\n\nz", "[title]: <> (x)\n",
		"title: x\n\ntags:\n- a\n---\nx", "---js\nconst title = \"x\"\n---\n", "---\ntitle: a: b\ntags:\n\t- x\n---\n", "---\n\nx\n\n---\n", "\xff\xfe-\x00", "---\r\ntitle: x\r\n---\r\ny\r\n",
		"# T #\n\n<!-- more -->\n> [!NOTE]\n> x\n\n```\ncode\n", "---\ntitle: \"\\e[1m\"\ndraft: [\n---\n", "---\ndate: 8/1/2025\npermalink: /%ff/%20\n---\n", "----\na: &a [*a]\n...\n",
	} {
		f.Add("2024-01-02-name.md", seed)
	}
	f.Add("a/ \u202e🎉.fr.md", "x")
	f.Fuzz(func(t *testing.T, name, text string) {
		if !fs.ValidPath(name) || name == "." {
			name = "p.md"
		}
		n := discover.ParseName(name, func(code, of string) bool { return language.IsCode(code) })
		s := parse(discover.File{Path: name, Name: n}, []byte(text), parseOptions{location: time.UTC, spacedTags: len(text)%2 == 0})
		lines := 1 + strings.Count(text, "\n")
		if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
			lines = 1 + strings.Count(decodeUTF16(text), "\n")
		}
		for _, p := range s.problems {
			if p.Line < 0 || p.Line > lines || p.Column < 0 || p.Message == "" || sanitize.Text(p.String()) != p.String() || strings.ContainsAny(p.String(), "\n\t") {
				t.Errorf("%d lines, and a problem %+v", lines, p)
			}
		}
		if s.leftOut != "" {
			return
		}
		p := s.post
		for what, one := range map[string]string{"title": p.Title, "summary": p.Summary, "series": p.Series, "tags": strings.Join(p.Tags, " "),
			"categories": strings.Join(p.Categories, " "), "authors": strings.Join(p.Authors, " "), "lang": p.Lang, "headings": strings.ReplaceAll(s.headings, "\n", " ")} {
			if sanitize.Text(one) != one || strings.ContainsAny(one, "\n\t") {
				t.Errorf("%s %q is not one clean line", what, one)
			}
		}
		if p.Title == "" || utf8.RuneCountInString(p.Summary) > 200 {
			t.Errorf("title %q, summary %q", p.Title, p.Summary)
		}
		if p.Day != "" {
			if d, err := time.Parse(time.DateOnly, p.Day); err != nil || p.Time.IsZero() && d.Year() > 1 {
				t.Errorf("day %q, %s", p.Day, p.Time)
			}
		}
		for _, c := range slices.Concat(s.claims, p.Aliases, []string{s.stem, s.full}) {
			if c != "" && (sanitize.Slug(c) != c || strings.ContainsAny(c, "/ \n")) {
				t.Errorf("%q is no slug: %q", c, sanitize.Slug(c))
			}
		}
		if sanitize.Text(p.Body) != p.Body || p.BodyLine < 1 {
			t.Errorf("the body from line %d is not clean", p.BodyLine)
		}
		all := (&source{}).text([]byte(text))
		if !strings.HasSuffix(all, p.Body) || 1+strings.Count(all[:len(all)-len(p.Body)], "\n") != p.BodyLine && p.Body != "" {
			t.Errorf("the body %q does not begin in line %d of %q", p.Body, p.BodyLine, all)
		}
	})
}

// Whatever the names are, each post has a slug of its own, and it leads to it.
func FuzzNames(f *testing.F) {
	f.Add("2024-01-02-a.md\na.md\nb/a.md\nA.md\na.fr.md\nfr/a.md\nde/a.md", "x")
	f.Add("_posts/2024-1-2-a.md\n_drafts/a.md\nindex.md\n🎉.md\n2024-01-01.md", "---\nslug: a\n---\nx")
	f.Fuzz(func(t *testing.T, names, text string) {
		files := fstest.MapFS{}
		for name := range strings.SplitSeq(names, "\n") {
			if fs.ValidPath(name) && len(files) < 20 && discover.IsMarkdown(name) && !clashes(files, name) {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		l, err := Load(files)
		if err != nil {
			t.Fatal(err)
		}
		known := map[string]bool{}
		seen := map[slugKey]bool{}
		for _, p := range l.posts {
			known[p.Path] = true
			k := slugKey{l.language(p), p.Slug}
			if p.Slug == "" || sanitize.AddressOfPath(p.Slug) != p.Slug || seen[k] {
				t.Errorf("%s has the slug %q", p.Path, p.Slug)
			}
			seen[k] = true
			address := p.Slug
			if k.lang != "" && language.IsCode(k.lang) {
				address = k.lang + "/" + address
				if q, ok := l.All().Find(address); !ok || q != p {
					t.Errorf("%s does not lead to %s", address, p.Path)
				}
			}
		}
		for _, o := range l.LeftOut() {
			known[o.Path] = true
		}
		for name := range files {
			if !known[sanitize.FileName(name)] && !slices.ContainsFunc(strings.Split(name, "/"), func(s string) bool {
				return strings.HasPrefix(s, ".") || strings.HasSuffix(s, "_modules") || s == "bower_components"
			}) {
				t.Errorf("%q is lost", name)
			}
		}
	})
}

// clashes reports whether a file's name is a directory of another's.
func clashes(files fstest.MapFS, name string) bool {
	for other := range files {
		if strings.HasPrefix(other, name+"/") || strings.HasPrefix(name, other+"/") {
			return true
		}
	}
	return false
}

// What is written as a front matter is read as it was: parse ∘ print is the identity, in every format that can say it.
func FuzzRoundTrip(f *testing.F) {
	f.Add("A title", "tag", "another: tag", "An #author", "Über die *Dinge*", true)
	f.Add("007", "- x", "@y", "'z'", "\"quoted\"", false)
	f.Fuzz(func(t *testing.T, title, tag, tag2, author, summary string, draft bool) {
		for _, s := range []string{title, tag, tag2, author, summary} {
			if len(s) > 500 || sanitize.Line(s) != s || s == "" || outline.Plain(s) == "" || strings.ContainsAny(s, "{}[]\ufffd\ufeff\ufffe\uffff") { // YAML has no place for the last three
				return
			}
		}
		tags := []string{tag}
		if tag2 != tag {
			tags = append(tags, tag2)
		}
		q := func(v any) string {
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.Encode(v)
			return strings.TrimSpace(b.String())
		}
		pairs := [][2]string{{"title", q(title)}, {"tags", q(tags)}, {"author", q([]string{author})}, {"description", q(summary)}, {"draft", fmt.Sprint(draft)}, {"date", q("2024-01-02")}}
		for format, mark := range map[string][3]string{"yaml": {"---\n", ": ", "\n---\n"}, "toml": {"+++\n", " = ", "\n+++\n"}, "json": {"---json\n{", ": ", "}\n---\n"}} {
			var lines []string
			for _, p := range pairs {
				key := p[0]
				if format == "json" {
					key = q(key)
				}
				lines = append(lines, key+mark[1]+p[1])
			}
			separator := "\n"
			if format == "json" {
				separator = ",\n"
			}
			text := mark[0] + strings.Join(lines, separator) + mark[2] + "body\n"
			s := parse(discover.File{Path: "p.md", Name: discover.Name{Stem: "p", Full: "p"}}, []byte(text), parseOptions{location: time.UTC})
			p := s.post
			if want := outline.Summary(summary); !strings.EqualFold(title, "undefined") && p.Title != title || !slices.Equal(p.Tags, tags) || len(p.Authors) == 1 && p.Authors[0] != outline.Plain(author) || p.Summary != want || p.Draft != draft || p.Day != "2024-01-02" || p.Body != "body\n" {
				t.Errorf("%s: %q gives %q, %q, %q, %q, %t, %s", format, text, p.Title, p.Tags, p.Authors, p.Summary, p.Draft, p.Day)
			}
			if e, ok := worst(s.problems, problem.Error); ok {
				t.Errorf("%s: %q: %s", format, text, e)
			}
		}
	})
}

// A link leads to something that is there, and never out.
func FuzzResolve(f *testing.F) {
	for _, seed := range []string{"../b.md#x", "/img/a.png", "%2e%2e/%2e%2e/etc/passwd", "javascript:x", "@/b.md", "{{ x }}/b/", "//x", "?", "#", "b/../../../..", "\x1b", "/2024/01/02/b"} {
		f.Add(seed)
	}
	l, err := Load(fsOf(map[string]string{"posts/a.md": dated, "posts/b.md": dated, "posts/c/index.md": dated, "static/img/a.png": "", "x y.pdf": ""}))
	if err != nil {
		f.Fatal(err)
	}
	e := l.At(someday)
	from := postAt(l, "posts/c/index.md")
	f.Fuzz(func(t *testing.T, target string) {
		r := e.Resolve(from, target)
		if r.Post != nil && postAt(l, r.Post.Path) != r.Post || r.File != "" && r.File != "static/img/a.png" && r.File != "x y.pdf" {
			t.Errorf("%q leads to %+v", target, r)
		}
		if sanitize.Text(r.Anchor+r.URL) != r.Anchor+r.URL || strings.Contains(strings.ToLower(r.URL), "script:") && strings.HasPrefix(strings.ToLower(r.URL), "javascript") {
			t.Errorf("%q leads to %+v", target, r)
		}
	})
}
