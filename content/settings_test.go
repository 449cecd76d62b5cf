package content

import (
	"strings"
	"testing"
	"time"

	"postern/content/problem"
	"postern/content/settings"
)

func TestSettingsPages(t *testing.T) {
	page := func(date string) string { return "---\ntitle: T\nlayout: page\n" + date + "\n---\nx" }
	l := blog(t, map[string]string{settings.File: "title = \"T\"\npages = [\"Now\", \"abuot\", \"contact\", \"post\"]\n", "post.md": dated, "about.md": page(""), "contact.md": page("date: 2020-01-01"),
		"now.md": page(""), "later.md": page("date: 2040-01-01"), "blogroll.md": page("date: 2021-01-01\nexpires: 2022-01-01")})
	for at, want := range map[string]string{"2021-06-01": "now contact blogroll about", "2030-01-01": "now contact about", "2050-01-01": "now contact later about"} {
		day, _ := time.Parse(time.DateOnly, at)
		if got := strings.Join(slugsOf(l.At(day).Pages()), " "); got != want {
			t.Errorf("at %s: %s", at, got)
		}
	}
	if got := strings.Join(slugsOf(l.All().Pages()), " "); got != "now contact later blogroll about" {
		t.Errorf("all: %s", got)
	}
	problems := l.Problems()
	if len(problems) != 2 || problems[0].Line != 2 || problems[0].Hint != "did you mean about?" || !strings.Contains(problems[1].Message, `"post"`) {
		t.Errorf("problems: %v", problems)
	}
}

// Who wrote a post is what the post says, else what the blog does.
func TestSettingsAuthor(t *testing.T) {
	l := blog(t, map[string]string{settings.File: "author = \"Ada\"\n", "a.md": dated, "b.md": "---\ntitle: T\ndate: 2020-01-01\nauthor: Grace\n---\nx"})
	for name, want := range map[string]string{"a.md": "Ada", "b.md": "Grace"} {
		if got := strings.Join(post(t, l, name).Authors, ", "); got != want {
			t.Errorf("%s is by %q", name, got)
		}
	}
}

// Settings that break stay what they were until they are mended, and so do those that an editor has emptied for a moment.
func TestReloadOfSettings(t *testing.T) {
	good := "title = \"Good\"\ntimezone = \"Asia/Tokyo\"\n"
	c := newChanging(t, map[string]string{settings.File: good, "a.md": dated})
	first := c.l
	for _, text := range []string{"title = \"Bad\"\ntimezone = \"Asia/Tok\"\n", "title = \"", "titel = 1\n"} {
		c.write(settings.File, text)
		l := c.reload()
		if s := l.Settings(); s.Title != "Good" || s.Timezone != "Asia/Tokyo" {
			t.Errorf("%q: they are %+v", text, s)
		}
		if e, ok := worst(l.Problems(), problem.Error); !ok || e.File != settings.File {
			t.Errorf("%q: problems %v", text, l.Problems())
		}
		if l.sourceOf("a.md") != first.sourceOf("a.md") {
			t.Errorf("%q: a.md was parsed again", text)
		}
	}
	c.write(settings.File, "")
	if l := c.reload(); l.Settings().Title != "Good" || strings.Join(c.scan.Unsettled(), " ") != settings.File {
		t.Errorf("emptied: %+v, to be read again: %v", l.Settings(), c.scan.Unsettled())
	}
	c.write(settings.File, "title = \"New\"\n")
	if l := c.reload(); l.Settings().Title != "New" || len(l.Problems()) > 0 || len(c.scan.Unsettled()) > 0 {
		t.Errorf("mended: %+v, %v", l.Settings(), l.Problems())
	}
}

// A style sheet that has changed makes another library, since the theme is part of the blog.
func TestReloadOfSheet(t *testing.T) {
	c := newChanging(t, map[string]string{settings.File: "theme = \"looks/mine.json\"\n", "a.md": dated, "looks/mine.json": "{}"})
	before := c.l
	c.write("looks/mine.json", "{ }")
	scan := c.scan
	if c.refresh("looks/mine.json") == before {
		t.Error("it is the same library")
	}
	c.scan = scan
	if c.reload() == before {
		t.Error("looked at again, it is the same library")
	}
}
