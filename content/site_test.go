package content

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"postern/content/problem"
	"postern/content/settings"
)

const dated = "---\ntitle: T\ndate: 2024-01-02\n---\nx\n"

// Where the posts are, in the layouts of the generators.
func TestRoots(t *testing.T) {
	for name, c := range map[string]struct {
		files  string // a leading - marks what is left out, = what is a page, ~ what is a draft
		others string
		root   string
	}{
		"jekyll":        {"_posts/2024-01-02-a.md _posts/2024/2024-01-03-b.md ~_drafts/c.md =about.md -README.md -docs/d.md -_site/e.md", "", "_posts"},
		"jekyll source": {"src/_posts/2024-01-02-a.md ~src/_drafts/c.md =src/_pages/about.md -src/_projects/p.md", "", "src/_posts"},
		"jekyll many":   {"en/news/_posts/2024-01-02-a.md fr/news/_posts/2024-01-02-a.md", "", "."},
		"hexo":          {"source/_posts/a.md ~source/_drafts/b.md -scaffolds/post.md =source/about/index.md", "", "source/_posts"},
		"hugo":          {"content/posts/a.md content/posts/b/index.md -content/posts/_index.md =content/about.md =content/page/c/index.md -archetypes/default.md -content/docs/d.md", "", "content/posts"},
		"hugo, two":     {"content/post/a.md content/blog/b.md", "", "content"},
		"hugo, spoken":  {"content/en/blog/2024/a.md content/pt-br/blog/2024/a.md -content/en/docs/x.md", "", "content"},
		"zola":          {"content/a.md content/sub/b.md -content/_index.md", "", "content"},
		"pelican":       {"content/a.md =content/pages/about.md ~draft/b.md", "", "content"},
		"astro":         {"src/content/blog/a.md src/content/blog/b.mdx -src/content/authors/me.md", "", "src/content/blog"},
		"astro pages":   {"src/pages/a.md src/pages/b.md", "", "src/pages"},
		"astro routes":  {"src/pages/posts/a.md src/pages/posts/b.md =src/pages/about.md -README.md", "package.json", "src/pages/posts"},
		"astro posts":   {"src/content/posts/a.md", "", "src/content/posts"},
		"eleventy":      {"src/posts/a.md =src/about.md", "", "src/posts"},
		"docusaurus":    {"blog/a.md -docs/b.md -docs/c.md -docs/d.md", "docusaurus.config.js", "blog"},
		"website":       {"website/blog/a.md -website/docs/b.md -README.md -CHANGELOG.md", "", "website/blog"},
		"mkdocs":        {"docs/blog/posts/a.md docs/blog/posts/b.md =docs/setup.md", "", "docs/blog"},
		"zenn":          {"articles/a.md articles/b.md -books/c.md", "", "articles"},
		"lume":          {"posts/a.md =about.md", "_config.ts", "posts"},
		"next":          {"data/blog/a.mdx -data/authors/me.md", "package.json", "data/blog"},
		"bundles":       {"public/a/index.md public/b/index.md -README.md", "", "public"},
		"topics":        {"git/a.md blog/b.md css/c.md css/d.md -README.md", "", "."},
		"flat":          {"a.md b.markdown -LICENSE-MIT.md -readme.zh.md -404.md 500.md security.md readme-first.md -SECURITY.md -_x.md -.hidden.md", "", "."},
		"drafts only":   {"~drafts/a.md", "", "."},
		"modules":       {"a.md -node_modules", "node_modules/x/y.md", "."},
	} {
		t.Run(name, func(t *testing.T) {
			files, want := map[string]string{}, map[string]string{}
			for f := range strings.FieldsSeq(c.files) {
				mark := strings.Trim(f[:1], "abcdefghijklmnopqrstuvwxyzREADMLICNSH_.45")
				f = strings.TrimPrefix(f, mark)
				if want[f] = mark; path.Ext(f) != "" {
					files[f] = dated
				}
			}
			for f := range strings.FieldsSeq(c.others) {
				files[f] = dated
			}
			l := blog(t, files)
			got := map[string]string{}
			for _, p := range l.posts {
				switch {
				case p.Draft:
					got[p.Path] = "~"
				case p.Page:
					got[p.Path] = "="
				default:
					got[p.Path] = ""
				}
			}
			for _, o := range l.LeftOut() {
				got[o.Path] = "-"
			}
			if !maps.Equal(got, want) {
				t.Errorf("got %v\nwant %v", got, want)
			}
			if l.Root() != c.root {
				t.Errorf("root %s, want %s", l.Root(), c.root)
			}
		})
	}
}

// The settings may name the directory.
func TestChosenRoot(t *testing.T) {
	files := map[string]string{"content/posts/a.md": dated, "content/notes/b.md": dated, settings.File: "posts = \"content/notes/\"\n"}
	l := blog(t, files)
	if post(t, l, "content/notes/b.md"); l.Root() != "content/notes" || len(l.posts) != 1 {
		t.Errorf("%s: %v", l.Root(), slugsOf(l.posts))
	}
	for _, bad := range []string{"../x", "/etc", "nowhere"} {
		files[settings.File] = "posts = \"" + bad + "\"\n"
		if _, ok := worst(blog(t, files).Problems(), problem.Error); !ok {
			t.Errorf("%s is taken", bad)
		}
	}
}

// What is a page and what is a post, where both lie in one directory.
func TestPages(t *testing.T) {
	l := blog(t, map[string]string{
		"src/pages/index.md":   "---\ntitle: Home\nlayout: ../layouts/Page.astro\npubDate: 2020-01-01\n---\nx\n",
		"src/pages/about.md":   "---\ntitle: About\nlayout: ../layouts/Page.astro\n---\nx\n",
		"src/pages/one.md":     "---\ntitle: One\nlayout: ../layouts/Post.astro\npubDate: 2020-01-01\n---\nx\n",
		"src/pages/two.md":     "---\ntitle: Two\nlayout: ../layouts/Post.astro\npubDate: 2020-01-01\n---\nx\n",
		"src/pages/undated.md": "---\ntitle: Three\nlayout: ../layouts/Post.astro\n---\nx\n",
		"src/pages/empty.md":   "---\ntitle: Typo\ndate: 2020-31-31\n---\nx\n",
	})
	for name, page := range map[string]bool{"index": true, "about": true, "one": false, "two": false, "undated": false, "empty": false} {
		if p := post(t, l, "src/pages/"+name+".md"); p.Page != page {
			t.Errorf("%s: page is %t", name, p.Page)
		}
	}
	if l := blog(t, map[string]string{"a.md": "x", "b.md": "y", "pages/c.md": "z"}); post(t, l, "a.md").Page || !post(t, l, "pages/c.md").Page {
		t.Error("where nothing has a date, all but pages are posts")
	}
	if l := blog(t, map[string]string{"a.md": dated, "b.md": dated, "c.md": "x", "d/e.md": "x"}); post(t, l, "c.md").Page || !post(t, l, "d/e.md").Page {
		t.Error("what has no date is a post among posts, and a page elsewhere")
	} else if w, _ := worst(l.Problems(), problem.Warning); w.File != "c.md" || w.Message != "it is shown as a page, not in the list of posts, since it has no date" {
		t.Errorf("got %v", l.Problems())
	}
}

func TestLeftOut(t *testing.T) {
	files := map[string]string{
		"a.md":           dated,
		"redirect.md":    "---\nredirect_to: /a\n---\n",
		"redirected.md":  "---\nredirect_to: /a\n---\nbut there is a text\n",
		"unpublished.md": "---\npermalink: false\n---\nx\n",
		"template.md":    "---\ntitle: \"{{ replace .Name }}\"\n---\nx\n",
		"placeholder.md": "---\ntitle: {{ title }}\n---\nx\n",
		"list/index.md":  "---\ntitle: All posts\n---\n",
		"note.rst":       "x",
	}
	l := blog(t, files)
	var left []string
	for _, o := range l.LeftOut() {
		if o.Why == "" {
			t.Errorf("%s is left out for no reason", o.Path)
		}
		left = append(left, o.Path)
	}
	want := []string{"list/index.md", "note.rst", "placeholder.md", "redirect.md", "template.md", "unpublished.md"}
	if !slices.Equal(left, want) {
		t.Errorf("left out %v, want %v", left, want)
	}
	if e, ok := worst(l.Problems(), problem.Error); ok {
		t.Errorf("what is left out has no problem: %s", e)
	}
}

func TestLanguages(t *testing.T) {
	l := blog(t, map[string]string{
		"postern.toml":                        "language = \"en\"\n",
		"content/posts/one.md":                dated,
		"content/posts/one.fr.md":             dated,
		"content/posts/two.pt-br.md":          dated,
		"content/posts/v1.15.0.md":            dated,
		"content/posts/app.js.md":             dated,
		"content/posts/three.gsw.md":          dated,
		"content/posts/three.md":              dated,
		"content/posts/godoc.org-redirect.md": dated,
		"content/posts/godoc.md":              dated,
		"content/posts/four.md":               "---\ntitle: Vier\ndate: 2024-01-01\nlang: de\n---\nx\n",
	})
	for name, want := range map[string][2]string{
		"one": {"", "one"}, "one.fr": {"fr", "one"}, "two.pt-br": {"pt-br", "two"}, "v1.15.0": {"", "v1.15.0"}, "app.js": {"", "app.js"},
		"three.gsw": {"gsw", "three"}, "godoc.org-redirect": {"", "godoc.org-redirect"}, "four": {"de", "four"},
	} {
		if p := post(t, l, "content/posts/"+name+".md"); p.Lang != want[0] || p.Slug != want[1] {
			t.Errorf("%s: %q %s", name, p.Lang, p.Slug)
		}
	}
	l = blog(t, map[string]string{"content/en/blog/a.md": dated, "content/fr/blog/a.md": dated, "content/fr/blog/b.md": dated})
	a, fr := post(t, l, "content/en/blog/a.md"), post(t, l, "content/fr/blog/a.md")
	if a.Lang != "en" || fr.Lang != "fr" || a.Slug != "a" || fr.Slug != "a" {
		t.Errorf("%s %s, %s %s", a.Lang, a.Slug, fr.Lang, fr.Slug)
	}
	e := l.At(someday)
	if got := e.Translations(a); len(got) != 1 || got[0] != fr {
		t.Errorf("translations %v", slugsOf(got))
	}
	if got := e.Translations(post(t, l, "content/fr/blog/b.md")); len(got) != 0 {
		t.Errorf("translations %v", slugsOf(got))
	}
	if p, _ := e.Find("fr/a"); p != fr {
		t.Error("LANG/SLUG is the post in that language")
	}
	if l := blog(t, map[string]string{"is/a.md": dated, "css/a.md": dated, "git/a.md": dated}); post(t, l, "is/a.md").Lang != "" {
		t.Error("one directory of two letters among others is a topic")
	}
}
