package content

import (
	"fmt"
	"strings"
	"testing"

	"postern/content/problem"
	"postern/content/sanitize"
)

func TestSlugs(t *testing.T) {
	for _, c := range []struct{ file, claim, slug string }{
		{"hello-world.md", "", "hello-world"},
		{"2024-01-02-hello.md", "", "hello"},
		{"2024-1-2_hello.md", "", "hello"},
		{"2024-01-02 Hello you!.md", "", "hello-you"},
		{"2024-01-02Hello.md", "", "hello"},
		{"2024-01-02nd.md", "", "2024-01-02nd"},
		{"2024-01-02.md", "", "2024-01-02"},
		{"hello-2024-01-02.md", "", "hello"},
		{"2024-01-02-2024.md", "", "2024"},
		{"2024-13-45-x.md", "", "2024-13-45-x"},
		{"2024-01-02-v1.15.0.md", "", "v1.15.0"},
		{"12-angry-men.md", "", "12-angry-men"},
		{"Blog_One.md", "", "blog_one"},
		{"Cachitos de Otoño.md", "", "cachitos-de-otoño"},
		{"Cachitos de Oton\u0303o.md", "", "cachitos-de-otoño"},
		{"日本語.md", "", "日本語"},
		{"bundle/index.md", "", "bundle"},
		{"2024-01-02-bundle/index.md", "", "bundle"},
		{"🎉.md", "", "post"},
		{"a.md", "slug: other", "other"},
		{"a.md", "slug: Some Thing & Else", "some-thing-else"},
		{"a.md", "permalink: /2024/01/other/", "other"},
		{"a.md", "permalink: other", "other"},
		{"a.md", "permalink: /other.html", "other"},
		{"a.md", "permalink: /other/index.html", "other"},
		{"a.md", "permalink: /:year/:title/", "a"},
		{"a.md", "permalink: \"/x/{{ page.fileSlug }}/\"", "a"},
		{"a.md", "permalink: /", "a"},
		{"a.md", "url: https://elsewhere.example/page", "a"},
		{"a.md", "path: blog/other#top", "other"},
		{"a.md", "slug: 2025", "2025"},
		{"a.md", "slug: \"..\"", "a"},
	} {
		p, _ := one(t, "---\ntitle: T\n"+c.claim+"\n---\nx\n", c.file)
		if p.Slug != c.slug {
			t.Errorf("%s, %s: %q, want %q", c.file, c.claim, p.Slug, c.slug)
		}
	}
}

// A slug belongs to one post of its language. Who has it does not depend on chance.
func TestUniqueSlugs(t *testing.T) {
	files := map[string]string{
		"2024-01-01-review.md":  "x",
		"2025-01-01-review.md":  "x",
		"alone.md":              dated,
		"a/same.md":             "---\ndate: 2024-01-01\n---\nx",
		"b/same.md":             "---\ndate: 2024-01-01\n---\nx",
		"c/same.md":             "---\ndate: 2024-02-02\n---\nx",
		"claims.md":             "---\ndate: 2024-01-01\nslug: alone\n---\nx",
		"same.md":               "---\ndate: 2024-01-01\n---\nx",
		"same.markdown":         "---\ndate: 2024-01-01\n---\nx",
		"drafts/2026-review.md": "---\ndraft: true\nslug: draft\n---\nx",
		"drafts/claims.md":      "x",
		"undated.md":            "x",
		"d/undated.md":          "x",
	}
	l := blog(t, files)
	for name, slug := range map[string]string{
		"2024-01-01-review.md": "2024-01-01-review", "2025-01-01-review.md": "2025-01-01-review",
		"claims.md": "alone", "alone.md": "2024-01-02-alone",
		"a/same.md": "a-same", "b/same.md": "b-same", "c/same.md": "2024-02-02-same", "same.md": "same-2", "same.markdown": "same",
		"drafts/claims.md": "claims", "undated.md": "undated", "d/undated.md": "d-undated",
	} {
		if p := post(t, l, name); p.Slug != slug {
			t.Errorf("%s: %s, want %s", name, p.Slug, slug)
		}
	}
	e := l.At(someday)
	for address, name := range map[string]string{
		"REVIEW":            "2024-01-01-review.md", // what the older was before the newer came
		"2025-01-01-Review": "2025-01-01-review.md",
		"claims":            "claims.md",
		"alone":             "claims.md",
		"blog/2024/a-same":  "a/same.md",
	} {
		if p, ok := e.Find(address); !ok || p.Path != name {
			t.Errorf("%s leads to %v, want %s", address, p, name)
		}
	}
	if _, ok := e.Find("draft"); ok {
		t.Error("a draft is found")
	}
	if _, ok := e.Find("nothing"); ok {
		t.Error("nothing is found")
	}
	if _, ok := l.All().Find("draft"); !ok {
		t.Error("a draft is not found in all")
	}
}

func TestClaimedTwice(t *testing.T) {
	files := map[string]string{
		"old.md": "---\ndate: 2024-01-01\nslug: mine\n---\nx",
		"new.md": "---\ndate: 2025-01-01\npermalink: /mine/\n---\nx",
	}
	l := blog(t, files)
	e, ok := worst(l.Problems(), problem.Error)
	if !ok || e.File != "old.md" || !strings.Contains(e.Message, "new.md") {
		t.Errorf("got %v", l.Problems())
	}
	if p, _ := l.At(someday).Find("mine"); p.Path != "new.md" {
		t.Errorf("%s has it", p.Path)
	}
	if p := post(t, l, "old.md"); p.Slug != "old" {
		t.Errorf("the other has %s", p.Slug)
	}
	l = blog(t, map[string]string{"content/a/1.md": files["old.md"], "content/b/2.md": files["new.md"]})
	if _, ok := worst(l.Problems(), problem.Error); ok {
		t.Error("generators tell one slug in two sections apart, so it is no error")
	}
}

// However the names collide, every post has a slug of its own.
func TestSlugsNeverCollide(t *testing.T) {
	files := map[string]string{}
	for i, name := range []string{"x", "X", "x!", "2024-01-01-x", "2024-01-01-X", "x-2", "x-2024-01-01", "post", "🎉", "🎈", "a/x", "a-x", "A/x", "a/x!"} {
		files[name+".md"] = fmt.Sprintf("---\ndate: 2024-01-%02d\n---\nx", i%2+1)
	}
	seen := map[string]string{}
	for _, p := range blog(t, files).posts {
		if p.Slug == "" || p.Slug != sanitize.Slug(p.Slug) || seen[p.Slug] != "" {
			t.Errorf("%s: %q, which is also %s", p.Path, p.Slug, seen[p.Slug])
		}
		seen[p.Slug] = p.Path
	}
}

// A second file of a name takes the bare address from the first: that is said, with both names, unless dates tell the
// names apart.
func TestNamesakes(t *testing.T) {
	at := func(day string) string { return "---\ntitle: T\ndate: " + day + "\n---\nx\n" }
	l := blog(t, map[string]string{
		"a/hello.md": at("2024-01-01"), "b/hello.md": at("2025-01-01"), "c/hello.md": at("2025-02-01"),
		"2024-01-01-review.md": "x", "2025-01-01-review.md": "x",
		"a/mine.md": at("2024-01-01"), "b/mine.md": "---\ndate: 2024-02-02\nslug: mine\n---\nx",
		"a/wip.md": at("2024-01-01"), "b/wip.md": "---\ndate: 2024-02-02\ndraft: true\n---\nx",
	})
	var said []string
	for _, p := range l.Problems() {
		said = append(said, p.String())
	}
	if len(said) != 2 || !strings.HasPrefix(said[0], "b/hello.md: warning: it is named like a/hello.md,") || !strings.HasPrefix(said[1], "c/hello.md: warning: it is named like a/hello.md,") {
		t.Errorf("%s", strings.Join(said, "\n"))
	}
	if p, ok := l.At(someday).Find("hello"); !ok || p.Path != "a/hello.md" {
		t.Errorf("hello leads to %v", p)
	}
}
