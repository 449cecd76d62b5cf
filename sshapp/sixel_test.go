package sshapp

import (
	"regexp"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

const (
	askAttributes = "\x1b[c"
	askCell       = "\x1b[16t"
)

// sixels are the sequences that draw pictures, with the cursor's place.
var sixels = regexp.MustCompile(`\x1b\[([0-9;]*)H\x1bP0;1q"1;1;([0-9]+;[0-9]+)[ -~]*\x1b\\`)

// drawn returns where a reader's terminal was sent pictures, and how large they are.
func (r *reader) drawn() string {
	var all []string
	for _, s := range sixels.FindAllStringSubmatch(r.wire.String(), -1) {
		all = append(all, s[1]+" "+s[2])
	}
	return strings.Join(all, ", ")
}

// resizeInPixels resizes the terminal, whose client tells that its cells have 8 × 16 pixels.
func (r *reader) resizeInPixels(width, height int) {
	r.t.Helper()
	r.resizeTo(width, height, uint32(8*width), uint32(16*height))
}

// resizeTo resizes the terminal, whose client tells how many pixels it has.
func (r *reader) resizeTo(width, height int, pixelsWide, pixelsHigh uint32) {
	r.t.Helper()
	r.terminal.Resize(width, height)
	payload := gossh.Marshal(struct{ Columns, Rows, Width, Height uint32 }{uint32(width), uint32(height), pixelsWide, pixelsHigh})
	if _, err := r.session.SendRequest("window-change", false, payload); err != nil {
		r.t.Error(err)
	}
	settle()
}

// TestSixels: a terminal is asked whether it draws sixels when a picture is opened alone first. If it does, the picture is drawn by
// them, once each time that its screen is drawn as a whole, and gone with the next key.
func TestSixels(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := open(t, withPicture(t)).read("one", 80, 24)
		r.sixels = true
		r.resizeInPixels(80, 24)
		if strings.Contains(r.wire.String(), askAttributes) {
			t.Error("asked before a picture is opened")
		}
		r.press("f a")
		if _, rows := redCells(r.terminal); rows != 22 || !strings.Contains(r.wire.String(), askAttributes) {
			t.Errorf("before the answer %d rows are red", rows)
		}
		time.Sleep(time.Minute)
		r.write("\x1b[?62;4;22c")
		settle()
		if _, rows := redCells(r.terminal); rows > 0 || r.drawn() != "1;8 528;348" {
			t.Errorf("%d rows are red; drawn at %q:\n%s", rows, r.drawn(), r.terminal.Styled())
		}
		before := r.terminal.Bytes()
		time.Sleep(time.Minute)
		if n := r.terminal.Bytes() - before; n > 0 {
			t.Errorf("%d bytes while nothing happens", n)
		}
		r.resizeInPixels(60, 24)
		if r.drawn() != "1;8 528;348, 2;1 480;318" {
			t.Errorf("drawn at %q", r.drawn())
		}
		r.press("esc")
		r.sees("It is red")
		if wire := r.wire.String(); strings.LastIndex(wire, "\x1b[H\x1b[J") < strings.LastIndex(wire, "\x1bP") {
			t.Error("the picture is still there")
		}
		r.press("f a")
		if n := strings.Count(r.wire.String(), askAttributes); n != 1 || strings.Count(r.drawn(), ",") != 2 {
			t.Errorf("asked %d times, drawn at %q", n, r.drawn())
		}
	})
}

// TestNoSixels: a terminal that doesn't draw them is sent none, and a kitty isn't asked.
func TestNoSixels(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withPicture(t))
		r := h.read("one", 80, 24)
		r.resizeInPixels(80, 24)
		r.press("f a")
		r.write("\x1b[?62;22;42c")
		settle()
		if _, rows := redCells(r.terminal); rows != 22 {
			t.Errorf("%d rows are red", rows)
		}
		r.leave()
		r = h.readOn("xterm-kitty", "one", 80, 24)
		r.press("f a")
		if n := r.placeholders(); strings.Contains(r.wire.String(), askAttributes) || n != 66*22 {
			t.Errorf("a kitty was asked, or shows %d placeholders", n)
		}
		if strings.Contains(r.wire.String(), askCell) {
			t.Error("asked for the cells, which the client has told")
		}
	})
}

// TestSixelCells: where the client doesn't tell the size of the cells, or what Windows' OpenSSH always tells, the terminal is asked for
// that as well, and again after a resize. Without an answer no sixels are drawn.
func TestSixelCells(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withPicture(t))
		for _, c := range []struct{ answer, drawn string }{
			{"\x1b[6;20;10t\x1b[?62;4;22c", "1;8 660;438"},
			{"\x1b[?62;4;22c", ""},
			{"\x1b[6;20000;10000t\x1b[?62;4;22c", ""},
			{"\x1b[6;20;10t\x1b[?62;22c", ""},
		} {
			for _, wide := range []uint32{0, 640} {
				r := h.read("one", 80, 24)
				r.sixels = true
				r.resizeTo(80, 24, wide, wide*3/4)
				r.press("f a")
				if !strings.Contains(r.wire.String(), askCell+askAttributes) {
					t.Fatal("not asked")
				}
				r.write(c.answer)
				settle()
				if _, rows := redCells(r.terminal); r.drawn() != c.drawn || (rows > 0) == (c.drawn != "") {
					t.Errorf("after the answer %q drawn at %q; %d rows are red", c.answer, r.drawn(), rows)
				}
				r.resizeTo(60, 24, wide, wide*3/4)
				again := strings.Count(r.wire.String(), askCell) - 1
				if wants := strings.Contains(c.answer, "t"); wants != (again == 1) {
					t.Errorf("after the answer %q and a resize asked %d times again", c.answer, again)
				}
				r.leave()
			}
		}
	})
}
