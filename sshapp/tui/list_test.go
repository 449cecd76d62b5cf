package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/tui"
)

// manyYears is a blog of 60 posts, 20 of each year from 2024 to 2026, by two authors in turn, and of a page.
func manyYears() fstest.MapFS {
	files := fstest.MapFS{"about.md": {Data: []byte("---\ntitle: About\n---\nUs.\n")}}
	for i := range 60 {
		files[fmt.Sprintf("post-%02d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: Number %d\ndate: %d-03-%02d\nauthor: %s\n---\nText.\n",
			i, 2024+i/20, i%20+1, []string{"Zoë Müller-Lee", "Ann"}[i%2])}
	}
	return files
}

// selected returns what the row under the cursor shows.
func selected(app *tui.App) string {
	_, row, _ := strings.Cut(text(app), "▌ ")
	row, _, _ = strings.Cut(row, "\n")
	return row
}

// TestYears: ] and [ go from year to year, a number before them counts, and o lists the years to go to.
func TestYears(t *testing.T) {
	app, press := newApp(t, manyYears(), 80, 24)
	for _, step := range []struct{ keys, want string }{
		{"", "Number 59"}, {"]", "Number 39"}, {"j ]", "Number 19"}, {"]", "Number 19"}, {"[", "Number 39"}, {"[ [", "Number 59"},
		{"2 ]", "Number 19"}, {"j j [", "Number 19"}, {"k [", "Number 39"}, {"o enter", "Number 39"}, {"o j enter", "Number 19"},
		{"o g enter", "Number 59"}, {"o G esc", "Number 59"}, {"c ]", "Number 39"}, {"k ]", "Number 39"},
	} {
		if press(step.keys); !strings.Contains(selected(app), step.want) {
			t.Errorf("after %q the cursor is on %q, want %q:\n%s", step.keys, selected(app), step.want, text(app))
		}
	}
	press("o")
	if got := text(app); !strings.Contains(got, "▌ 2025 ") || !strings.Contains(got, "2024 ") || strings.Count(got, "20\n") != 3 {
		t.Errorf("the years are\n%s", got)
	}
	press("esc / t e x t")
	if press("tab ]"); !strings.Contains(text(app), "/text]") {
		t.Errorf("a search takes ] for a key:\n%s", text(app))
	}
}

// TestShortRows: c gives each post one line, so that a screen holds as many posts as lines.
func TestShortRows(t *testing.T) {
	app, press := newApp(t, manyYears(), 80, 24)
	before := strings.Count(text(app), "Number")
	press("c space")
	if n := strings.Count(text(app), "Number"); n < 17 || n <= before {
		t.Errorf("%d posts show, and %d before:\n%s", n, before, text(app))
	}
	if got := text(app); !strings.Contains(got, "2026  18/60") {
		t.Errorf("the place is not named:\n%s", got)
	}
	for range 60 {
		press("j")
		if !strings.Contains(text(app), "▌") {
			t.Fatalf("the cursor doesn't show:\n%s", text(app))
		}
	}
	press("G c")
	if !strings.Contains(selected(app), "Number 0 ") {
		t.Errorf("the cursor is on %q", selected(app))
	}
}

// TestAuthor: a search narrows by author, by any of the author's names, without regard to capitals and accents.
func TestAuthor(t *testing.T) {
	for query, want := range map[string]string{
		"@ann": "30 posts", "@zoe": "30 posts", "@müller": "30 posts", "@lee": "30 posts", "@Zoë-Mull": "30 posts", "@oe": "0 posts", "@ann @lee": "0 posts", "@ann number": "30 posts",
	} {
		app, press := newApp(t, manyYears(), 80, 24)
		press("/ paste:" + strings.ReplaceAll(query, " ", "_"))
		if got := text(app); !strings.Contains(got, want) {
			t.Errorf("%s: no %q in\n%s", query, want, got)
		}
	}
}

// TestRowsAreShared: what a list shows doesn't depend on who has seen it before, on other terminals and in other languages.
func TestRowsAreShared(t *testing.T) {
	lib, err := content.Load(manyYears())
	if err != nil {
		t.Fatal(err)
	}
	shared := newBlog(lib)
	for range 2 {
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 24}, {Width: 120, Height: 50}} {
			for _, keys := range []string{"", "c", "j j", "c j", "w", "] j"} {
				var got [2]string
				for i, b := range []*blog.Blog{shared, newBlog(lib)} {
					app := tui.New(b, newReader(), "")
					app.Update(size)
					press(app, keys)
					got[i] = text(app)
				}
				if got[0] != got[1] {
					t.Errorf("after %q on %v a reader of a blog that others have read sees\n%s\nand another\n%s", keys, size, got[0], got[1])
				}
			}
		}
	}
}

// TestLongTitles: a title that has no room beside tags and minutes takes a second line, and the row under the cursor shows whole.
func TestLongTitles(t *testing.T) {
	const title = "A title that goes on for longer than a narrow terminal has cells"
	files := fstest.MapFS{}
	for i := range 9 {
		files[fmt.Sprintf("%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %s\ndate: 2026-01-%02d\ntags: [Küche]\ndescription: %s\n---\nText.\n", title, i+1, strings.Repeat("words ", 20))}
	}
	app, press := newApp(t, files, 60, 20)
	want := strings.Join([]string{
		"  ▌ 2026-01-09  A title that goes on for longer than a",
		"  ▌             narrow terminal has cells    #Küche  1 min",
		"  ▌             words words words words words words words…",
	}, "\n")
	for i := range 9 {
		want := strings.Replace(want, "01-09", fmt.Sprintf("01-%02d", 9-i), 1)
		if !strings.Contains(text(app), want) {
			t.Fatalf("%d: the screen lacks\n%s\nand is\n%s", i, want, text(app))
		}
		press("j")
	}
	files = fstest.MapFS{"a.md": {Data: []byte("---\ntitle: A title without room beside it for the min\ndate: 2026-01-01\n---\nText.\n")}}
	if app, _ := newApp(t, files, 60, 20); !strings.Contains(text(app), "beside it for the\n  ▌             min                                  1 min\n") {
		t.Errorf("no word is beside the minutes:\n%s", text(app))
	}
	if press("c"); strings.Contains(text(app), "terminal has cells") {
		t.Errorf("a short row is\n%s", text(app))
	}
}

// TestFirstFrameAllocations bounds the allocations for a reader's first list, which others have seen.
func TestFirstFrameAllocations(t *testing.T) {
	b := newBlog(manyPosts())
	n := testing.AllocsPerRun(20, func() {
		app := tui.New(b, newReader(), "")
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		app.Frame()
	})
	if n > 32 {
		t.Errorf("a first frame makes %v allocations", n)
	}
}
