package settings

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content/problem"
	"postern/content/sanitize"
)

// parse returns the settings of a file, and the first error in them.
func parse(text string) (Settings, problem.Problem) {
	s, problems := Parse([]byte(text), nil)
	e, _ := problem.FirstError(problems)
	return s, e
}

func TestSettings(t *testing.T) {
	s, _ := parse("title = \" A  blog\\n\"\ndescription = \"Of\\u001b[1m things\"\nauthor = \"Ada\"\nlanguage = \"pt_BR\"\n" +
		"timezone = \"Europe/Madrid\"\nposts = \"./x/\"\nhost = \"blog.example.com\"\nport = 2_222\naccent = \"Bright-Blue\"\npages = [\n  \"b\", # first\n  \"a\",\n]\n")
	if s.Title != "A blog" || s.Description != "Of\ufffd[1m things" || s.Language != "pt-br" || s.Timezone != "Europe/Madrid" || strings.Join(s.Posts, " ") != "x" ||
		s.Author != "Ada" || s.Host != "blog.example.com:2222" || s.Port != 2222 || s.Accent != "12" || strings.Join(s.Pages, " ") != "b a" {
		t.Errorf("got %+v", s)
	}
	if s, problems := Parse(nil, fs.ErrNotExist); len(problems) > 0 || s.Title == "" || s.Location() != time.UTC {
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
		if s, _ := parse(text); s.Host != want {
			t.Errorf("%q: host %q, want %q", text, s.Host, want)
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
		{"host = \"ssh://x y\"", problem.Position{Line: 2, Column: 1}, `host "ssh://x y" is not valid: it is neither a name nor an address`, "blog.example.com"},
		{"host = \"x:65536\"", problem.Position{Line: 2, Column: 1}, `host "x:65536" is not valid: its port is not a number from 1 to 65535`, ""},
		{"host = \"a:1\"\nport = 2", problem.Position{Line: 3, Column: 1}, "host names port 1, and port is 2", "once"},
		{"pictures = \"yes\"", problem.Position{Line: 2, Column: 1}, `pictures "yes" is not valid`, `write "show"`},
		{"right-to-left = \"yes\"", problem.Position{Line: 2, Column: 1}, `right-to-left "yes" is not valid`, `write "reorder"`},
		{"port = 0", problem.Position{Line: 2, Column: 1}, "port 0 is not valid", "65535"},
		{"port = \"2222\"", problem.Position{Line: 2, Column: 1}, "port is a text, and should be a whole number", "without quotes"},
		{"port = 2.5", problem.Position{Line: 2, Column: 1}, "port is a fraction", ""},
		{"language = \"portugese\"", problem.Position{Line: 2, Column: 1}, "language \"portugese\" is not valid", "write a code"},
		{"language = 5", problem.Position{Line: 2, Column: 1}, "language is a number, and should be a text", `write language = "5"`},
		{"author = true", problem.Position{Line: 2, Column: 1}, "author is true or false, and should be a text", `author = "true"`},
		{"author = 2020-01-02", problem.Position{Line: 2, Column: 1}, "author is a date", ""},
		{"author = [\"a\", \"b\"]", problem.Position{Line: 2, Column: 1}, "author is a list, and should be a text", "one text"},
		{"theme = {}", problem.Position{Line: 2, Column: 1}, "theme is a table", ""},
		{"pages = \"about\"", problem.Position{Line: 2, Column: 1}, "pages is a text, and should be a list of texts", `pages = ["about"]`},
		{"pages = [1]", problem.Position{Line: 2, Column: 1}, "an item of pages is a number", "quotes"},
		{"description = \"a\"\ndescription = \"b\"", problem.Position{Line: 3, Column: 1}, "description is there twice", ""},
		{"accent = \"bright bleu\"", problem.Position{Line: 2, Column: 1}, `"bright bleu"`, "did you mean bright blue?"},
		{"accent = \"#12345\"", problem.Position{Line: 2, Column: 1}, "is not a color", "#rrggbb"},
		{"accent = \"256\"", problem.Position{Line: 2, Column: 1}, "is not a color", "255"},
		{"accent = 256", problem.Position{Line: 2, Column: 1}, "is not a color", "255"},
		{"accent = -1", problem.Position{Line: 2, Column: 1}, "is not a color", "255"},
		{"accent = 20.8", problem.Position{Line: 2, Column: 1}, "is a fraction", "20.8"},
		{"posts = \"../x\"", problem.Position{Line: 2, Column: 1}, "not a directory within", ""},
		{"language", problem.Position{Line: 2, Column: 9}, "can't be read as TOML", "quotes"},
		{"pages = " + strings.Repeat("[", 100), problem.Position{}, "deeper than 32", ""},
	} {
		s, e := parse("title = \"T\"\n" + c.text + "\n")
		if e.File != File || (problem.Position{Line: e.Line, Column: e.Column}) != c.at || !strings.Contains(e.Message, c.message) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%q: %s", c.text, e)
		}
		if s.Title != "T" && c.at != (problem.Position{}) {
			t.Errorf("%q: the title is %q", c.text, s.Title)
		}
	}
}

// TestRead: a file that is too large, or not a file, is not read.
func TestRead(t *testing.T) {
	for want, file := range map[string]*fstest.MapFile{
		"it is larger than 64 KB":  {Data: []byte(strings.Repeat("#\n", maxSize))},
		"it is not a regular file": {Mode: fs.ModeNamedPipe},
	} {
		data, _, err := Read(fstest.MapFS{File: file}, File)
		if _, problems := Parse(data, err); len(problems) != 1 || problems[0].Message != "can't be read: "+want {
			t.Errorf("want %q, got %v", want, problems)
		}
	}
}

// No mistake hides another.
func TestSettingsProblemsTogether(t *testing.T) {
	if _, problems := Parse([]byte("title = 5\nport = \"x\"\ntitel = \"x\"\naccent = \"x\"\ntimezone = \"x\"\n[x]\n"), nil); len(problems) != 6 {
		t.Errorf("%d problems: %v", len(problems), problems)
	}
}

// Of a list that is there twice, the last one counts, and the first is not a part of it.
func TestSettingsListTwice(t *testing.T) {
	s, _ := parse("pages = [\"a\"]\npages = [\"b\"]\n")
	if got := strings.Join(s.Pages, " "); got != "b" {
		t.Errorf("the pages are %s", got)
	}
}

// Whatever the file holds, the settings are fit to use, and each problem lies in the file.
func FuzzSettings(f *testing.F) {
	for _, s := range []string{"", "title = \"x\"\n[a.b]\nc = 1", "port = 0x8ae\npages = [[1], {a = 2}, \"x\"]", "host = '[::1]:99999'", "a.b.c = '''\n", "\"\\u0000\" = 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, problems := Parse([]byte(text), nil)
		if s.Title == "" || s.Location() == nil || s.Port < 0 || s.Port > 65535 || sanitize.Text(s.Title+s.Author+s.Host+s.Theme) != s.Title+s.Author+s.Host+s.Theme {
			t.Errorf("settings %+v", s)
		}
		for _, p := range problems {
			if p.Line < 0 || p.Line > 1+strings.Count(text, "\n") || sanitize.Text(p.String()) != p.String() {
				t.Errorf("problem %q in line %d", p, p.Line)
			}
		}
		if again, _ := Parse([]byte(text), nil); again.Host != s.Host {
			t.Errorf("host %q, then %q", s.Host, again.Host)
		}
	})
}

// A color that is a number needs no quotes.
func TestAccentNumber(t *testing.T) {
	if s, problems := Parse([]byte("accent = 208\n"), nil); s.Accent != "208" || len(problems) > 0 {
		t.Errorf("accent %q, %v", s.Accent, problems)
	}
}
