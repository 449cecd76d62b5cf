package content

import (
	"slices"
	"testing"

	"postern/content/settings"
)

// TestIn lists each post once, in the language that is asked for where there is such a version.
func TestIn(t *testing.T) {
	e := blog(t, map[string]string{
		settings.File:        "language = \"en\"\n",
		"2026-01-04-a.md":    "---\ntitle: a\n---\n",
		"2026-01-04-a.es.md": "---\ntitle: a-es\n---\n",
		"2026-01-04-a.fr.md": "---\ntitle: a-fr\n---\n",
		"2026-01-03-b.es.md": "---\ntitle: b-es\n---\n",
		"2026-01-03-b.fr.md": "---\ntitle: b-fr\n---\n",
		"2026-01-02-c.md":    "---\ntitle: c\n---\n",
		"2026-01-01-d.fr.md": "---\ntitle: d-fr\nunlisted: true\n---\n",
		"2026-01-01-d.md":    "---\ntitle: d\n---\n",
	}).All()
	for lang, want := range map[string][]string{
		"":   {"a", "b-es", "c", "d"},
		"en": {"a", "b-es", "c", "d"},
		"es": {"a-es", "b-es", "c", "d"},
		"xx": {"a", "b-es", "c", "d"},
	} {
		var got []string
		for _, p := range e.In(lang) {
			got = append(got, p.Title)
		}
		if !slices.Equal(got, want) {
			t.Errorf("in %q: %v, want %v", lang, got, want)
		}
	}
}
