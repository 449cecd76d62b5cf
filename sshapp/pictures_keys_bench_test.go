package sshapp

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// BenchmarkKeysDuringPictures types keys in the list of posts, by turns while nothing else happens and while large pictures are drawn for
// another reader one after the other, and reports how long frames take, and the most memory that the heap takes.
func BenchmarkKeysDuringPictures(b *testing.B) {
	for _, c := range []struct {
		name  string
		kitty bool
		file  func() []byte
	}{
		{"PNG, 40 megapixels in 256 colours", false, func() []byte { return largePNG(b, image.NewPaletted(image.Rect(0, 0, 8000, 5000), somePalette())) }},
		{"PNG, 16 megapixels in true colour", false, func() []byte { return largePNG(b, image.NewNRGBA(image.Rect(0, 0, 4800, 3400))) }},
		{"JPEG, 40 megapixels", false, func() []byte {
			return largeJPEG(b, image.NewYCbCr(image.Rect(0, 0, 8000, 5000), image.YCbCrSubsampleRatio420))
		}},
		{"JPEG, a megapixel for kitty", true, func() []byte {
			return largeJPEG(b, image.NewYCbCr(image.Rect(0, 0, 1200, 800), image.YCbCrSubsampleRatio420))
		}},
	} {
		b.Run(c.name, func(b *testing.B) { keysDuringPictures(b, c.file(), c.kitty) })
	}
}

func keysDuringPictures(b *testing.B, file []byte, kitty bool) {
	lib, err := content.Load(fstest.MapFS{
		"2026-11-01-one.md":   {Data: []byte("---\ntitle: One\n---\n\n![A photo](photo.png)\n")},
		"2026-11-01-two.md":   {Data: []byte("---\ntitle: Two\n---\n\nText.\n")},
		"2026-11-01-three.md": {Data: []byte("---\ntitle: Three\n---\n\nText.\n")},
		"photo.png":           {Data: file, ModTime: time.Unix(1, 0)},
	})
	if err != nil {
		b.Fatal(err)
	}
	h := open(b, func(c *Config) { // nothing fits into the cache
		c.Blog = &blog.Blog{Edition: blog.Editions(func() *content.Library { return lib }), Theme: theme.Terminal, Pages: page.NewCache(1)}
	})
	reader, err := newVisitor(h.dial(""), 80, 24)
	if err != nil {
		b.Fatal(err)
	}
	other, err := newVisitor(h.dial("one"), 80, 24)
	if err != nil {
		b.Fatal(err)
	}
	if kitty {
		if _, err := io.WriteString(other.keyboard, "\x1bP>|kitty(0.40.1)\x1b\\"); err != nil {
			b.Fatal(err)
		}
	}
	queue := h.server.gate.PictureQueue()
	const keys = 300
	var idle, busy []time.Duration
	var most uint64
	typed := func(took []time.Duration, drawing bool) []time.Duration {
		for n := range keys {
			if drawing && queue.Running()+queue.Waiting() == 0 {
				other.press("i")
				other.press("i")
			}
			d, ok := reader.press("jk"[n%2 : n%2+1])
			if !ok {
				b.Fatal("a key was not answered")
			}
			took = append(took, d)
			var m runtime.MemStats
			if n%20 == 0 {
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
			time.Sleep(10 * time.Millisecond)
		}
		return took
	}
	before := queue.Done(work.Draw)
	for b.Loop() {
		for queue.Running()+queue.Waiting() > 0 {
			time.Sleep(10 * time.Millisecond)
		}
		idle = typed(idle, false)
		busy = typed(busy, true)
	}
	slices.Sort(idle)
	slices.Sort(busy)
	at := func(took []time.Duration, share int) float64 { return float64(took[len(took)*share/100]) / 1e6 }
	b.ReportMetric(float64(queue.Done(work.Draw)-before), "drawn")
	b.ReportMetric(at(idle, 99), "ms/idle-p99")
	b.ReportMetric(at(busy, 50), "ms/key")
	b.ReportMetric(at(busy, 99), "ms/key-p99")
	b.ReportMetric(float64(most)/1e6, "MB-heap")
}

func somePalette() color.Palette {
	var p color.Palette
	for i := range 256 {
		p = append(p, color.RGBA{uint8(i), uint8(i * 3), uint8(i * 7), 255})
	}
	return p
}

// largePNG returns the file of a picture with a pattern in it.
func largePNG(b *testing.B, img image.Image) []byte {
	switch img := img.(type) {
	case *image.Paletted:
		for i := range img.Pix {
			img.Pix[i] = uint8(i>>4 ^ i/8000)
		}
	case *image.NRGBA:
		for i := range img.Pix {
			img.Pix[i] = uint8(i>>6 ^ i/19200)
		}
	}
	var f bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&f, img); err != nil {
		b.Fatal(err)
	}
	return f.Bytes()
}

func largeJPEG(b *testing.B, img *image.YCbCr) []byte {
	for i := range img.Y {
		img.Y[i] = uint8(i>>4 ^ i/8000)
	}
	var f bytes.Buffer
	if err := jpeg.Encode(&f, img, nil); err != nil {
		b.Fatal(err)
	}
	return f.Bytes()
}
