package content

import (
	"strings"
	"testing"
)

func TestSettings(t *testing.T) {
	s := blog(t, map[string]string{SettingsFile: "title = \" A  blog\\n\"\ndescription = \"Of\\u001b[1m things\"\nlanguage = \"pt_BR\"\ntimezone = \"Europe/Madrid\"\nposts = \"./x/\"\n", "x/a.md": "x"}).Settings()
	if s.Title != "A blog" || s.Description != "Of\ufffd[1m things" || s.Language != "pt-br" || s.Timezone != "Europe/Madrid" || s.Posts != "x" {
		t.Errorf("got %+v", s)
	}
	if s := blog(t, nil).Settings(); s.Title == "" || s.location == nil {
		t.Errorf("without a file: %+v", s)
	}
}

// A mistake in the settings is named with its place, and the rest counts.
func TestSettingsProblems(t *testing.T) {
	for _, c := range []struct {
		text    string
		line    int
		message string
		hint    string
	}{
		{"title = \"T\"\ntitel = \"x\"\n", 2, `"titel"`, "did you mean title?"},
		{"title = \"T\"\ntime_zone = \"x\"\n", 2, `"time_zone"`, "did you mean timezone?"},
		{"title = \"T\"\nzzzzzzzzz = \"x\"\n", 2, `"zzzzzzzzz"`, "the settings are title, description, "},
		{"title = \"T\"\ntimezone = \"Mars/Base\"\n", 0, `"Mars/Base"`, "IANA"},
		{"title = \"T\"\nhost = \"ssh://x y\"\n", 0, "host", "blog.example.com"},
		{"title = \"T\"\nlanguage = 5\n", 2, "", ""},
		{"title = \"T\"\nlanguage\n", 2, "", ""},
	} {
		l := blog(t, map[string]string{SettingsFile: c.text})
		e, ok := worst(l.Problems(), Error)
		if !ok || e.File != SettingsFile || e.Line != c.line || !strings.Contains(e.Message, c.message) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%q: %s (line %d)", c.text, e, e.Line)
		}
	}
	l := blog(t, map[string]string{SettingsFile: strings.Repeat("#\n", maxSettings)})
	if e, ok := worst(l.Problems(), Error); !ok || !strings.Contains(e.Message, "larger") {
		t.Errorf("got %v", l.Problems())
	}
}
