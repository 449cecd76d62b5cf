package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

// previewCmd runs preview on a terminal: `preview FILE WxH ARG… -- STEP…`, as screen runs ssh.
func previewCmd(ts *testscript.TestScript, neg bool, args []string) {
	end := slices.Index(args, "--")
	var width, height int
	if end < 2 {
		ts.Fatalf("usage: preview FILE WxH [ARG...] -- STEP...")
	}
	if _, err := fmt.Sscanf(args[1], "%dx%d", &width, &height); err != nil {
		ts.Fatalf("%s is no size", args[1])
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary(ts), append([]string{"preview"}, args[2:end]...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"TERM=" + ts.Getenv("TERM"), "HOME=" + ts.Getenv("HOME"), "PATH=" + ts.Getenv("PATH"),
		"EDITOR=" + ts.Getenv("EDITOR"), "NO_COLOR=" + ts.Getenv("NO_COLOR")}
	play(ts, cmd, width, height, args[0], args[end+1:])
}

// BenchmarkPreviewSave is a save, from the write to the frame that shows it.
func BenchmarkPreviewSave(b *testing.B) {
	dir := b.TempDir()
	post := filepath.Join(dir, "2026-01-02-post.md")
	save := func(n int) {
		text := fmt.Sprintf("---\ntitle: A post\n---\n\nsaved%d\n\n%s", n, strings.Repeat("Some words of it. ", 600))
		if err := os.WriteFile(post, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for i := range 200 {
		other := fmt.Sprintf("---\ntitle: Another %d\n---\n\n%s", i, strings.Repeat("Some words of it. ", 600))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("2025-01-02-%d.md", i)), []byte(other), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	save(0)
	cmd := exec.Command("postern", "preview", dir, "--at", "post")
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		_, _ = tty.WriteString("q")
		_ = cmd.Wait()
		tty.Close()
	}()
	terminal := vt.NewSafeEmulator(80, 24)
	go func() { _, _ = io.Copy(tty, terminal) }()
	fresh := make(chan struct{}, 1)
	go func() { _, _ = io.Copy(writer{terminal, fresh}, tty) }()
	see := func(n int) {
		for !strings.Contains(text(terminal), fmt.Sprintf("saved%d\n", n)) {
			<-fresh
		}
	}
	see(0)
	n := 0
	for b.Loop() {
		n++
		save(n)
		see(n)
	}
}

// A transcript is what preview sends to a terminal that a test is, and answers by hand.
type transcript struct {
	t     *testing.T
	tty   *os.File
	sent  chan string
	all   string
	ended chan error
}

// previewOn runs preview of a blog with a picture, and returns what it sends a terminal of 80×24.
func previewOn(t *testing.T, term string) *transcript {
	t.Setenv("TERM", term)
	t.Setenv("COLORTERM", "")
	t.Setenv("NO_COLOR", "")
	t.Setenv("VISUAL", "true")
	dir := t.TempDir()
	var img bytes.Buffer
	if err := png.Encode(&img, image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{color.RGBA{255, 0, 0, 255}})); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"red.png": img.String(), "2026-11-01-one.md": "---\ntitle: One\n---\n\n![It is red](red.png)\n\nText.\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tty, program, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminals: ", err)
	}
	t.Cleanup(func() { tty.Close(); program.Close() })
	if err := pty.Setsize(tty, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		t.Fatal(err)
	}
	x := &transcript{t: t, tty: tty, sent: make(chan string), ended: make(chan error, 1)}
	go func() { x.ended <- preview(t.Context(), dir, previewFlags{drafts: true}, program, program) }()
	go func() {
		var p [4096]byte
		for n, err := tty.Read(p[:]); err == nil; n, err = tty.Read(p[:]) {
			select {
			case x.sent <- string(p[:n]):
			case <-t.Context().Done():
				return
			}
		}
	}()
	return x
}

// sees waits until a text was sent for the nth time.
func (x *transcript) sees(text string, n int) {
	x.t.Helper()
	late := time.After(30 * time.Second)
	for strings.Count(x.all, text) < n {
		select {
		case s := <-x.sent:
			x.all += s
		case err := <-x.ended:
			x.t.Fatalf("ended with %v before %q was sent; what was is %q", err, text, x.all)
		case <-late:
			x.t.Fatalf("%q wasn't sent; what was is %q", text, x.all)
		}
	}
}

func (x *transcript) types(keys string) {
	x.t.Helper()
	if _, err := io.WriteString(x.tty, keys); err != nil {
		x.t.Fatal(err)
	}
}

// quits types q, and takes what is sent to the end.
func (x *transcript) quits() {
	x.t.Helper()
	x.types("q")
	late := time.After(30 * time.Second)
	for {
		select {
		case s := <-x.sent:
			x.all += s
		case err := <-x.ended:
			if err != nil {
				x.t.Error(err)
			}
			return
		case <-late:
			x.t.Fatalf("preview doesn't end; what was sent is %q", x.all)
		}
	}
}

// counts checks how often texts were sent.
func (x *transcript) counts(n int, texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		if got := strings.Count(x.all, text); got != n {
			x.t.Errorf("%q was sent %d times, want %d, in %q", text, got, n, x.all)
		}
	}
}

// TestPreviewPictures: a terminal is asked when there is a picture, and not before. One that keeps pictures is sent each once, and
// again when the author has been in the editor; it keeps none in the end.
func TestPreviewPictures(t *testing.T) {
	const askVersion, send, drop, restored = "\x1b[>q", "\x1b_Ga=T", "\x1b_Ga=d", "\x1b[?1049l"
	others := []string{"\x1b[c", "\x1b[>c", "\x1b[16t", "$p", "\x1b[?u", "\x1b]11;?"}
	x := previewOn(t, "xterm-256color")
	x.sees("One", 1)
	x.counts(0, askVersion)
	x.types("\r")
	x.sees(askVersion, 1)
	x.sees("\x1b[48;5;196m", 1) // half blocks, until it has answered
	x.counts(0, "\x1b_G")
	x.types("\x1bP>|kitty(0.40.1)\x1b\\")
	x.sees("\U0010EEEE", 1)
	x.types("jk")
	x.types("e")
	x.sees(restored, 1)
	x.sees(send, 2)
	x.counts(1, drop)
	x.quits()
	x.sees(restored, 2)
	x.counts(1, askVersion)
	x.counts(2, send, drop)
	x.counts(0, others...)
}

// TestPreviewAnswersBeforeEditor: an answer of the terminal that comes right behind the key for the editor isn't left to that.
func TestPreviewAnswersBeforeEditor(t *testing.T) {
	const chunk = 256 // bytes of what is typed that are read at a time
	x := previewOn(t, "xterm-256color")
	x.sees("One", 1)
	x.types("\r")
	x.sees("\x1b[>q", 1)
	x.types(strings.Repeat("j", chunk-1) + "e" + "\x1bP>|kitty(0.40.1)\x1b\\")
	x.sees("\x1b_Ga=T", 1)
	x.counts(1, "\x1b[?1049l")
	x.quits()
}

// TestPreviewUnanswered: a terminal that says nothing is asked once, and sent no picture that it can't show.
func TestPreviewUnanswered(t *testing.T) {
	x := previewOn(t, "xterm-256color")
	x.sees("One", 1)
	x.types("\r")
	x.sees("\x1b[48;5;196m", 1)
	x.quits()
	x.counts(1, "\x1b[>q")
	x.counts(0, "\x1b_G", "\x1b[c", "\x1b[>c")
	for term := range strings.FieldsSeq("tmux-256color screen-256color linux") {
		x := previewOn(t, term)
		x.sees("One", 1)
		x.types("\r")
		x.sees("It is red", 1)
		x.quits()
		x.counts(0, "\x1b[>q", "\x1b_G", "\x1b[c")
	}
}
