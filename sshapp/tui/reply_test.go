package tui_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/charmbracelet/x/ansi"
)

// TestWriteToTheAuthor: the end of a post says by which address, R and a link show it whole.
func TestWriteToTheAuthor(t *testing.T) {
	const settings = "reply = \"ana@example.com\"\n"
	for _, test := range []struct{ settings, front, end, url string }{
		{settings, "", "to the author: ana@example.com", "mailto:ana@example.com?subject=Re%3A%20Bread%20%26%20more"},
		{settings, "reply: bob@example.com\n", "to the author: bob@example.com", "mailto:bob@example.com?subject="},
		{settings, "mailto: bob@example.com\n", "to the author: bob@example.com", "mailto:bob@example.com?subject="},
		{"", "reply: https://example.com/write\n", "to the author: https://example.com/write", "https://example.com/write"},
		{"", "reply: mailto:bob@example.com?subject=Bread\n", "to the author: bob@example.com", "mailto:bob@example.com?subject=Bread"},
		{settings, "reply: false\n", "", ""},
		{"", "reply: javascript:alert(1)\n", "", ""},
		{"", "", "", ""},
	} {
		files := fstest.MapFS{
			"postern.toml": {Data: []byte(test.settings)},
			"bread.md":     {Data: []byte("---\ntitle: Bread & more\ndate: 2026-11-20\n" + test.front + "---\nText.\n")},
		}
		app, press := newApp(t, files, 80, 24)
		text := func() string { return ansi.Strip(app.View().Content) }
		press("enter")
		if got := text(); !strings.Contains(got, test.end) || test.end == "" && strings.Contains(got, "to the author") {
			t.Errorf("%q: the post ends with\n%s", test, got)
		}
		for _, keys := range []string{"R", "f a"} {
			press(keys)
			got := text()
			if test.url == "" && strings.Contains(got, "out of the blog") || !strings.Contains(strings.ReplaceAll(got, "\n  ", ""), test.url) {
				t.Errorf("%q: %s shows\n%s", test, keys, got)
			}
			press("esc")
		}
	}
}
