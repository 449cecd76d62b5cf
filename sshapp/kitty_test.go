package sshapp

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"regexp"
	"strings"
	"testing"
	"time"
)

// graphics are the sequences of the Kitty graphics protocol: their keys and their data.
var graphics = regexp.MustCompile(`\x1b_G([a-zA-Z0-9=,]+);?([a-zA-Z0-9+/=]*)\x1b\\`)

// sequences returns the keys of all sequences for pictures that a reader was sent, of the chunks only those of the first.
func (r *reader) sequences() string {
	var all []string
	for _, s := range graphics.FindAllStringSubmatch(r.wire.String(), -1) {
		if keys := s[1]; !strings.HasPrefix(keys, "q=2") {
			all = append(all, keys)
		}
	}
	return strings.Join(all, "\n")
}

// placeholders returns how many of the characters a terminal shows in whose place a picture is seen.
func (r *reader) placeholders() int { return strings.Count(r.terminal.Text(), "\U0010EEEE") }

const (
	sent       = "a=T,U=1,q=2,f=100,i=1,p=1,c=36,r=12,m=0"
	deleted    = "a=d,d=I,q=2,i=1"
	askVersion = "\x1b[>q"
)

// TestKitty: a terminal that keeps pictures is sent each once, and then only the characters that it is seen in the place of, however
// its reader scrolls, sleeps, wakes and resizes. It is deleted in the end.
func TestKitty(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withPicture(t))
		for _, term := range []string{"xterm-kitty", "xterm-ghostty"} {
			r := h.readOn(term, "one", 80, 24)
			if got := r.sequences(); got != sent || r.placeholders() != 36*12 {
				t.Fatalf("%s was sent %q, and shows %d placeholders:\n%s", term, got, r.placeholders(), r.terminal.Text())
			}
			if columns, _ := redCells(r.terminal); columns > 0 || strings.Contains(r.wire.String(), askVersion) {
				t.Errorf("%s shows half blocks, or was asked", term)
			}
			r.press("j j k")
			time.Sleep(time.Minute)
			before := r.terminal.Bytes()
			r.press("j")
			if n := r.terminal.Bytes() - before; n > 200 || r.placeholders() != 36*12 {
				t.Errorf("a line down after a sleep takes %d bytes, and %d placeholders are there", n, r.placeholders())
			}
			r.press("i i esc enter")
			if got := r.sequences(); got != sent || r.placeholders() != 36*12 {
				t.Errorf("after captions, and another visit, was sent:\n%s", got)
			}
			r.resize(80, 40)
			placed := sent + "\na=p,U=1,q=2,i=1,p=2,c=60,r=20"
			if got := r.sequences(); got != placed || r.placeholders() != 60*20 {
				t.Errorf("%d placeholders on a larger screen, after:\n%s", r.placeholders(), got)
			}
			r.press("q")
			if got := r.sequences(); got != placed+"\n"+deleted {
				t.Errorf("in all %s was sent:\n%s", term, got)
			}
			if wire := r.wire.String(); strings.LastIndex(wire, "\x1b_G") > strings.LastIndex(wire, "\x1b[?1049l") {
				t.Error("deleted on the wrong screen")
			}
			r.leave()
		}
	})
}

// TestKittySees: what a kitty is sent is the picture.
func TestKittySees(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := open(t, withPicture(t)).readOn("xterm-kitty", "one", 80, 24)
		var data []byte
		for _, s := range graphics.FindAllStringSubmatch(r.wire.String(), -1) {
			chunk, err := base64.StdEncoding.DecodeString(s[2])
			if err != nil || len(s[2]) > 4096 {
				t.Fatal(len(s[2]), err)
			}
			data = append(data, chunk...)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if red, _, _, _ := img.At(150, 100).RGBA(); img.Bounds().Dx() != 36*8 || red != 0xffff {
			t.Errorf("%v, and %x of red", img.Bounds(), red)
		}
	})
}

// TestAskedForVersion: a terminal that may keep pictures is asked once, when a page with one is opened first, and its answer may come
// at any time. One that isn't known to keep any is sent none.
func TestAskedForVersion(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withPicture(t))
		for answer, keeps := range map[string]bool{
			"kitty(0.40.1)": true, "ghostty 1.2.0": true, "WezTerm 20240203": false, "XTerm(390)": false, "tmux 3.4": false, "KiTTY 0.7": false,
		} {
			r := h.read("", 80, 24)
			if strings.Contains(r.wire.String(), askVersion) {
				t.Error("asked for the list of posts")
			}
			r.press("enter")
			if _, rows := redCells(r.terminal); rows != 12 {
				t.Errorf("%d rows of half blocks before the answer", rows)
			}
			time.Sleep(time.Minute)
			r.kitty = keeps
			r.write("\x1bP>|" + answer + "\x1b\\")
			settle()
			if n := r.placeholders(); keeps != (n == 36*12) || !keeps && n > 0 {
				t.Errorf("%d placeholders after the answer %q", n, answer)
			}
			r.press("esc enter")
			if n := strings.Count(r.wire.String(), askVersion); n != 1 {
				t.Errorf("asked %d times", n)
			}
			r.leave()
		}
		for _, term := range []string{"screen-256color", "tmux-256color", "rxvt-unicode-256color", "linux", "xterm-kitty"} {
			r := h.readOn(term, "one", 80, 24)
			if strings.Contains(r.wire.String(), askVersion) {
				t.Errorf("%s was asked", term)
			}
			r.leave()
		}
	})
}

// TestLateAnswer: an answer that comes after q is taken, since the shell would take it for keys. Nobody waits long for it.
func TestLateAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withPicture(t))
		for _, c := range []struct {
			after  time.Duration // the question, that the reader quits
			answer time.Duration // after that; 0 for none
			ends   time.Duration // after that
		}{
			{100 * time.Millisecond, 200 * time.Millisecond, 200 * time.Millisecond},
			{100 * time.Millisecond, 0, 500 * time.Millisecond},
			{1800 * time.Millisecond, 0, 200 * time.Millisecond},
			{time.Minute, 0, 0},
		} {
			r := h.read("", 80, 24)
			r.write("\r")
			time.Sleep(c.after)
			r.write("q")
			quit := time.Now()
			if c.answer > 0 {
				time.Sleep(c.answer)
				r.write("x\x1bP>|kitty(0.40.1)\x1b\\")
			}
			<-r.ended
			if took := time.Since(quit); took != c.ends {
				t.Errorf("%v after the question, the end comes after %v, not %v", c.after, took, c.ends)
			}
			r.leave()
		}
	})
}

// TestLateAnswers: of several questions a terminal answers one after the other, and the reader who has quit stays for all.
func TestLateAnswers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		r := open(t, withPicture(t)).read("one", 80, 24)
		r.press("f a")
		r.write("\x03")
		quit := time.Now()
		for _, answer := range []string{"\x1bP>|XTerm(390)\x1b\\", "\x1b[6;20;10t", "\x1b[?62;4;22c"} {
			time.Sleep(100 * time.Millisecond)
			r.write(answer)
		}
		<-r.ended
		if took := time.Since(quit); took != 300*time.Millisecond {
			t.Errorf("the end comes after %v", took)
		}
	})
}

// TestPictureBytes: a session is sent no more bytes of pictures than the limit; half blocks stand for the rest.
func TestPictureBytes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		picture := withPicture(t)
		r := open(t, func(c *Config) { picture(c); c.Limits.Pictures = 100 }).read("one", 80, 24)
		r.write("\x1bP>|kitty(0.40.1)\x1b\\")
		settle()
		if columns, rows := redCells(r.terminal); columns != 36 || rows != 12 || r.placeholders() > 0 {
			t.Errorf("%d × %d half blocks, and %d placeholders", columns, rows, r.placeholders())
		}
	})
}
