package sshapp

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pkg/sftp"

	"postern/sshapp/admission/work"
)

// upload puts a file into the site, and sets its time where it is published.
func (h *house) upload(c *sftp.Client, name string, data []byte) {
	h.t.Helper()
	f, err := c.Create(name)
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		h.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		h.t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(h.data, "site", "current", name), today, today); err != nil {
		h.t.Fatal(err)
	}
}

// plain returns the file of a picture in one colour, which is as long for all colours.
func plain(t *testing.T, c color.RGBA) []byte {
	img := image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{c})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRepublishedPicture: a picture in whose place another of the same size and time is published shows as that one. One that stays as
// it is isn't drawn again.
func TestRepublishedPicture(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openPublished(t, ada, "KEY ada")
		_, c := h.authorSFTP(ada)
		h.upload(c, "plain.png", plain(t, color.RGBA{255, 0, 0, 255}))
		h.upload(c, "one.md", []byte("---\ntitle: One\ndate: 2026-11-01\n---\n\n![A square](plain.png)\n"))
		settle()
		r := h.read("one", 80, 24)
		if _, rows := redCells(r.terminal); rows != 12 {
			t.Fatalf("%d rows are red:\n%s", rows, r.terminal.Text())
		}
		h.upload(c, "two.md", []byte("---\ntitle: Two\ndate: 2026-11-02\n---\nText.\n"))
		settle()
		r.press("j k")
		if n := h.server.gate.PictureQueue().Done(work.Draw); n != 1 {
			t.Errorf("after another file was published it was drawn %d times", n)
		}
		h.upload(c, "plain.png", plain(t, color.RGBA{0, 0, 255, 255}))
		time.Sleep(2 * settleTime)
		r.press("j k")
		if blue := strings.Count(r.terminal.Styled(), "␛[48;5;21m"); blue != 12 {
			t.Errorf("%d rows are blue:\n%s", blue, r.terminal.Styled())
		}
	})
}
