package tui_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/tui"
)

// TestRightToLeftRows: right-to-left titles, descriptions and summaries end at the right of a list, where others begin at the left.
func TestRightToLeftRows(t *testing.T) {
	lib, err := content.Load(fstest.MapFS{
		"postern.toml": {Data: []byte("title = \"עברית\"\ndescription = \"description\"\n")},
		"a.md":         {Data: []byte("---\ntitle: אבג (Go)\ndate: 2026-01-03\ntags: [x]\nsummary: דהו זח.\n---\nטי\n")},
		"b.md":         {Data: []byte("---\ntitle: English\ndate: 2026-01-02\nsummary: An English text.\n---\nText.\n")},
		"c.md":         {Data: []byte("---\ntitle: \"42\"\ndate: 2026-01-01\nsummary: דהו זח.\n---\nטי\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	app := tui.New(newBlog(lib), newReader(), "")
	const right = 78 // where the column of text ends
	app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	_, frame := app.Frame()
	for text, isRight := range map[string]bool{"עברית": true, "description": false, "אבג (Go)": true, "דהו זח.": true, "English": false, "An English text.": false, "42": true} {
		found := false
		for _, l := range frame {
			if l = ansi.Strip(l); strings.Contains(l, text) {
				found = true
				if ends := strings.HasSuffix(l, text) && ansi.StringWidth(l) == right; ends != isRight {
					t.Errorf("%q stands in %q", text, l)
				}
			}
		}
		if !found {
			t.Errorf("%q isn't shown", text)
		}
	}
}

// TestRightToLeftHeader: what is said of a post is on the side of its title, in whatever language.
func TestRightToLeftHeader(t *testing.T) {
	lib, err := content.Load(fstest.MapFS{"a.md": {Data: []byte("---\ntitle: אבג\ndate: 2026-01-03\n---\nטי\n")}})
	if err != nil {
		t.Fatal(err)
	}
	app := tui.New(newBlog(lib), newReader(), "a")
	app.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
	_, frame := app.Frame()
	for _, text := range []string{"אבג", "2026-01-03 · 1 min"} {
		if !slices.ContainsFunc(frame, func(l string) bool {
			l = ansi.Strip(l)
			return strings.HasSuffix(l, text) && ansi.StringWidth(l) == 38
		}) {
			t.Errorf("%q isn't at the right of\n%s", text, strings.Join(frame, "\n"))
		}
	}
}
