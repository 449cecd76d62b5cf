package content

import "testing"

func TestTitlesFromHeadings(t *testing.T) {
	for body, want := range map[string]string{
		"# The `first` *heading* {#id}\n\nx": "The first heading",
		"\n\nThe first\n===\n\nx":            "The first",
		"<!-- c -->\n\n# One #\n":            "One",
		"text\n\n# Later\n\n# Last\n":        "Later",
		"> # Quoted\n\n- # Listed\n":         "P",
		"![](a.png)\n\nLater\n=====\n":       "Later",
		"## Two\n":                           "P",
		"```\n# code\n```\n":                 "P",
		"#hashtag\n":                         "P",
	} {
		if p, _ := one(t, body); p.Title != want {
			t.Errorf("%q: %q, want %q", body, p.Title, want)
		}
	}
	if p, _ := one(t, "---\ntitle: undefined\n---\nx", "some_file-name.md"); p.Title != "Some file name" {
		t.Errorf("got %q", p.Title)
	}
}

func TestMinutes(t *testing.T) {
	for words, minutes := range map[int]int{0: 1, 238: 1, 600: 3, 2380: 10} {
		if p := (&Post{Words: words}); p.Minutes() != minutes {
			t.Errorf("%d words take %d minutes", words, p.Minutes())
		}
	}
}
