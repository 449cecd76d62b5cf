package content

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content/settings"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// What is published depends on the moment.
func TestAt(t *testing.T) {
	l := blog(t, map[string]string{
		settings.File:  "timezone = \"Asia/Tokyo\"\n",
		"a.md":         "---\ndate: 2024-01-01\n---\nx",
		"b.md":         "---\ndate: 2024-02-01\nexpires: 2024-04-01\n---\nx",
		"c.md":         "---\ndate: 2024-03-01T12:00:00Z\n---\nx",
		"draft.md":     "---\ndate: 2024-01-01\ndraft: true\n---\nx",
		"unlisted.md":  "---\ndate: 2024-01-01\nunlisted: true\n---\nx",
		"hidden.md":    "---\ndate: 2024-01-01\nstatus: hidden\n---\nx",
		"pages/p.md":   "x",
		"pages/old.md": "---\nexpires: 2024-02-01\n---\nx",
		"later.md":     "---\ndate: 2040-01-01\n---\nx",
	})
	for _, c := range []struct{ now, posts, pages string }{
		{"2023-12-31T14:59:59Z", "", "old p"},
		{"2023-12-31T15:00:00Z", "a", "old p"}, // midnight in Tokyo
		{"2024-02-15T00:00:00Z", "b a", "p"},
		{"2024-03-01T11:59:59Z", "b a", "p"},
		{"2024-03-01T12:00:00Z", "c b a", "p"},
		{"2024-03-31T15:00:00Z", "c a", "p"},
		{"2024-01-31T00:00:00Z", "a", "old p"}, // a clock may go back
	} {
		e := l.At(at(c.now))
		if posts, pages := strings.Join(slugsOf(e.Posts()), " "), strings.Join(slugsOf(e.Pages()), " "); posts != c.posts || pages != c.pages {
			t.Errorf("%s: %q, %q; want %q, %q", c.now, posts, pages, c.posts, c.pages)
		}
		for _, p := range l.posts {
			_, found := e.Find(p.Slug)
			want := slices.Contains(e.Posts(), p) || slices.Contains(e.Pages(), p) || p.Unlisted && !p.Time.After(e.now)
			if found != want {
				t.Errorf("%s: found %s: %t", c.now, p.Slug, found)
			}
			if hit := slices.ContainsFunc(e.Search("x"), func(h Hit) bool { return h.Post == p }); hit != (want && !p.Unlisted) {
				t.Errorf("%s: search finds %s: %t", c.now, p.Slug, hit)
			}
		}
	}
	if e := l.At(time.Time{}); len(e.Posts()) > 0 || len(e.Search("x")) > 2 {
		t.Error("before all time, only what has no date is published")
	}
	if all := l.All(); len(all.Posts()) != 7 || len(all.Pages()) != 2 || all.Posts()[0].Slug != "later" {
		t.Errorf("all: %v", slugsOf(all.Posts()))
	}
}

// An edition costs the same however many posts there are.
func TestAtAllocatesNothingPerPost(t *testing.T) {
	few, many := blog(t, numbered(10)), blog(t, numbered(1000))
	now := at("2024-01-01T00:00:00Z")
	for name, at := range map[string]func(*Library, *Edition) *Edition{
		"at first": func(l *Library, _ *Edition) *Edition { return l.At(now) },
		"later":    func(l *Library, before *Edition) *Edition { return l.AtAfter(before, now) },
	} {
		count := func(l *Library) float64 {
			e := l.At(now)
			return testing.AllocsPerRun(100, func() { at(l, e) })
		}
		if a, b := count(few), count(many); a != b || b > 14 {
			t.Errorf("%s: %v allocations with 10 posts, %v with 1,000", name, a, b)
		}
	}
}

func numbered(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("p%d.md", i)] = fmt.Sprintf("---\ndate: %s\ntags: [t%d]\n---\nx\n", at("2000-01-01T00:00:00Z").AddDate(0, 0, i).Format(time.DateOnly), i%3)
	}
	return files
}

// Posts of one day keep their order from run to run: by instant, then by path.
func TestOrder(t *testing.T) {
	l := blog(t, map[string]string{
		"c.md": "---\ndate: 2024-01-02\n---\nx", "a.md": "---\ndate: 2024-01-02\n---\nx", "b.md": "---\ndate: 2024-01-02 00:00:01\n---\nx",
		"posts-undated/z.md": "x", "d.md": "---\ndate: 2024-01-03 01:00:00 +0300\n---\nx",
	})
	var got []string
	for _, p := range l.posts {
		got = append(got, p.Path)
	}
	if want := []string{"d.md", "b.md", "a.md", "c.md", "posts-undated/z.md"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTopics(t *testing.T) {
	l := blog(t, map[string]string{
		settings.File: "language = \"en\"\n",
		"1.md":        "---\ndate: 2024-01-01\ntags: [Go, ssh]\nseries: Deep\n---\nx",
		"2.md":        "---\ndate: 2024-01-02\ntags: [go, GO, SSH]\nseries: deep\n---\nx",
		"3.md":        "---\ndate: 2024-01-03\ntags: [Go]\n---\nx",
		"4.md":        "---\ndate: 2024-01-04\ntags: [caf\u00e9]\nlang: es\n---\nx",
		"5.md":        "---\ndate: 2024-01-05\ntags: [cafe\u0301, Go, ssh]\nlang: en\n---\nx",
		"6.md":        "---\ndate: 2024-01-06\ntags: [lost]\ndraft: true\n---\nx",
	})
	e := l.At(someday)
	var tags []string
	for _, topic := range e.Tags() {
		tags = append(tags, fmt.Sprint(topic.Name, len(topic.Posts)))
	}
	if want := []string{"Go4", "ssh3", "cafe\u03012"}; !slices.Equal(tags, want) {
		t.Errorf("tags %q, want %q", tags, want)
	}
	if got := slugsOf(e.Tagged("gO")); !slices.Equal(got, []string{"5", "3", "2", "1"}) {
		t.Errorf("tagged %v", got)
	}
	if s := e.Series(); len(s) != 1 || !slices.Equal(slugsOf(s[0].Posts), []string{"2", "1"}) {
		t.Errorf("series %v", s)
	}
	if langs := e.Languages(); len(langs) != 2 || langs[0].Name != "en" || len(langs[0].Posts) != 4 {
		t.Errorf("languages %v", langs)
	}
	two := post(t, l, "2.md")
	if got := slugsOf(e.Related(two, 3)); !slices.Equal(got, []string{"1", "5", "3"}) {
		t.Errorf("related %v", got)
	}
	if got := slugsOf(e.Related(two, 1)); !slices.Equal(got, []string{"1"}) {
		t.Errorf("related %v", got)
	}
}

func TestResolve(t *testing.T) {
	l := blog(t, map[string]string{
		"content/posts/one.md":              dated,
		"content/posts/2024-02-03-two.md":   "---\npermalink: /zwei/\n---\nx",
		"content/posts/b/index.md":          dated,
		"content/posts/b/pic.png":           "",
		"content/posts/pics/deep.png":       "",
		"content/posts/draft.md":            "---\ndraft: true\n---\nx",
		"content/posts/one.fr.md":           dated,
		"content/posts/b/index.fr.md":       dated,
		"content/posts/2020-01-01-again.md": "x",
		"content/posts/2021-01-01-again.md": "x",
		"content/about.md":                  dated,
		"static/images/a b.png":             "",
		"static/files/doc.pdf":              "",
		"assets/only/here.png":              "",
		"x/twice.png":                       "",
		"y/twice.png":                       "",
		"content/posts/cafe\u0301.png":      "",
	})
	e := l.At(someday)
	from := post(t, l, "content/posts/b/index.md")
	for target, want := range map[string]string{
		"#top":                        "post content/posts/b/index.md #top",
		"../one.md":                   "post content/posts/one.md",
		"../one.md#part-2":            "post content/posts/one.md #part-2",
		"../one/?q=1":                 "post content/posts/one.md",
		"/blog/one/":                  "post content/posts/one.md",
		"/one.html":                   "post content/posts/one.md",
		"one":                         "post content/posts/one.md",
		"ONE":                         "post content/posts/one.md",
		"/zwei":                       "post content/posts/2024-02-03-two.md",
		"/2024/02/03/two.html":        "post content/posts/2024-02-03-two.md",
		"2024-02-03-two":              "post content/posts/2024-02-03-two.md",
		"/2021/01/01/again/":          "post content/posts/2021-01-01-again.md",
		"@/posts/one.md#x":            "post content/posts/one.md #x",
		"{{ site.baseurl }}/zwei":     "post content/posts/2024-02-03-two.md",
		"/about/":                     "post content/about.md",
		"/fr/one/":                    "post content/posts/one.fr.md",
		"pic.png":                     "file content/posts/b/pic.png",
		"./pic.png":                   "file content/posts/b/pic.png",
		"../pics/deep.png":            "file content/posts/pics/deep.png",
		"pics/deep.png":               "file content/posts/pics/deep.png",
		"/images/a%20b.png":           "file static/images/a b.png",
		"/files/doc.pdf":              "file static/files/doc.pdf",
		"only/here.png":               "file assets/only/here.png",
		"../caf%C3%A9.png":            "file content/posts/cafe\u0301.png",
		"twice.png":                   "",
		"../draft.md":                 "",
		"draft":                       "",
		"nowhere":                     "",
		"":                            "",
		"#":                           "",
		"../../../../../etc/passwd":   "",
		"/../../etc/passwd":           "",
		"%2e%2e/%2e%2e/%2e%2e/%2e%2e": "",
		"javascript:alert(1)":         "",
		"JavaScript:alert(1)":         "",
		"data:text/html,x":            "",
		"file:///etc/passwd":          "",
		"ssh://-oProxyCommand=x/":     "",
		"https://a@-b/":               "",
		"https://example.com/x":       "url https://example.com/x",
		"https://x/\ny\tz\x1b":        "url https://x/yz\ufffd",
		"//x/\ny":                     "url https://x/y",
		"mailto:a@b.c":                "url mailto:a@b.c",
		"//example.com/x":             "url https://example.com/x",
		"https://x/" + strings.Repeat("a", maxTarget): "",
	} {
		if got := describe(e.Resolve(from, target)); got != want {
			t.Errorf("%.60s: %q, want %q", target, got, want)
		}
	}
	fr := post(t, l, "content/posts/b/index.fr.md")
	if got := describe(e.Resolve(fr, "/one/")); got != "post content/posts/one.fr.md" {
		t.Errorf("a link stays in its language: %s", got)
	}
}

// TestFilesOfDrafts: what is kept with drafts, or with what is not published yet, is shown by none but themselves.
func TestFilesOfDrafts(t *testing.T) {
	const draft = "---\ndraft: true\n---\nx"
	l := blog(t, map[string]string{
		"content/posts/one/index.md":        dated,
		"content/posts/one/mine.png":        "",
		"content/posts/secret/index.md":     draft,
		"content/posts/secret/cover.png":    "",
		"content/posts/secret/img/deep.png": "",
		"content/posts/later/index.md":      "---\ndate: 2999-01-01\n---\nx",
		"content/posts/later/map.png":       "",
		"content/posts/trip.md":             draft,
		"content/posts/trip/tent.png":       "",
		"content/posts/both/index.md":       dated,
		"content/posts/both/index.fr.md":    draft,
		"content/posts/both/both.png":       "",
		"content/posts/flat.md":             dated,
		"content/posts/flat.png":            "",
		"content/drafts/idea.md":            draft,
		"content/drafts/img/sketch.png":     "",
		"static/site.png":                   "",
	})
	e, one := l.At(someday), post(t, l, "content/posts/one/index.md")
	for target, want := range map[string]string{
		"mine.png":            "file content/posts/one/mine.png",
		"cover.png":           "",
		"../secret/cover.png": "",
		"deep.png":            "",
		"map.png":             "",
		"tent.png":            "",
		"sketch.png":          "",
		"both.png":            "file content/posts/both/both.png",
		"flat.png":            "file content/posts/flat.png",
		"/site.png":           "file static/site.png",
	} {
		if got := describe(e.Resolve(one, target)); got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
		if got := describe(l.All().Resolve(one, target)); got != want && target != "map.png" {
			t.Errorf("%s, for the author: %q, want %q", target, got, want)
		}
	}
	for from, target := range map[string]string{
		"content/posts/secret/index.md": "cover.png",
		"content/posts/trip.md":         "trip/tent.png",
		"content/drafts/idea.md":        "img/sketch.png",
	} {
		if got := describe(l.All().Resolve(post(t, l, from), target)); got == "" {
			t.Errorf("%s doesn't find its own %s", from, target)
		}
	}
}

// TestListedTranslationsFirst: a bare address is a listed post's, and no post leads to a translation that is unlisted.
func TestListedTranslationsFirst(t *testing.T) {
	l := blog(t, map[string]string{
		"trans.en.md": "---\ntitle: A\ndate: 2024-01-01\n---\nx",
		"trans.fr.md": "---\ntitle: B\ndate: 2024-02-02\nunlisted: true\n---\nx",
		"trans.de.md": "---\ntitle: C\ndate: 2023-01-01\n---\nx",
	})
	e, en, fr := l.At(someday), post(t, l, "trans.en.md"), post(t, l, "trans.fr.md")
	if p, _ := e.Find("trans"); p == nil || p.Unlisted {
		t.Errorf("the bare address is that of %v", p)
	}
	if p, _ := e.Find(e.Address(fr)); p != fr {
		t.Errorf("the unlisted post is not at its own address, %s", e.Address(fr))
	}
	for _, p := range []*Post{en, fr} {
		for _, q := range e.Translations(p) {
			if q.Unlisted {
				t.Errorf("%s leads to %s", p.Path, q.Path)
			}
		}
	}
	if len(e.Translations(fr)) != 2 || len(l.All().Translations(en)) != 2 {
		t.Errorf("%d and %d translations", len(e.Translations(fr)), len(l.All().Translations(en)))
	}
}

func describe(target Target) string {
	switch {
	case target.Post != nil:
		return strings.TrimSuffix("post "+target.Post.Path+" #"+target.Anchor, " #")
	case target.File != "":
		return "file " + target.File
	case target.URL != "":
		return "url " + target.URL
	}
	return ""
}

// TestAddressFindsItsPost: whatever posts of other languages are called.
func TestAddressFindsItsPost(t *testing.T) {
	lib, err := Load(fstest.MapFS{
		"a.md": {Data: []byte("---\ntitle: A\nslug: same\nlang: en\ndate: 2024-02-02\n---\nA\n")},
		"b.md": {Data: []byte("---\ntitle: B\nslug: same\ndate: 2024-01-01\n---\nB\n")},
		"c.md": {Data: []byte("---\ntitle: C\nslug: same\nlang: fr\ndate: 2024-01-01\n---\nC\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	e := lib.All()
	for _, p := range e.Posts() {
		if q, ok := e.Find(e.Address(p)); !ok || q != p {
			t.Errorf("the address %q of %s leads to %v", e.Address(p), p.Path, q)
		}
	}
}
