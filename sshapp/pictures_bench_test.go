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

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// BenchmarkScrollPictures: a line down in a post that is mostly pictures, on 120 × 40 cells. Half blocks pay for two colours of each
// cell that scrolls in, and placeholders for a character of four bytes.
func BenchmarkScrollPictures(b *testing.B) {
	for _, c := range []struct {
		name     string
		colors   colorprofile.Profile
		kitty    picture.Support
		captions bool
	}{
		{"captions", colorprofile.TrueColor, picture.Unsupported, true},
		{"256 colours", colorprofile.ANSI256, picture.Unsupported, false},
		{"true colour", colorprofile.TrueColor, picture.Unsupported, false},
		{"kitty", colorprofile.TrueColor, picture.Supported, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			drawn := make(chan struct{}, 1)
			pictures := blog.NewPictures(nil, func() { drawn <- struct{}{} }, c.colors == colorprofile.TrueColor)
			pictures.Kitty = picture.NewKitty(c.kitty, 0)
			app := tui.New(photoBlog(b), blog.Reader{Colors: 1 << 24, Pictures: blog.LazyPictures{Make: func() *blog.Pictures { return pictures }}}, "one")
			app.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
			if c.captions {
				app.Update(termtest.Msg("i"))
			} else {
				app.Frame()
				<-drawn
			}
			var sent countingWriter
			t := terminal.New(&sent, c.colors, "xterm-256color")
			step := func(key string) {
				app.Update(termtest.Msg(key))
				v, lines := app.Frame()
				t.Show(v, lines, picture.Raster{}, terminal.Size{Width: 120, Height: 40})
				for pictures.Kitty.Pending() {
					pictures.Kitty.Next()
				}
			}
			step("j")
			step("k")
			sent = 0
			b.ReportAllocs()
			lines := 0
			for b.Loop() {
				if lines++; lines%200 == 0 {
					b.StopTimer()
					at := sent
					step("g")
					sent = at
					b.StartTimer()
				}
				step("j")
			}
			b.ReportMetric(float64(sent)/float64(lines), "B/line")
		})
	}
}

type countingWriter int

func (w *countingWriter) Write(p []byte) (int, error) {
	*w += countingWriter(len(p))
	return len(p), nil
}

// photoBlog is a blog with a post of 20 pictures whose pixels all differ.
func photoBlog(t testing.TB) *blog.Blog {
	img := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for i := range 600 * 400 {
		x, y := i%600, i/600
		img.SetRGBA(x, y, color.RGBA{uint8(x*y/64 + x), uint8(y * 3), uint8(x ^ y), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	lib, err := content.Load(fstest.MapFS{
		"2026-11-01-one.md": {Data: []byte("---\ntitle: One\n---\n" + strings.Repeat("\n![A photo](photo.png)\n\nText.\n", 20))},
		"photo.png":         {Data: b.Bytes(), ModTime: time.Unix(1, 0)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &blog.Blog{Edition: blog.Editions(func() *content.Library { return lib }), Theme: theme.Terminal, Pages: page.NewCache(32 << 20)}
}
