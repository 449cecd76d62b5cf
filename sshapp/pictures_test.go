package sshapp

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// withPicture changes a server to have a post with a picture of 300 × 200 pixels, in one colour.
func withPicture(t *testing.T) func(*Config) {
	img := image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{color.RGBA{255, 0, 0, 255}})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	lib, err := content.Load(fstest.MapFS{
		"2026-11-01-one.md": {Data: []byte("---\ntitle: One\n---\n\n![It is red](red.png)\n" + strings.Repeat("\nOne line, and another.\n", 40))},
		"red.png":           {Data: b.Bytes()},
	})
	if err != nil {
		t.Fatal(err)
	}
	return func(c *Config) {
		c.Blog = &blog.Blog{Edition: blog.Editions(func() *content.Library { return lib }), Theme: theme.Terminal, Pages: page.NewCache(1 << 20)}
	}
}

// redCells returns the size of the red area on a terminal: its widest line, and how many lines it has.
func redCells(terminal *termtest.Terminal) (columns, rows int) {
	for line := range strings.Lines(terminal.Styled()) {
		if _, row, ok := strings.Cut(line, "␛[48;5;196m"); ok {
			text, _, _ := strings.Cut(row, "␛")
			columns = max(columns, strings.Count(text, " "))
			rows++
		}
	}
	return columns, rows
}

// TestPictureArrives: a reader who does nothing sees a picture that has been drawn, and then nothing more is sent, however he
// scrolls, sleeps and wakes, but for the lines that change.
func TestPictureArrives(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withPicture(t))
		r := h.read("one", 80, 24)
		if columns, rows := redCells(r.terminal); columns != 36 || rows != 12 {
			t.Fatalf("%d × %d cells are red:\n%s", columns, rows, r.terminal.Styled())
		}
		r.sees("It is red")
		sent := r.terminal.Bytes()
		time.Sleep(time.Minute)
		if n := r.terminal.Bytes() - sent; n > 0 {
			t.Errorf("%d bytes are sent to a reader who does nothing", n)
		}
		r.press("j")
		if n := r.terminal.Bytes() - sent; n > 200 {
			t.Errorf("a line down after a sleep takes %d bytes", n)
		}
		if _, rows := redCells(r.terminal); rows != 12 {
			t.Errorf("%d rows are red", rows)
		}
	})
}

// TestCellPixels: a picture keeps its shape on the cells that the client tells of; Windows' OpenSSH tells nothing of use.
func TestCellPixels(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withPicture(t))
		for _, c := range []struct{ wide, high, columns, rows int }{
			{0, 0, 36, 12}, {640, 480, 36, 12}, {80 * 10, 24 * 15, 27, 12}, {80 * 9, 24 * 18, 36, 12}, {80 * 8, 24 * 8, 36, 12}, {1, 1 << 31, 36, 12},
		} {
			r := h.read("one", 80, 24)
			payload := gossh.Marshal(struct{ Columns, Rows, Wide, High uint32 }{80, 24, uint32(c.wide), uint32(c.high)})
			if _, err := r.session.SendRequest("window-change", false, payload); err != nil {
				t.Fatal(err)
			}
			settle()
			if columns, rows := redCells(r.terminal); columns != c.columns || rows != c.rows {
				t.Errorf("on %d × %d pixels %d × %d cells are red, and not %d × %d", c.wide, c.high, columns, rows, c.columns, c.rows)
			}
			r.leave()
		}
	})
}
