package content

import (
	"strings"
	"testing"
	"time"

	"postern/content/problem"
	"postern/content/sanitize"
)

func TestSettings(t *testing.T) {
	s := blog(t, map[string]string{SettingsFile: "title = \" A  blog\\n\"\ndescription = \"Of\\u001b[1m things\"\nauthor = \"Ada\"\nlanguage = \"pt_BR\"\n" +
		"timezone = \"Europe/Madrid\"\nposts = \"./x/\"\nhost = \"blog.example.com\"\nport = 2_222\naccent = \"Bright-Blue\"\npages = [\n  \"b\", # first\n  \"a\",\n]\n", "x/a.md": "x"}).Settings()
	if s.Title != "A blog" || s.Description != "Of\ufffd[1m things" || s.Language != "pt-br" || s.Timezone != "Europe/Madrid" || s.Posts != "x" ||
		s.Author != "Ada" || s.Host != "blog.example.com:2222" || s.Port != 2222 || s.Accent != "12" || strings.Join(s.Pages, " ") != "b a" {
		t.Errorf("got %+v", s)
	}
	if s := blog(t, nil).Settings(); s.Title == "" || s.Location() != time.UTC {
		t.Errorf("without a file: %+v", s)
	}
}

// The port goes with the host, wherever it stands; 22 goes without saying.
func TestSettingsHost(t *testing.T) {
	for text, want := range map[string]string{
		`host = "a.example"`:                          "a.example",
		"host = \"a.example\"\nport = 22":             "a.example",
		"host = \"a.example:22\"":                     "a.example",
		"host = \"a.example\"\nport = 2222":           "a.example:2222",
		"host = \"a.example:2222\"\nport = 2222":      "a.example:2222",
		"host = \"a.example:2222\"\nport = 23":        "a.example:2222",
		"port = 2222":                                 "",
		"host = \"[2001:db8::1]\"\nport = 2222":       "[2001:db8::1]:2222",
		"host = \"[2001:db8::1]:2222\"":               "[2001:db8::1]:2222",
		"host = \"[2001:db8::1]:22\"":                 "[2001:db8::1]",
		"host = \"a.example\"\nport = 70000":          "a.example",
		"host = \"a.example\"\nport = -1":             "a.example",
		"host = \"a.example\"\nport = \"2222\"":       "a.example",
		"host = \"a.example\"\nport = 99999999999999": "a.example",
	} {
		if got := blog(t, map[string]string{SettingsFile: text}).Settings().Host; got != want {
			t.Errorf("%q: host %q, want %q", text, got, want)
		}
	}
}

// A mistake in the settings is named with its place, in the author's words, and the rest counts.
func TestSettingsProblems(t *testing.T) {
	for _, c := range []struct {
		text    string
		at      problem.Position
		message string
		hint    string
	}{
		{"titel = \"x\"", problem.Position{Line: 2, Column: 1}, `"titel"`, "did you mean title?"},
		{"time_zone = \"x\"", problem.Position{Line: 2, Column: 1}, `"time_zone"`, "did you mean timezone?"},
		{"zzzzzzzzz = \"x\"", problem.Position{Line: 2, Column: 1}, `"zzzzzzzzz"`, "the settings are title, description, "},
		{"  theme.name = \"x\"", problem.Position{Line: 2, Column: 3}, `"theme.name"`, ""},
		{"[author]\nname = \"x\"", problem.Position{Line: 2, Column: 2}, `"author"`, ""},
		{"timezone = \"Mars/Base\"", problem.Position{Line: 2, Column: 1}, `"Mars/Base"`, "IANA"},
		{"timezone = \"Local\"", problem.Position{Line: 2, Column: 1}, `"Local"`, "IANA"},
		{"host = \"ssh://x y\"", problem.Position{Line: 2, Column: 1}, "host", "blog.example.com"},
		{"host = \"a:1\"\nport = 2", problem.Position{Line: 3, Column: 1}, "host names port 1, and port is 2", "once"},
		{"port = 0", problem.Position{Line: 2, Column: 1}, "port 0 is none", "65535"},
		{"port = \"2222\"", problem.Position{Line: 2, Column: 1}, "port is a text, and should be a whole number", "without quotes"},
		{"port = 2.5", problem.Position{Line: 2, Column: 1}, "port is a fraction", ""},
		{"language = 5", problem.Position{Line: 2, Column: 1}, "language is a number, and should be a text", `write language = "5"`},
		{"author = true", problem.Position{Line: 2, Column: 1}, "author is true or false, and should be a text", `author = "true"`},
		{"author = 2020-01-02", problem.Position{Line: 2, Column: 1}, "author is a date", ""},
		{"author = [\"a\", \"b\"]", problem.Position{Line: 2, Column: 1}, "author is a list, and should be a text", "one text"},
		{"theme = {}", problem.Position{Line: 2, Column: 1}, "theme is a table", ""},
		{"pages = \"about\"", problem.Position{Line: 2, Column: 1}, "pages is a text, and should be a list of texts", `pages = ["about"]`},
		{"pages = [1]", problem.Position{Line: 2, Column: 1}, "an item of pages is a number", "quotes"},
		{"description = \"a\"\ndescription = \"b\"", problem.Position{Line: 3, Column: 1}, "description is there twice", ""},
		{"accent = \"bright bleu\"", problem.Position{Line: 2, Column: 1}, `"bright bleu"`, "did you mean bright blue?"},
		{"accent = \"#12345\"", problem.Position{Line: 2, Column: 1}, "is no color", "#rrggbb"},
		{"accent = \"256\"", problem.Position{Line: 2, Column: 1}, "is no color", "255"},
		{"accent = 256", problem.Position{Line: 2, Column: 1}, "is no color", "255"},
		{"accent = -1", problem.Position{Line: 2, Column: 1}, "is no color", "255"},
		{"accent = 20.8", problem.Position{Line: 2, Column: 1}, "is a fraction", "20.8"},
		{"posts = \"../x\"", problem.Position{Line: 2, Column: 1}, "no directory in this one", ""},
		{"language", problem.Position{Line: 2, Column: 9}, "can't be read as TOML", "quotes"},
		{"pages = " + strings.Repeat("[", 100), problem.Position{}, "deeper than 32", ""},
	} {
		l := blog(t, map[string]string{SettingsFile: "title = \"T\"\n" + c.text + "\n", "a.md": dated})
		e, ok := worst(l.Problems(), problem.Error)
		if !ok || e.File != SettingsFile || (problem.Position{Line: e.Line, Column: e.Column}) != c.at || !strings.Contains(e.Message, c.message) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%q: %s", c.text, e)
		}
		if got := l.Settings().Title; got != "T" && c.at != (problem.Position{}) {
			t.Errorf("%q: the title is %q", c.text, got)
		}
	}
	l := blog(t, map[string]string{SettingsFile: strings.Repeat("#\n", maxSettings)})
	if e, ok := worst(l.Problems(), problem.Error); !ok || !strings.Contains(e.Message, "larger") {
		t.Errorf("got %v", l.Problems())
	}
}

// No mistake hides another.
func TestSettingsProblemsTogether(t *testing.T) {
	l := blog(t, map[string]string{SettingsFile: "title = 5\nport = \"x\"\ntitel = \"x\"\naccent = \"x\"\ntimezone = \"x\"\n[x]\n"})
	if got := len(l.Problems()); got != 6 {
		t.Errorf("%d problems: %v", got, l.Problems())
	}
}

func TestSettingsPages(t *testing.T) {
	page := func(date string) string { return "---\ntitle: T\nlayout: page\n" + date + "\n---\nx" }
	l := blog(t, map[string]string{SettingsFile: "title = \"T\"\npages = [\"Now\", \"abuot\", \"contact\", \"post\"]\n", "post.md": dated, "about.md": page(""), "contact.md": page("date: 2020-01-01"),
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

// Of a list that is there twice, the last one counts, and the first is not a part of it.
func TestSettingsListTwice(t *testing.T) {
	l := blog(t, map[string]string{SettingsFile: "pages = [\"a\"]\npages = [\"b\"]\n"})
	if got := strings.Join(l.Settings().Pages, " "); got != "b" {
		t.Errorf("the pages are %s", got)
	}
}

// Who wrote a post is what the post says, else what the blog does.
func TestSettingsAuthor(t *testing.T) {
	l := blog(t, map[string]string{SettingsFile: "author = \"Ada\"\n", "a.md": dated, "b.md": "---\ntitle: T\ndate: 2020-01-01\nauthor: Grace\n---\nx"})
	for name, want := range map[string]string{"a.md": "Ada", "b.md": "Grace"} {
		if got := strings.Join(post(t, l, name).Authors, ", "); got != want {
			t.Errorf("%s is by %q", name, got)
		}
	}
}

// Settings that break stay what they were until they are mended, and so do those that an editor has emptied for a moment.
func TestReloadOfSettings(t *testing.T) {
	good := "title = \"Good\"\ntimezone = \"Asia/Tokyo\"\n"
	c := newChanging(t, map[string]string{SettingsFile: good, "a.md": dated})
	first := c.l
	for _, text := range []string{"title = \"Bad\"\ntimezone = \"Asia/Tok\"\n", "title = \"", "titel = 1\n"} {
		c.write(SettingsFile, text)
		l := c.reload()
		if s := l.Settings(); s.Title != "Good" || s.Timezone != "Asia/Tokyo" {
			t.Errorf("%q: they are %+v", text, s)
		}
		if e, ok := worst(l.Problems(), problem.Error); !ok || e.File != SettingsFile {
			t.Errorf("%q: problems %v", text, l.Problems())
		}
		if sourceOf(l, "a.md") != sourceOf(first, "a.md") {
			t.Errorf("%q: a.md was parsed again", text)
		}
	}
	c.write(SettingsFile, "")
	if l := c.reload(); l.Settings().Title != "Good" || strings.Join(l.Unsettled(), " ") != SettingsFile {
		t.Errorf("emptied: %+v, to be read again: %v", l.Settings(), l.Unsettled())
	}
	c.write(SettingsFile, "title = \"New\"\n")
	if l := c.reload(); l.Settings().Title != "New" || len(l.Problems()) > 0 || len(l.Unsettled()) > 0 {
		t.Errorf("mended: %+v, %v", l.Settings(), l.Problems())
	}
}

// A style sheet that has changed makes another library, since the theme is part of the blog.
func TestReloadOfSheet(t *testing.T) {
	c := newChanging(t, map[string]string{SettingsFile: "theme = \"looks/mine.json\"\n", "a.md": dated, "looks/mine.json": "{}"})
	before := c.l
	c.write("looks/mine.json", "{ }")
	if l, err := Refresh(before, rooted(t, c.dir), []string{"looks/mine.json"}); err != nil || l == before {
		t.Errorf("it is the same library, %v", err)
	}
	if c.reload() == before {
		t.Error("looked at again, it is the same library")
	}
}

// Whatever the file holds, the settings are fit to use, and each problem lies in the file.
func FuzzSettings(f *testing.F) {
	for _, s := range []string{"", "title = \"x\"\n[a.b]\nc = 1", "port = 0x8ae\npages = [[1], {a = 2}, \"x\"]", "host = '[::1]:99999'", "a.b.c = '''\n", "\"\\u0000\" = 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, problems := parseSettings([]byte(text), nil)
		if s.Title == "" || s.Location() == nil || s.Port < 0 || s.Port > 65535 || sanitize.Text(s.Title+s.Author+s.Host+s.Theme) != s.Title+s.Author+s.Host+s.Theme {
			t.Errorf("settings %+v", s)
		}
		for _, p := range problems {
			if p.Line < 0 || p.Line > 1+strings.Count(text, "\n") || sanitize.Text(p.String()) != p.String() {
				t.Errorf("problem %q in line %d", p, p.Line)
			}
		}
		if again, _ := parseSettings([]byte(text), nil); again.Host != s.Host {
			t.Errorf("host %q, then %q", s.Host, again.Host)
		}
	})
}

// A color that is a number needs no quotes.
func TestAccentNumber(t *testing.T) {
	l := blog(t, map[string]string{SettingsFile: "accent = 208\n", "a.md": dated})
	if got := l.Settings().Accent; got != "208" || len(l.Problems()) > 0 {
		t.Errorf("accent %q, %v", got, l.Problems())
	}
}
