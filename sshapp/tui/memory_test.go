package tui_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/phrase"
	"postern/sshapp/state"
	"postern/sshapp/tui"
)

// A home is a blog that remembers a reader, who may visit it several times.
type home struct {
	t      *testing.T
	files  fstest.MapFS
	blog   *blog.Blog
	keeper *state.Keeper
}

// remembering runs a test with a blog that remembers a reader, under fake time.
func remembering(t *testing.T, files fstest.MapFS, test func(t *testing.T, h *home)) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		log := slog.New(slog.DiscardHandler)
		db := state.NewDatabase(dir, log)
		h := &home{t: t, files: files, keeper: state.NewKeeper(dir, db, log)}
		h.publish()
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			h.keeper.Run(ctx)
			close(ended)
		}()
		test(t, h)
		stop()
		<-ended
		db.Close()
	})
}

// publish loads the files again.
func (h *home) publish() {
	h.t.Helper()
	lib, err := content.Load(h.files)
	if err != nil {
		h.t.Fatal(err)
	}
	if h.blog == nil {
		h.blog = newBlog(lib)
	}
	h.blog.Edition = blog.Editions(func() *content.Library { return lib })
}

// A visit is a session of the reader.
type visit struct {
	*tui.App
	t      *testing.T
	memory *state.Memory
}

// visit begins a session on a terminal of so many columns and 24 lines.
func (h *home) visit(width int, target string) *visit {
	h.t.Helper()
	m, err := h.keeper.Visit([]byte("the reader's key"), true)
	if err != nil {
		h.t.Fatal(err)
	}
	reader := newReader()
	reader.Memory = m
	reader.Colors, reader.Pictures = 1<<24, lazyPictures
	v := &visit{tui.New(h.blog, reader, target), h.t, m}
	v.Update(tea.WindowSizeMsg{Width: width, Height: 24})
	return v
}

func (v *visit) press(names string) { press(v.App, names) }

// leave ends the session; the reader is away for some hours.
func (v *visit) leave() {
	v.memory.Leave()
	time.Sleep(5 * time.Hour)
}

func (v *visit) text() string { return ansi.Strip(v.View().Content) }

// sees fails the test unless the screen has all of some texts.
func (v *visit) sees(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if !strings.Contains(v.text(), text) {
			v.t.Errorf("the screen doesn't have %q:\n%s", text, v.text())
		}
	}
}

func (v *visit) lacks(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if strings.Contains(v.text(), text) {
			v.t.Errorf("the screen has %q:\n%s", text, v.text())
		}
	}
}

// numberedPost returns a post whose paragraphs say their numbers.
func numberedPost() string {
	var b strings.Builder
	b.WriteString("---\ntitle: Long\ndescription: A long one.\n---\n")
	for i := range 60 {
		fmt.Fprintf(&b, "Paragraph %d of the long post, %s\n\n", i, strings.Repeat("which goes on for a while, ", 8))
	}
	return b.String()
}

const longPost = "2026-11-20-long.md"

// TestConsent: a reader with a key is asked, once if they agree, and nothing is kept of who doesn't.
func TestConsent(t *testing.T) {
	remembering(t, fstest.MapFS{longPost: {Data: []byte(numberedPost())}}, func(t *testing.T, h *home) {
		for _, no := range []string{"n", "esc", "enter"} {
			v := h.visit(80, "")
			v.sees("Shall this blog remember you?", "13 months", "ssh me@blog.example.com forget", "ssh me@blog.example.com export", "y yes, remember me")
			v.press(no)
			v.lacks("Shall this blog")
			v.press("enter space space T w esc")
			if v.memory.Agreed() {
				t.Errorf("%s means yes", no)
			}
			v.leave()
		}
		v := h.visit(80, "")
		v.press("y")
		v.sees("You are remembered from now on.")
		v.leave()
		v = h.visit(80, "")
		v.lacks("Shall this blog")
		v.leave()
	})
	for _, language := range []string{"", "de", "ja"} {
		if n := len(blog.Consent(phrase.For(language), "blog.example.com")); n != 4 {
			t.Errorf("%q: it is told in %d paragraphs", language, n)
		}
	}
}

// TestResume: a post opens at the sentence that was on top, at any width, however it was edited above, and from anywhere.
func TestResume(t *testing.T) {
	remembering(t, fstest.MapFS{longPost: {Data: []byte(numberedPost())}}, func(t *testing.T, h *home) {
		v := h.visit(80, "")
		v.press("y enter 1 0 space")
		first := firstParagraph(t, v.text())
		if first == 0 {
			t.Fatal(v.text())
		}
		v.press("esc")
		v.sees("% of ")
		v.press("enter")
		if got := firstParagraph(t, v.text()); got != first {
			t.Errorf("in the same session: paragraph %d, not %d", got, first)
		}
		v.sees("Here you left. g goes to the beginning.")
		v.leave()

		h.files[longPost].Data = []byte(strings.Replace(numberedPost(), "Paragraph 1 ", strings.Repeat("New.\n\n", 40)+"Paragraph 1 ", 1))
		h.publish()
		for _, width := range []int{40, 120, 80} {
			v := h.visit(width, "long")
			if got := firstParagraph(t, v.text()); got != first {
				t.Errorf("%d columns: paragraph %d, not %d", width, got, first)
			}
			v.leave()
		}
		v = h.visit(80, "")
		v.press("enter G esc")
		v.sees("read, ")
		v.press("enter")
		if got := firstParagraph(t, v.text()); got != 0 {
			t.Errorf("read to its end, it opens at paragraph %d", got)
		}
		v.leave()
	})
}

// firstParagraph returns the number of the first paragraph that begins on a screen, less the one above it if that goes on there.
func firstParagraph(t *testing.T, screen string) (n int) {
	t.Helper()
	_, after, ok := strings.Cut(screen, "Paragraph ")
	if _, err := fmt.Sscan(after, &n); !ok || err != nil {
		t.Errorf("no paragraph: %s", screen)
	}
	return n
}

// TestNew: what was published while the reader was away is marked until they open it.
func TestNew(t *testing.T) {
	files := someBlog(3)
	delete(files, "2026-11-22-post-0.md") // which is of the day of the first visit, and may be new after it
	remembering(t, files, func(t *testing.T, h *home) {
		v := h.visit(80, "")
		v.press("y")
		v.lacks("new since", "new, ")
		v.leave()
		time.Sleep(24 * time.Hour)
		files["2026-11-23-fresh.md"] = &fstest.MapFile{Data: []byte("---\ntitle: A fresh one\n---\nIt is short.\n")}
		h.publish()
		v = h.visit(80, "")
		v.sees("1 new since you were last here, 2026-11-22", "new, 1 min")
		v.press("j enter esc k")
		v.sees("1 new since", "read, 1 min")
		v.press("enter esc")
		v.lacks("new since", "new, ")
		v.leave()
	})
}

// TestBookmarks: they are kept, listed, opened and removed, and say how without a key.
func TestBookmarks(t *testing.T) {
	remembering(t, fstest.MapFS{longPost: {Data: []byte(numberedPost())}, "2026-11-19-short.md": {Data: []byte("---\ntitle: Short\n---\nText.\n")}}, func(t *testing.T, h *home) {
		v := h.visit(80, "")
		v.press("n B")
		v.sees("Shall this blog remember you?")
		v.press("y B")
		v.sees("There are none yet.")
		v.press("esc enter 1 0 space B")
		v.sees("Bookmarked: ")
		first := firstParagraph(t, v.text())
		v.press("n B esc B")
		v.sees("Long: ", "Short", "2026-11-22", "1/2")
		v.leave()

		v = h.visit(60, "")
		v.press("B j enter")
		if got := firstParagraph(t, v.text()); got != first {
			t.Errorf("the bookmark leads to paragraph %d, not %d", got, first)
		}
		v.press("B")
		v.sees("The bookmark is gone.")
		v.press("esc x")
		v.sees("There are none yet.")
		v.leave()
		if left := v.memory.Bookmarks(); len(left) != 0 {
			t.Errorf("%v are left", left)
		}
	})
	app, press := newApp(t, someBlog(1), 80, 24)
	for range 2 {
		press("B")
		if text := ansi.Strip(app.View().Content); !strings.Contains(text, "To be remembered, come with a key: ssh me@blog.example.com") {
			t.Errorf("without a key: %s", text)
		}
		press("enter")
	}
}

// TestRemembersSettings: the theme and the width of the text are those that were chosen last.
func TestRemembersSettings(t *testing.T) {
	remembering(t, fstest.MapFS{longPost: {Data: []byte(numberedPost())}}, func(t *testing.T, h *home) {
		v := h.visit(120, "")
		v.press("y T w enter")
		want := v.View().Content
		v.leave()
		v = h.visit(120, "long")
		if got := v.View().Content; got != want {
			t.Errorf("it looks like\n%s\nand not like\n%s", got, want)
		}
		v.leave()
	})
}

// TestRemembersPictures: captions stay in the place of pictures, and pictures in that of captions.
func TestRemembersPictures(t *testing.T) {
	remembering(t, illustratedBlog(), func(t *testing.T, h *home) {
		v := h.visit(80, "one")
		v.press("y")
		v.lacks("wide.png")
		v.press("i")
		v.leave()
		v = h.visit(80, "one")
		v.sees("wide.png")
		v.press("i")
		v.leave()
		v = h.visit(80, "one")
		v.lacks("wide.png")
		v.leave()
	})
}

// TestForgottenMeanwhile: who is forgotten by another session reads on as anybody does.
func TestForgottenMeanwhile(t *testing.T) {
	remembering(t, fstest.MapFS{longPost: {Data: []byte(numberedPost())}}, func(t *testing.T, h *home) {
		v := h.visit(80, "")
		v.press("y enter space B")
		if err := v.memory.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		v.press("space esc T w enter esc")
		v.lacks("% of ", "read, ")
		v.press("B")
		v.sees("Shall this blog remember you?")
		v.leave()
	})
}

// TestMemoryGeometry: the screens of who is remembered fit terminals of all sizes.
func TestMemoryGeometry(t *testing.T) {
	remembering(t, unusualBlog(), func(t *testing.T, h *home) {
		for _, keys := range []string{"", "n", "y", "B enter", "enter B esc B", "B j x"} {
			v := h.visit(80, "")
			v.press(keys)
			for _, width := range []int{0, 1, 2, 10, 20, 39, 80, 200} {
				for _, height := range []int{0, 1, 3, 5, 10, 24, 60} {
					v.Update(tea.WindowSizeMsg{Width: width, Height: height})
					checkGeometry(t, v.App, width, height)
				}
			}
			v.leave()
		}
	})
}
