package scaffold

import (
	"testing"
	"time"

	"postern/content"
)

// TestPlace: what is published again stays where it is, and what is new goes where the others are.
func TestPlace(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	dated := func(title string) string { return "---\ntitle: " + title + "\ndate: 2026-11-20\n---\nText.\n" }
	empty := blog(t, fsOf(map[string]string{}))
	flat := blog(t, fsOf(map[string]string{"posts/on-bread.md": dated("On bread"), "posts/soup.md": "---\ntitle: Soup\ndate: 2026-11-19\nslug: broth\n---\n", "about.md": "# About\n"}))
	jekyll := blog(t, fsOf(map[string]string{"_config.yml": "", "_posts/2026-11-20-on-bread.md": "---\ntitle: On bread\n---\nText.\n"}))
	for _, test := range []struct {
		name string
		l    *content.Library
		as   string
		text string
		want string
	}{
		{"the first post", empty, "", dated("On bread"), "2026-11-20-on-bread.md"},
		{"a title", flat, "", dated("A ferry"), "posts/a-ferry.md"},
		{"a title that is there", flat, "", dated("On Bread"), "posts/on-bread.md"},
		{"a claimed address", flat, "", "---\ntitle: Another\ndate: 2026-11-20\nslug: broth\n---\n", "posts/soup.md"},
		{"a heading", flat, "", "# On bread\n", "posts/on-bread.md"},
		{"an address", flat, "broth", dated("Whatever"), "posts/soup.md"},
		{"a new address", flat, "ferry", dated("Whatever"), "posts/ferry.md"},
		{"a file's name", flat, "about.md", "# Us\n", "about.md"},
		{"a new file's name", flat, "Ferry.md", dated("Whatever"), "posts/Ferry.md"},
		{"a path", flat, "x/y.md", dated("Whatever"), "x/y.md"},
		{"a picture", flat, "p.png", "", "p.png"},
		{"the settings", flat, "postern.toml", "", "postern.toml"},
		{"a day in the name", jekyll, "", dated("A ferry"), "_posts/2026-11-20-a-ferry.md"},
		{"today", jekyll, "", "# A ferry\n", "_posts/2026-11-25-a-ferry.md"},
		{"a date that is not valid", jekyll, "", "---\ntitle: A ferry\ndate: 2026-13-45\n---\n", "_posts/a-ferry.md"},
	} {
		if got, err := Place(test.l, test.as, []byte(test.text), now); got != test.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", test.name, got, err, test.want)
		}
	}
	if got, err := Place(flat, "", []byte("Text without a title.\n"), now); err == nil {
		t.Errorf("without a title: %q", got)
	}
}
