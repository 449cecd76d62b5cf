package content

import (
	"strings"
	"testing"

	"postern/content/problem"
)

// An address that a front matter claims counts as a whole: the slug is as much of its end as no other post has, and no address of
// one post leads to another.
func TestClaimedAddresses(t *testing.T) {
	at := func(front string) string { return "---\ntitle: T\n" + front + "\n---\nx\n" }
	l := blog(t, map[string]string{
		"a/survey-2021.md":   "+++\ntitle = \"T\"\npath = \"2021/12/08/survey-launch\"\naliases = [\"2021/12/08/Survey-Launch.html\"]\n+++\nx\n",
		"a/survey-2023.md":   "+++\ntitle = \"T\"\npath = \"2023/12/18/survey-launch\"\n+++\nx\n",
		"a/alone.md":         at("date: 2020-01-02\nurl: /2020/01/02/alone/"),
		"b/whole.md":         at("date: 2020-01-01\npermalink: /roadmap/"),
		"b/longer.md":        at("date: 2021-01-01\npermalink: /team/roadmap.html"),
		"c/one.md":           at("date: 2021-01-01\npath: docs/1.0/guide"),
		"c/two.md":           at("date: 2022-01-01\npath: docs/2.0/guide"),
		"notes/first.md":     at("date: 2021-01-01\nslug: mine"),
		"talks/second.md":    at("date: 2022-01-01\nslug: mine"),
		"d/me.md":            at("date: 2022-01-01\npath: about/me"),
		"d/draft.md":         at("date: 2022-01-01\ndraft: true\npath: 2022/alone"),
		"e/filled.md":        at("date: 2019-03-04\ncategories: [Big, Small]\npermalink: /:categories/:year/:month/:title/"),
		"2024-05-06-byme.md": at("lang: en"),
	})
	if e, ok := worst(l.Problems(), problem.Error); ok {
		t.Errorf("got %s", e)
	}
	if w, ok := worst(l.Problems(), problem.Warning); ok {
		t.Errorf("got %s", w)
	}
	e := l.At(someday)
	for address, name := range map[string]string{
		"2021/12/08/survey-launch":      "a/survey-2021.md",
		"2021/12/08/Survey-Launch/":     "a/survey-2021.md",
		"blog/2021/12/08/survey-launch": "a/survey-2021.md",
		"12/08/survey-launch":           "a/survey-2021.md",
		"2023/12/18/survey-launch":      "a/survey-2023.md",
		"2023/survey-launch":            "",
		"2022/12/08/survey-launch":      "",
		"survey-launch":                 "a/survey-2021.md", // that one had it before
		"survey-2023":                   "a/survey-2023.md",
		"alone":                         "a/alone.md",
		"2020/01/02/alone":              "a/alone.md",
		"2022/alone":                    "",
		"roadmap":                       "b/whole.md",
		"team/roadmap":                  "b/longer.md",
		"other/roadmap":                 "b/whole.md",
		"1.0/guide":                     "c/one.md",
		"docs/2.0/guide":                "c/two.md",
		"docs/3.0/guide":                "",
		"notes/mine":                    "notes/first.md",
		"talks/mine":                    "talks/second.md",
		"mine":                          "notes/first.md",
		"about/me":                      "d/me.md",
		"filled":                        "e/filled.md",
		"big/small/2019/03/filled":      "e/filled.md",
		"2018/03/filled":                "",
		"2024/05/06/byme":               "2024-05-06-byme.md",
		"2024/05/byme":                  "2024-05-06-byme.md",
		"posts/byme":                    "2024-05-06-byme.md",
		"2023/05/06/byme":               "",
		"2023/byme":                     "",
	} {
		got := ""
		if p, ok := e.Find(address); ok {
			got = p.Path
		}
		if got != name {
			t.Errorf("%s leads to %q, want %q", address, got, name)
		}
		if to := e.Resolve(post(t, l, "b/whole.md"), "/"+address+".html").Post; strings.Contains(address, "/") && (to == nil) != (name == "") {
			t.Errorf("a link to %s leads to %v", address, to)
		}
	}
	for name, slug := range map[string]string{
		"a/survey-2021.md": "2021/12/08/survey-launch", "a/alone.md": "alone", "b/whole.md": "roadmap", "b/longer.md": "team/roadmap",
		"c/one.md": "1.0/guide", "notes/first.md": "notes/mine", "d/me.md": "about/me", "d/draft.md": "2022/alone", "e/filled.md": "filled",
	} {
		p := post(t, l, name)
		if p.Slug != slug {
			t.Errorf("%s: %s, want %s", name, p.Slug, slug)
		}
		if q, ok := l.All().Find(l.All().Address(p)); !ok || q != p {
			t.Errorf("the address of %s leads elsewhere", name)
		}
	}
}

// A slug that begins with a language would be taken for the post in that language.
func TestClaimedAddressesInLanguages(t *testing.T) {
	front := func(front string) string { return "---\ntitle: T\ndate: 2021-01-01\n" + front + "\n---\nx\n" }
	l := blog(t, map[string]string{
		"a.md": front("path: it/x"), "b.md": front("path: de/x"), "c.md": front("lang: it\nslug: x"), "d.md": front("path: en/2020/y"), "e.md": front("path: 2021/y"),
	})
	e := l.At(someday)
	for _, p := range l.posts {
		if q, ok := e.Find(e.Address(p)); !ok || q != p {
			t.Errorf("%s has the address %s, which leads to %v", p.Path, e.Address(p), q.Path)
		}
	}
}
