package tui_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/tui"
)

// redPicture returns the file of a red picture.
func redPicture(width, height int) *fstest.MapFile {
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.RGBA{255, 0, 0, 255}})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

// illustratedBlog is a blog with a post of 40 paragraphs, each but the first below a picture.
func illustratedBlog() fstest.MapFS {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "Paragraph %d.\n\n## Part %d\n\n![Picture %d](wide.png)\n*What is seen on picture %d*\n\n", i, i, i, i)
	}
	return fstest.MapFS{
		"2026-01-01-one.md": {Data: []byte("---\ntitle: One\n---\n\n" + text.String())},
		"wide.png":          redPicture(600, 400),
	}
}

// openIllustrated returns an App that shows the illustrated post. It runs commands of no kind: a picture shows in the next
// frame after it is drawn.
func openIllustrated(t *testing.T, files fstest.MapFS, colors, width, height int) *tui.App {
	t.Helper()
	time.Sleep(time.Until(today))
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	reader := blog.Reader{Colors: colors, Pictures: lazyPictures}
	app := tui.New(newBlog(lib), reader, "one")
	app.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return app
}

// lazyPictures are those of a reader for whom nobody waits.
var lazyPictures = blog.LazyPictures{Make: func() *blog.Pictures { return blog.NewPictures(func() *work.Turn { return nil }, func() {}, false) }}

// frame returns the lines of an App's frame after everything that it asks for is there.
func frame(app *tui.App) []string {
	app.Frame()
	synctest.Wait()
	app.Update(tui.PicturesMsg{})
	_, lines := app.Frame()
	return lines
}

// red counts the cells of a frame that are red, by its sequences alone: those of red pictures have no glyph.
func red(lines []string) int {
	n := 0
	for _, l := range lines {
		if _, row, ok := strings.Cut(l, "\x1b[48;5;196m"); ok {
			n += strings.Count(row[:strings.Index(row, "\x1b[m")], " ")
		}
	}
	return n
}

// TestPictures: pictures take the place of their frames once they are drawn, and the key i takes them away.
func TestPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := openIllustrated(t, illustratedBlog(), 1<<24, 80, 30)
		if _, lines := app.Frame(); red(lines) > 0 || !strings.Contains(strings.Join(lines, "\n"), "╭") {
			t.Error("a frame waited for a picture")
		}
		lines := frame(app)
		text := ansi.Strip(strings.Join(lines, "\n"))
		if red(lines) != 15*45 || strings.Contains(text, "╭") || !strings.Contains(text, "Picture 0") || !strings.Contains(text, "What is seen on picture 0") {
			t.Errorf("%d cells:\n%s", red(lines), text)
		}
		press(app, "i")
		if lines := frame(app); red(lines) > 0 || !strings.Contains(ansi.Strip(strings.Join(lines, "\n")), "wide.png") {
			t.Errorf("captions:\n%s", strings.Join(lines, "\n"))
		}
		press(app, "i")
		if _, lines := app.Frame(); red(lines) != 15*45 {
			t.Error("pictures are not back at once")
		}
		press(app, "f")
		if _, lines := app.Frame(); red(lines) != 15*45 {
			t.Error("not beside the labels of links")
		}
	})
}

// TestCaptions: a blog may begin with captions, and a terminal of few colours has nothing else.
func TestCaptions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files := illustratedBlog()
		app := openIllustrated(t, files, 16, 80, 24)
		press(app, "i")
		if lines := frame(app); red(lines) > 0 || !strings.Contains(lines[23], "256 colours") {
			t.Errorf("%q", lines)
		}
		files["postern.toml"] = &fstest.MapFile{Data: []byte(`pictures = "caption"`)}
		app = openIllustrated(t, files, 1<<24, 80, 24)
		if red(frame(app)) > 0 {
			t.Error("the blog's setting is ignored")
		}
		press(app, "i")
		if red(frame(app)) == 0 {
			t.Error("a reader can't change it")
		}
	})
}

// TestPicturesKeepThePlace: pictures grow and shrink with the screen, and the same text stays on top; it is found, and headings
// are gone to.
func TestPicturesKeepThePlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := openIllustrated(t, illustratedBlog(), 1<<24, 80, 24)
		for range 30 {
			press(app, "]")
		}
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 50}, {Width: 40, Height: 50}, {Width: 120, Height: 12}, {Width: 80, Height: 24}} {
			app.Update(size)
			if lines := frame(app); !strings.Contains(ansi.Strip(lines[0]), "Part 29") || len(lines) != size.Height {
				t.Errorf("at %v on top is %q", size, ansi.Strip(lines[0]))
			}
		}
		press(app, "i")
		if _, lines := app.Frame(); !strings.Contains(ansi.Strip(lines[0]), "Part 29") {
			t.Errorf("with captions on top is %q", ansi.Strip(lines[0]))
		}
		press(app, "i / p i c t u r e space 3 5 enter")
		if text := strings.Join(frame(app), "\n"); !strings.Contains(text, "\x1b[7mpicture 35") && !strings.Contains(text, "\x1b[7mPicture 35") {
			t.Errorf("it is not found:\n%s", text)
		}
		press(app, "o")
		if text := ansi.Strip(strings.Join(frame(app), "\n")); !strings.Contains(text, "Part 35") {
			t.Errorf("contents:\n%s", text)
		}
	})
}

// TestPicturesFit: no line is too wide, at any size and scrolled anywhere.
func TestPicturesFit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := openIllustrated(t, illustratedBlog(), 1<<24, 80, 24)
		for _, width := range []int{0, 1, 19, 20, 21, 40, 80, 200} {
			for _, height := range []int{0, 1, 5, 6, 7, 24, 60} {
				app.Update(tea.WindowSizeMsg{Width: width, Height: height})
				for _, key := range []string{"g", "d", "j", "space", "G"} {
					app.Update(termtest.Msg(key))
					lines := frame(app)
					if len(lines) > height {
						t.Fatalf("%d lines at %d × %d", len(lines), width, height)
					}
					for _, l := range lines {
						if n := ansi.StringWidthWc(l); n > width {
							t.Fatalf("%d cells at %d × %d: %q", n, width, height, l)
						}
					}
				}
			}
		}
	})
}

// TestPictureAlone: a picture that is chosen among the links fills the screen until a key is pressed.
func TestPictureAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := openIllustrated(t, illustratedBlog(), 1<<24, 80, 30)
		frame(app)
		press(app, "f a")
		if _, lines := app.Frame(); !strings.Contains(strings.Join(lines, ""), "Picture 0") || red(lines) > 0 {
			t.Errorf("before it is drawn:\n%s", strings.Join(lines, "\n"))
		}
		if lines := frame(app); red(lines) != 27*80 {
			t.Errorf("%d cells are red:\n%s", red(lines), ansi.Strip(strings.Join(lines, "\n")))
		}
		app.Update(tea.WindowSizeMsg{Width: 100, Height: 12})
		if lines := frame(app); red(lines) != 10*30 {
			t.Errorf("%d cells are red on a smaller screen", red(lines))
		}
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
		press(app, "q")
		if text := ansi.Strip(strings.Join(frame(app), "\n")); !strings.Contains(text, "What is seen on picture 0") || app.HasQuit() {
			t.Errorf("after a key:\n%s", text)
		}
	})
}

// TestLabelOnPicture: a picture of which the screen has only the upper lines is chosen by a letter on the first of them.
func TestLabelOnPicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := openIllustrated(t, illustratedBlog(), 1<<24, 80, 30)
		one := red(frame(app))
		for red(frame(app)) <= one { // until there is a line of the second picture too
			press(app, "j")
		}
		cells := red(frame(app))
		press(app, "f")
		if lines := frame(app); !strings.Contains(strings.Join(lines, "\n"), "\x1b[7ms") || red(lines) != cells-1 {
			t.Errorf("%d of %d cells are red:\n%s", red(lines), cells, ansi.Strip(strings.Join(lines, "\n")))
		}
		press(app, "s")
		if lines := frame(app); red(lines) != 27*80 {
			t.Errorf("the second picture is not alone:\n%s", ansi.Strip(strings.Join(lines, "\n")))
		}
	})
}

// TestFetchPicture: where no picture can be shown, its link tells how to fetch it, and y copies that.
func TestFetchPicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := openIllustrated(t, illustratedBlog(), 16, 80, 30)
		press(app, "f a")
		for _, want := range []string{"Picture 0", "scp HOST:/images/wide.png .", "y copy the command"} {
			if got := text(app); !strings.Contains(got, want) {
				t.Errorf("no %q in\n%s", want, got)
			}
		}
		if _, cmd := app.Update(termtest.Msg("y")); cmd == nil || !strings.Contains(text(app), "Copied") {
			t.Errorf("y copies nothing:\n%s", text(app))
		}
		press(app, "space")
		if got := text(app); !strings.Contains(got, "Paragraph 0.") {
			t.Errorf("after a key:\n%s", got)
		}
	})
}
