package tui_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
	"weak"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/tui"
)

// newApp returns an App on a blog, at a size, and a func that presses keys.
func newApp(t testing.TB, files fstest.MapFS, width, height int) (*tui.App, func(names string)) {
	t.Helper()
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	app := tui.New(newBlog(lib), newReader(), "")
	app.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return app, func(names string) { press(app, names) }
}

// checkGeometry checks that a frame has as many lines as its terminal, and none that is wider.
func checkGeometry(t testing.TB, app *tui.App, width, height int) {
	t.Helper()
	frame := app.View().Content
	if width == 0 || height == 0 {
		if frame != "" {
			t.Errorf("%d×%d: a frame for a terminal without cells", width, height)
		}
		return
	}
	lines := strings.Split(frame, "\n")
	if len(lines) != height {
		t.Errorf("%d×%d: %d lines", width, height, len(lines))
	}
	for _, l := range lines {
		if w := ansi.StringWidthWc(l); w > width {
			t.Errorf("%d×%d: a line of %d cells: %q", width, height, w, l)
		}
	}
}

// unusualBlog returns a blog with text that may break frames: wide and combining characters, long words, empty posts.
func unusualBlog() fstest.MapFS {
	files := someBlog(12)
	add := func(name, title, body string) {
		files["2026-11-21-"+name+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ntitle: %q\ndescription: %q\n---\n%s\n", title, title+" "+title, body)}
	}
	add("wide", "漢字かな交じり文の題名はどこで折り返されるのか", strings.Repeat("日本語の文章。", 80))
	add("family", "👨‍👩‍👧‍👦 and 🇪🇸 and e\u0301\u0301\u0301", "👩🏽‍🚀 "+strings.Repeat("🎉", 90))
	add("long", strings.Repeat("a", 300), strings.Repeat("b", 5000))
	add("empty", "An empty one", "")
	files["about.md"] = &fstest.MapFile{Data: []byte("---\ntitle: About 漢字\n---\nText.\n")}
	files["2026-11-19-all.md"] = &fstest.MapFile{Data: []byte("---\ntitle: All of it\nauthor: 作者\ntags: [a, 漢字かな交じり文の題名は, \"👨‍👩‍👧‍👦\"]\nseries: 漢字 in parts\n---\n" +
		"Words[^1] and [漢字](https://example.com/" + strings.Repeat("x", 300) + ") and [a post](post-2.md) and [here](#two).\n\n[^1]: A note, " + strings.Repeat("as long as 漢字 ", 40) + "\n\n" +
		"# One 漢字\n\n```\n" + strings.Repeat("code ", 60) + "\n```\n\n## Two\n\n" + strings.Repeat("More words. ", 200) + "\n\n###### " + strings.Repeat("six ", 50) + "\n")}
	return files
}

func TestGeometry(t *testing.T) {
	screens := map[string]string{
		"list": "", "end of the list": "G", "pages": "k enter", "search": "/ t h e", "search without an end": "/ paste:漢字_\u0301👨‍👩‍👧‍👦_b", "tags": "t", "series": "s G",
		"a tag": "t enter j", "post": "enter", "scrolled": "j j enter space j", "wide": "j enter G", "help": "?", "help of a post": "enter ? j",
		"links": "/ a l l enter f", "note": "/ a l l enter f a", "outside": "/ a l l enter f s",
		"contents": "/ a l l enter o j", "find": "/ a l l enter / w o r", "found": "/ a l l enter / w o r enter n", "copy": "/ a l l enter y",
		"linked": "/ a l l enter f d", "narrow": "w enter", "broad": "w w enter G",
	}
	for name, keys := range screens {
		t.Run(name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { checkSizes(t, keys) }) })
	}
}

// checkSizes opens a screen at 80×24 and resizes it to each of many sizes.
func checkSizes(t *testing.T, keys string) {
	time.Sleep(time.Until(today))
	lib, err := content.Load(unusualBlog())
	if err != nil {
		t.Fatal(err)
	}
	blog := newBlog(lib)
	for _, w := range []int{0, 1, 2, 10, 20, 39, 40, 80, 120, 200} {
		for _, h := range []int{0, 1, 2, 3, 5, 10, 24, 60} {
			app := tui.New(blog, newReader(), "")
			app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			press(app, keys)
			app.Update(tea.WindowSizeMsg{Width: w, Height: h})
			checkGeometry(t, app, w, h)
			press(app, "down up j k G space b g")
			checkGeometry(t, app, w, h)
		}
	}
}

func press(app *tui.App, names string) {
	for name := range strings.FieldsSeq(names) {
		app.Update(termtest.Msg(name))
	}
}

// TestEveryKey presses each key on screens of four sizes.
func TestEveryKey(t *testing.T) {
	screens := []string{"", "t", "s", "t enter", "enter", "?", "/ a l l enter", "/ a l l enter f", "/ a l l enter o", "/ a l l enter y", "/ a l l enter / w", "/ a l l enter f s", "/ p o s t", "o"}
	keys := strings.Fields("down up left right enter esc backspace tab space pgup pgdown home end ctrl+d ctrl+u ctrl+n x delete ? ! % 9 # / [ ]")
	for c := 'a'; c <= 'z'; c++ {
		keys = append(keys, string(c), strings.ToUpper(string(c)))
	}
	lib, err := content.Load(unusualBlog())
	if err != nil {
		t.Fatal(err)
	}
	b := newBlog(lib)
	for _, screen := range screens {
		for _, size := range [][2]int{{1, 1}, {20, 5}, {40, 10}, {300, 100}} {
			for _, key := range keys {
				app := tui.New(b, newReader(), "")
				app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
				press(app, screen)
				app.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				if press(app, key); !app.HasQuit() {
					checkGeometry(t, app, size[0], size[1])
				}
			}
			if t.Failed() {
				t.Fatalf("on the screen after %q", screen)
			}
		}
	}
}

// FuzzKeys checks that the frame fits whatever is typed, and that q quits.
func FuzzKeys(f *testing.F) {
	f.Add(uint64(1))
	f.Add(uint64(2))
	names := strings.Fields("j j k g G space space b enter enter enter esc ? up down left right pgup pgdown home end d u h l ctrl+f ctrl+b ctrl+n ctrl+p " +
		"ctrl+d ctrl+u ctrl+w tab backspace x a s f f o n N p B R / / # t y w T m L [ ] 0 1 9 漢 \u0301 paste:a_b paste:👨‍👩‍👧‍👦 80x24 120x40 10x3 1x1 0x0 20x5 200x60")
	f.Fuzz(func(t *testing.T, seed uint64) {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Until(today))
			app, _ := newApp(t, unusualBlog(), 80, 24)
			width, height := 80, 24
			random := rand.New(rand.NewPCG(seed, 0))
			for range 100 {
				msg := termtest.Msg(names[random.IntN(len(names))])
				if size, ok := msg.(tea.WindowSizeMsg); ok {
					width, height = size.Width, size.Height
				}
				app.Update(msg)
				checkGeometry(t, app, width, height)
			}
			for range 2 * len(names) { // closes all prompts
				app.Update(termtest.Msg("esc"))
			}
			app.Update(termtest.Msg("q"))
			if !app.HasQuit() {
				t.Error("q doesn't quit")
			}
		})
	})
}

// TestFooter: the two keys that a lost reader needs are the last to leave a narrow footer, and a prompt's answers stay in it.
func TestFooter(t *testing.T) {
	for _, width := range []int{40, 48, 60, 80} {
		app, press := newApp(t, someBlog(3), width, 20)
		footer := func() string { return strings.TrimSpace(text(app)[strings.LastIndex(text(app), "\n"):]) }
		if got := footer(); !strings.Contains(got, "? help") {
			t.Errorf("%d: the footer of a list is %q", width, got)
		}
		if press("enter"); !strings.Contains(footer(), "esc back   ? help") {
			t.Errorf("%d: the footer of a post is %q", width, footer())
		}
		if press("y"); width >= 60 && !strings.Contains(footer(), "c code   l link   s command   m Markdown") {
			t.Errorf("%d: the footer of a prompt is %q", width, footer())
		}
	}
}

// TestFooterOffersWhatWorks: keys that do nothing are not in the footer.
// TestFooterOffersWhatWorks: what a post or a list has nothing for isn't offered.
func TestFooterOffersWhatWorks(t *testing.T) {
	files := fstest.MapFS{"a.md": {Data: []byte("---\ndate: 2026-01-01\n---\nA [link](b.md).\n")}, "b.md": {Data: []byte("---\ndate: 2026-01-02\n---\nText.\n")}}
	app, press := newApp(t, files, 80, 20)
	if press("enter"); strings.Contains(text(app), "f links") {
		t.Errorf("links are offered in a text without any:\n%s", text(app))
	}
	if press("n"); !strings.Contains(text(app), "f links") {
		t.Errorf("a link isn't offered:\n%s", text(app))
	}
	if press("esc / x x"); strings.Contains(text(app), "enter read") {
		t.Errorf("what isn't there can be read:\n%s", text(app))
	}
}

// TestLongNotice: a notice that is too long for a line takes the blank one above it, and is cut if that isn't enough.
func TestLongNotice(t *testing.T) {
	for height, want := range map[int]string{24: " to be remembered.", 11: "…"} {
		app, press := newApp(t, someBlog(9), 60, height)
		press("enter")
		app.Update(tui.NoticeMsg("This is a notice that says more than fits: come with a key to the server and to this blog, to be remembered."))
		if got := strings.TrimRight(text(app), " "); !strings.HasSuffix(got, want) {
			t.Errorf("%d lines:\n%s", height, got)
		}
		checkGeometry(t, app, 60, height)
	}
}

// TestHelpEnds: the help names more only if there is some.
func TestHelpEnds(t *testing.T) {
	for height := 10; height < 50; height++ {
		app, press := newApp(t, someBlog(3), 80, height)
		press("enter ?")
		begin := text(app)
		press("G")
		lines := func(screen string) string { return screen[:strings.LastIndex(screen, "\n")] }
		if more := lines(begin) != lines(text(app)); more != strings.Contains(begin, "↓ more") {
			t.Errorf("with more below %t, %d lines say\n%s", more, height, begin)
		}
	}
}

// text returns what a frame shows.
func text(app *tui.App) string { return ansi.Strip(app.View().Content) }

func TestPositionSurvivesResize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		files := fstest.MapFS{"a.md": {Data: []byte("---\ndate: 2026-01-01\n---\n" + numbered(2000))}}
		app, press := newApp(t, files, 80, 24)
		press("enter space space space j")
		top := firstWord(text(app))
		for _, width := range []int{40, 25, 120, 80} {
			app.Update(tea.WindowSizeMsg{Width: width, Height: 24})
			if !strings.Contains(strings.Join(strings.Split(text(app), "\n")[:2], " "), top) {
				t.Errorf("at %d columns %q isn't on top any more:\n%s", width, top, text(app))
			}
		}
		if got := firstWord(text(app)); got != top {
			t.Errorf("back at 80 columns %q is on top, was %q", got, top)
		}
	})
}

// TestPositionSurvivesLanguage: when the settings say that the blog is in another language, its words break elsewhere.
func TestPositionSurvivesLanguage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		post := &fstest.MapFile{Data: []byte("---\ndate: 2026-01-01\n---\n" + strings.ReplaceAll(numbered(300), " ", " Donaudampfschifffahrtsgesellschaft "))}
		in := func(language string) *content.Library {
			lib, err := content.Load(fstest.MapFS{"a.md": post, "postern.toml": {Data: []byte("language = \"" + language + "\"\n")}})
			if err != nil {
				t.Fatal(err)
			}
			return lib
		}
		lib := in("en")
		b := newBlog(lib)
		b.Edition = blog.Editions(func() *content.Library { return lib })
		app := tui.New(b, newReader(), "a")
		app.Update(tea.WindowSizeMsg{Width: 40, Height: 24})
		press(app, "space space space j")
		first := func() string { return regexp.MustCompile("word[0-9]+").FindString(text(app)) }
		before := first()
		lib = in("ja") // without hyphens
		app.Update(tui.ChangedMsg{})
		if first() != before {
			t.Errorf("on top was %s, and now is\n%s", before, text(app))
		}
	})
}

func TestCutIsNeverWider(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		files := fstest.MapFS{"a.md": {Data: []byte("---\ndate: 2026-01-01\ntitle: " + strings.Repeat("👨‍👩‍👧‍👦x", 5) + "\n---\n")}}
		app, _ := newApp(t, files, 30, 24)
		checkGeometry(t, app, 30, 24)
	})
}

// numbered returns a paragraph of n words that differ.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "word%04d ", i)
	}
	return b.String()
}

func firstWord(s string) string { return strings.Fields(s)[0] }

func TestScrollingDownAndUpShowsEveryLineOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		app, press := newApp(t, someBlog(3), 80, 24)
		press("G enter")
		var tops []string
		for {
			before := text(app)
			tops = append(tops, before)
			press("j")
			if text(app) == before {
				break
			}
		}
		for i := len(tops) - 2; i >= 0; i-- {
			press("k")
			if text(app) != tops[i] {
				t.Fatalf("going up, frame %d is\n%s\nand was\n%s", i, text(app), tops[i])
			}
		}
	})
}

func TestPastTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		app, press := newApp(t, fstest.MapFS{}, 80, 24)
		press("enter j k G g space b")
		if !strings.Contains(text(app), "Nothing is published here yet") {
			t.Errorf("an empty blog shows\n%s", text(app))
		}
		press("esc esc")
		if app.HasQuit() {
			t.Error("esc left the list")
		}
	})
}

// TestNewContentShows changes the library under a reader.
func TestNewContentShows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		files := someBlog(3)
		lib, err := content.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		blog := newBlog(lib)
		blog.Edition = func() *content.Edition { return lib.At(time.Now()) }
		app := tui.New(blog, newReader(), "")
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		app.Update(termtest.Msg("j")) // on post 1
		files["2026-11-22-aaa.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Brand new\n---\nText.\n")}
		if lib, err = content.Load(files); err != nil {
			t.Fatal(err)
		}
		if got := text(app); !strings.Contains(got, "Brand new") || !strings.Contains(got, "▌ 2026-11-21  The post of number 1") {
			t.Errorf("after a reload the list shows\n%s", got)
		}
		app.Update(termtest.Msg("enter"))
		clear(files)
		if lib, err = content.Load(files); err != nil {
			t.Fatal(err)
		}
		if got := text(app); !strings.Contains(got, "no longer published") {
			t.Errorf("a post that went away shows\n%s", got)
		}
	})
}

func TestAddressOpensPost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		lib, err := content.Load(someBlog(3))
		if err != nil {
			t.Fatal(err)
		}
		app := tui.New(newBlog(lib), newReader(), "POST-1")
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if v := app.View(); v.WindowTitle != "The post of number 1 – Postern" {
			t.Errorf("the title is %q", v.WindowTitle)
		}
		app.Update(termtest.Msg("esc"))
		if !strings.Contains(text(app), "1/3") {
			t.Errorf("esc leads to\n%s", text(app))
		}
		if got := app.Posts(); len(got) != 1 || got[0] != "post-1" {
			t.Errorf("posts read: %v", got)
		}
	})
}

// TestAddressOpensHeading: "#" and a heading's name behind an address open the post there, whatever the terminal's width.
func TestAddressOpensHeading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		lib, err := content.Load(fstest.MapFS{"a.md": {Data: []byte("---\ndate: 2026-01-01\n---\n" + numbered(500) + "\n\n## The heading\n\n" + numbered(2000))}})
		if err != nil {
			t.Fatal(err)
		}
		for at, want := range map[string]string{"a#the-heading": "The heading", "a#nothing": "A", "a#": "A", "b#the-heading": "Postern"} {
			for _, width := range []int{30, 80, 200} {
				app := tui.New(newBlog(lib), newReader(), at)
				app.Update(tea.WindowSizeMsg{Width: width, Height: 24})
				if got := strings.TrimSpace(strings.Split(strings.TrimLeft(text(app), " \n"), "\n")[0]); !strings.HasPrefix(got, want) {
					t.Errorf("%s at %d columns opens at %q", at, width, got)
				}
				if said := strings.Contains(text(app), "No heading of this post is called nothing."); said != (at == "a#nothing" && width > 30) {
					t.Errorf("%s at %d columns says that there is no such heading: %t", at, width, said)
				}
			}
		}
	})
}

// TestNearAddress: who comes to an address that is nearly a post's is told, and who comes under another name is not.
func TestNearAddress(t *testing.T) {
	lib, err := content.Load(someBlog(3))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]bool{"psot-1": true, "post-1": false, "ann": false, "": false} {
		app := tui.New(newBlog(lib), newReader(), at)
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if said := strings.Contains(text(app), "There is no post psot-1. The nearest is post-1."); said != want {
			t.Errorf("%q is told so: %t", at, said)
		}
	}
}

// TestReaderLanguage: LANG chooses the language of the list, if the blog has posts in it.
func TestReaderLanguage(t *testing.T) {
	files := fstest.MapFS{
		"postern.toml":       {Data: []byte("language = \"en\"\n")},
		"2026-01-02-a.md":    {Data: []byte("---\ntitle: Bread\n---\nFlour.\n")},
		"2026-01-02-a.es.md": {Data: []byte("---\ntitle: Pan\n---\nHarina.\n")},
	}
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{
		"": "Bread", "C.UTF-8": "Bread", "en_GB.UTF-8": "Bread", "es_MX.UTF-8": "Pan", "es": "Pan", "es_ES@euro": "Pan", "fr_FR": "Bread", "x": "Bread",
	} {
		reader := newReader()
		reader.Lang = lang
		app := tui.New(newBlog(lib), reader, "")
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if got := text(app); !strings.Contains(got, "▌ 2026-01-02  "+want) || !strings.Contains(got, "1/1") {
			t.Errorf("LANG=%s shows\n%s", lang, got)
		}
	}
}

// TestRemovedPostStaysReadable: a post that is removed while it is read can be read to its end.
func TestRemovedPostStaysReadable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		lib, err := content.Load(fstest.MapFS{"2026-01-01-a.md": {Data: []byte("---\ntitle: A\n---\n" + numbered(2000))}})
		if err != nil {
			t.Fatal(err)
		}
		blog := newBlog(lib)
		blog.Edition = func() *content.Edition { return lib.At(time.Now()) }
		app := tui.New(blog, newReader(), "")
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		press(app, "enter space j")
		top := firstWord(text(app))
		if lib, err = content.Load(fstest.MapFS{}); err != nil {
			t.Fatal(err)
		}
		if got := firstWord(text(app)); got != top {
			t.Errorf("%s is on top, was %s", got, top)
		}
		press(app, "G")
		if got := text(app); !strings.Contains(got, "word1999") {
			t.Errorf("its end is\n%s", got)
		}
		press(app, "g")
		if got := text(app); !strings.Contains(got, "no longer published") {
			t.Errorf("its beginning is\n%s", got)
		}
	})
}

// TestIdleReaderKeepsNoLibrary: a library that was replaced is freed, though an idle reader has one of its posts on the
// screen.
func TestIdleReaderKeepsNoLibrary(t *testing.T) {
	lib, err := content.Load(someBlog(3))
	if err != nil {
		t.Fatal(err)
	}
	blog := newBlog(lib)
	blog.Edition = func() *content.Edition { return lib.At(today) }
	app := tui.New(blog, newReader(), "")
	app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	press(app, "j enter j /")
	app.View()
	app.DropCache()
	old := weak.Make(lib.At(today).Posts()[0])
	if lib, err = content.Load(someBlog(2)); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	if old.Value() != nil {
		t.Error("another post of the old library is still held")
	}
	runtime.KeepAlive(app)
}

// TestSearchOpensAtHit: enter opens a post at the words that were found, and esc returns to the same search.
func TestSearchOpensAtHit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		app, press := newApp(t, fstest.MapFS{"2026-01-01-a.md": {Data: []byte("---\ntitle: A\n---\n" + numbered(1000) + "\n\nHere is *the* needle.\n\n" + numbered(1000))}}, 80, 24)
		press("/ n e e d l enter")
		if got := text(app); !strings.Contains(got, "Here is the needle.") {
			t.Errorf("the hit opens\n%s", got)
		}
		if !strings.Contains(app.View().Content, "\x1b[7mneedl\x1b[27me") {
			t.Error("the word isn't marked")
		}
		press("esc esc")
		if got := text(app); !strings.Contains(got, "/needl") {
			t.Errorf("esc leads to\n%s", got)
		}
	})
}

// TestSearchOpensAtMostWords: a search of several words opens a post where they stand together, though one of them stands before, and
// though the page sets that place otherwise than the excerpt does. From there n goes on.
func TestSearchOpensAtMostWords(t *testing.T) {
	for _, place := range []string{"The hay has\na needle in it.", "The hay is[^1] the \"needle\" of it.\n\n[^1]: A note."} {
		body := "A needle alone.\n\n" + numbered(1000) + "\n\n" + place + "\n\n" + numbered(1000) + "\n\nThe last hay.\n"
		app, press := newApp(t, fstest.MapFS{"2026-01-01-a.md": {Data: []byte("---\ntitle: A\n---\n" + body)}}, 80, 24)
		press("/ n e e d l e space h a y enter")
		if got := text(app); !strings.Contains(got, "The hay") || strings.Contains(got, "alone") {
			t.Errorf("the hit opens\n%s", got)
		}
		if press("n"); !strings.Contains(text(app), "2 of 2: hay") || !strings.Contains(text(app), "The last hay") {
			t.Errorf("n goes to\n%s", text(app))
		}
	}
}

// TestExternalLink: a link that leads out of the blog is shown, for the terminal to open, and copied only by its key.
func TestExternalLink(t *testing.T) {
	app, press := newApp(t, fstest.MapFS{"2026-01-01-a.md": {Data: []byte("---\ntitle: A\n---\nGo [there](https://example.com/x).\n")}}, 80, 24)
	press("enter f")
	if _, cmd := app.Update(termtest.Msg("a")); cmd != nil || !strings.Contains(app.View().Content, "\x1b]8;id=out;https://example.com/x") {
		t.Errorf("following a link copies it (%t) or doesn't show it:\n%s", cmd != nil, text(app))
	}
	if _, cmd := app.Update(termtest.Msg("y")); cmd == nil || !strings.Contains(text(app), "Copied.") {
		t.Errorf("y doesn't copy it:\n%s", text(app))
	}
}

// TestHelpNamesLinear: the help says how to read without the screens.
func TestHelpNamesLinear(t *testing.T) {
	app, _ := newApp(t, someBlog(1), 80, 24)
	press(app, "?")
	for _, width := range []int{80, 44} {
		app.Update(tea.WindowSizeMsg{Width: width, Height: 36})
		if s := text(app); !strings.Contains(s, "ssh -t blog.example.com linear") {
			t.Errorf("at %d columns the help is\n%s", width, s)
		}
	}
}

// TestNoticeClosesMenu: a notice replaces the footer, so the menu of what to copy, whose keys the footer showed, is closed.
func TestNoticeClosesMenu(t *testing.T) {
	app, _ := newApp(t, someBlog(1), 80, 24)
	press(app, "enter y")
	app.Update(tui.NoticeMsg("The server stops in a minute."))
	press(app, "m")
	if s := text(app); !strings.Contains(s, "The wheel scrolls.") {
		t.Error("the menu is open behind the notice:\n", s)
	}
}

// TestHelpScrolls: the help of a post scrolls by every key that it names for that, and names no key twice.
func TestHelpScrolls(t *testing.T) {
	app, press := newApp(t, someBlog(3), 80, 60)
	press("j j enter ?")
	named := map[string]int{}
	for line := range strings.SplitSeq(text(app), "\n") {
		if key, _, ok := strings.Cut(strings.TrimSpace(line), "   "); ok {
			named[key]++
		}
	}
	for _, key := range []string{"↓/j", "d", "u", "G", "n", "esc", "L", "q"} {
		if named[key] != 1 {
			t.Errorf("%s is named %d times", key, named[key])
		}
	}
	app.Update(tea.WindowSizeMsg{Width: 80, Height: 10})
	for _, keys := range []string{"j k", "space b", "d u", "G g", "ctrl+f ctrl+b", "end home"} {
		start := text(app)
		down, up, _ := strings.Cut(keys, " ")
		press(down)
		if text(app) == start {
			t.Errorf("%s doesn't scroll the help", down)
		}
		if press(up); text(app) != start {
			t.Errorf("%s doesn't go back to where %s came from", up, down)
		}
	}
}

// TestComingBack: a post that is opened again in a session opens where it was left, and from its beginning if it was read to
// its end.
func TestComingBack(t *testing.T) {
	app, press := newApp(t, someBlog(3), 80, 24)
	press("G enter space j j")
	left := strings.Split(text(app), "\n")
	press("esc G enter")
	if got := strings.Split(text(app), "\n"); !slices.Equal(got[:23], left[:23]) || !strings.Contains(got[23], "Here you left.") {
		t.Errorf("it opens at\n%s\nand was left at\n%s", strings.Join(got, "\n"), strings.Join(left, "\n"))
	}
	press("p n")
	if got := strings.Split(text(app), "\n"); !slices.Equal(got[:23], left[:23]) {
		t.Errorf("by p and n it opens at\n%s", strings.Join(got, "\n"))
	}
	press("G esc enter")
	if got := text(app); !strings.Contains(got, "The post of number 2") || strings.Contains(got, "Here you left") {
		t.Errorf("read to its end, it opens at\n%s", got)
	}
}
