package terminal

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"postern/sshapp/internal/termtest"
)

// TestScenes checks what FuzzRender checks, on the frames of the screens' scenes one after the other.
func TestScenes(t *testing.T) {
	const width, height = 160, 60
	screen := termtest.New(width, height)
	defer screen.Close()
	p := renderer{scrollRegions: true}
	for _, frame := range sceneFrames(t) {
		painted, _ := p.render(strings.Split(frame, "\n"), Size{Width: width, Height: height})
		_, _ = screen.Write([]byte(painted))
		if got, want := screen.Cells(), shownAlone(frame, width, height); got != want {
			t.Fatalf("%q\n%s", painted, difference(got, want))
		}
	}
}

// TestTmux checks the same on a real terminal, with the scenes and with random frames.
func TestTmux(t *testing.T) {
	const width, height = 160, 60
	frames := sceneFrames(t)
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 0))
		data := make(choices, 2000)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		frame := data.frame(width, height)
		for range 5 {
			frames = append(frames, frame)
			frame = data.changed(frame, width, height)
		}
	}
	alone, painted := startTmux(t, width, height), startTmux(t, width, height)
	p := renderer{scrollRegions: true}
	for _, frame := range frames {
		sent, _ := p.render(strings.Split(frame, "\n"), Size{Width: width, Height: height})
		painted.send(sent)
		alone.send("\x1b[2J\x1b[H" + strings.ReplaceAll(frame, "\n", "\r\n"))
		if got, want := painted.screen(), alone.screen(); got != want {
			t.Fatalf("%q\n%s", sent, difference(got, want))
		}
	}
}

// swapped matches a link as the emulator of the scenes writes it, with its target and its parameters exchanged.
var swapped = regexp.MustCompile("␛]8;([^;]+);␇")

// sceneFrames returns the frames of the screens' scenes.
func sceneFrames(t *testing.T) (frames []string) {
	files, err := filepath.Glob("../tui/testdata/scenes/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenes", err)
	}
	for _, file := range files {
		scene, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range scene.Files {
			if !strings.HasSuffix(f.Name, ".md") && !strings.HasSuffix(f.Name, ".toml") {
				data := swapped.ReplaceAllString(string(f.Data), "␛]8;;$1␇")
				frames = append(frames, strings.NewReplacer("␛", "\x1b", "␇", "\a").Replace(strings.TrimSuffix(data, "\n")))
			}
		}
	}
	return frames
}

// tmux is a pane of tmux, which shows what is sent to it.
type tmux struct {
	t             *testing.T
	name          string
	width, height int
	bytes         *os.File // what is written to it is shown
	sent          int
}

func startTmux(t *testing.T, width, height int) *tmux {
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("there is no tmux")
	}
	dir := t.TempDir()
	fifo := filepath.Join(dir, "bytes")
	if out, err := exec.Command("mkfifo", fifo).CombinedOutput(); err != nil {
		t.Skipf("mkfifo: %v, %s", err, out)
	}
	x := &tmux{t: t, name: filepath.Join(dir, "socket"), width: width, height: height}
	x.run("-f", os.DevNull, "-u", "new-session", "-d", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), "stty raw -echo; cat "+fifo)
	var err error
	if x.bytes, err = os.OpenFile(fifo, os.O_WRONLY, 0); err != nil {
		t.Fatal(err)
	}
	x.run("set", "-g", "status", "off")
	x.run("resize-window", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height))
	t.Cleanup(func() {
		x.run("kill-server")
		x.bytes.Close()
	})
	return x
}

func (x *tmux) run(args ...string) string {
	cmd := exec.Command("tmux", append([]string{"-S", x.name}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=xterm-256color")
	out, err := cmd.CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %s: %v\n%s", args, err, out)
	}
	return string(out)
}

// send sends bytes and waits until they are shown: until the pane has the title that is sent behind them.
func (x *tmux) send(s string) {
	x.sent++
	title := fmt.Sprint("sent ", x.sent)
	if _, err := fmt.Fprintf(x.bytes, "%s\x1b]2;%s\a", s, title); err != nil {
		x.t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); strings.TrimSpace(x.run("display", "-p", "#{pane_title}")) != title; {
		if time.Now().After(deadline) {
			x.t.Fatal("tmux doesn't show what it is sent")
		}
	}
}

// screen returns the text that the pane shows.
func (x *tmux) screen() string {
	seen := termtest.New(x.width, x.height)
	defer seen.Close()
	_, _ = termtest.CRLF{Writer: seen}.Write([]byte(strings.TrimSuffix(x.run("capture-pane", "-epN"), "\n")))
	return seen.Cells()
}
