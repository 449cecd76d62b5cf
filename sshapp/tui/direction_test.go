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

// TestRightToLeftFacts: beside Hebrew tags a terminal that reorders text shows a number before its unit.
func TestRightToLeftFacts(t *testing.T) {
	lib, err := content.Load(fstest.MapFS{"a.md": {Data: []byte("---\ntitle: אבג\ndate: 2026-01-03\ntags: [דה]\n---\nטי\n")}})
	if err != nil {
		t.Fatal(err)
	}
	app := tui.New(newBlog(lib), newReader(), "a")
	app.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
	_, frame := app.Frame()
	if text := ansi.Strip(strings.Join(frame, "\n")); !strings.Contains(text, "\u200e1 min · דה\n") {
		t.Errorf("%q", text)
	}
}

// TestRightToLeftScreens: on a Persian blog what the screens say stands at the right, as it does in posts, and each key in front of what
// it does.
func TestRightToLeftScreens(t *testing.T) {
	lib, err := content.Load(fstest.MapFS{
		"postern.toml": {Data: []byte("title = \"وبلاگ\"\nlanguage = \"fa\"\nreply = \"ana@example.com\"\n")},
		"pages/p.md":   {Data: []byte("---\ntitle: درباره\n---\nمتن\n")},
		"posts/a.md":   {Data: []byte("---\ntitle: یک\ndate: 2026-01-03\ntags: [go]\n---\n## بخش\n\n### زیر\n\nمتن [پیوند](https://a.example) متن\n")},
		"posts/b.md":   {Data: []byte("---\ntitle: Two\ndate: 2026-01-02\ntags: [go]\n---\nمتن\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	const measure, margin = 76, 2
	right := func(text string) string { return strings.Repeat(" ", margin+measure-ansi.StringWidthWc(text)) + text }
	for keys, want := range map[string]string{
		"":          right("درباره"),
		"?":         right("خواندن\u200e   enter"),
		"t":         right("برچسب\u200cها"),
		"t j":       strings.Repeat(" ", margin+measure-40) + "▌ 2\u200e" + strings.Repeat(" ", 35) + "go",
		"/":         "  / ",
		"/ س ل":     "  /\u200eسل \u200f",
		"enter":     "  2026-01-02\u200e" + strings.Repeat(" ", 51) + "Two\u200e  n     بعدی",
		"enter f":   right("متن \u200faیوند متن\u200f"),
		"enter o":   "  ▌ " + right("بخش")[4:],
		"enter o j": "  ▌ " + right("زیر")[6:],
		"j enter n": right("نوشتهٔ بعدی نیست."),
		"j enter":   right("متن\u200f"),
	} {
		app := tui.New(newBlog(lib), newReader(), "")
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
		press(app, keys)
		if !slices.Contains(strings.Split(ansi.Strip(app.View().Content), "\n"), want) {
			t.Errorf("%s: no line is %q:\n%s", keys, want, ansi.Strip(app.View().Content))
		}
	}
}
