package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

// screenCmd runs the real ssh on a terminal of 80×24: `screen FILE [USER@] ["run COMMAND"] STEP…`. A step is a key to type, a
// change of a file, or "see TEXT" or "miss TEXT", which wait until the screen holds a text, or doesn't. Then the screen is
// written to FILE, q is typed, and what is left on the terminal when ssh has ended is written to FILE.after.
func screenCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 {
		ts.Fatalf("usage: screen FILE [USER@] STEP...")
	}
	file, steps, user := args[0], args[1:], ""
	if len(steps) > 0 && strings.HasSuffix(steps[0], "@") {
		user, steps = steps[0], steps[1:]
	}
	line := []string{"-F", ts.Getenv("SSH"), "-p", ts.Getenv("PORT"), "-t", user + "127.0.0.1"}
	if len(steps) > 0 {
		if command, ok := strings.CutPrefix(steps[0], "run "); ok {
			line, steps = append(line, command), steps[1:]
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "ssh", line...)
	cmd.Env = []string{"TERM=xterm-256color", "HOME=" + ts.Getenv("HOME"), "PATH=" + ts.Getenv("PATH")}
	play(ts, cmd, 80, 24, file, steps)
}

// play runs a program on a terminal of a size, as screen says. The keys end it.
func play(ts *testscript.TestScript, cmd *exec.Cmd, width, height int, file string, steps []string) {
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	ts.Check(err)
	defer tty.Close()

	terminal := vt.NewSafeEmulator(width, height)
	go io.Copy(tty, terminal) // its answers
	fresh, ended := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		_, err := io.Copy(writer{terminal, fresh}, tty)
		close(fresh)
		ended <- err
	}()
	for _, step := range steps {
		what, rest, _ := strings.Cut(step, " ")
		if what == "see" || what == "miss" {
			for strings.Contains(text(terminal), rest) != (what == "see") {
				if _, ok := <-fresh; !ok {
					ts.Fatalf("%s ended before %q; the screen was\n%s", cmd.Args[0], step, text(terminal))
				}
			}
			continue
		}
		if do := fileSteps[what]; do != nil {
			ts.Check(do(ts, strings.Fields(rest)))
			continue
		}
		_, err := io.WriteString(tty, typed.Replace(step))
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text(terminal)), 0o600))
	_, err = io.WriteString(tty, "q")
	ts.Check(err)
	if err := <-ended; err != nil && !errors.Is(err, syscall.EIO) { // how Linux ends a terminal
		ts.Fatalf("%v", err)
	}
	ts.Check(cmd.Wait())
	ts.Check(os.WriteFile(ts.MkAbs(file+".after"), []byte(text(terminal)), 0o600))
}

// fileSteps are the steps that change files while a program runs: "save FROM TO", "mv FROM TO", "rm FILE".
var fileSteps = map[string]func(ts *testscript.TestScript, names []string) error{
	"save": func(ts *testscript.TestScript, names []string) error {
		data, err := os.ReadFile(ts.MkAbs(names[0]))
		if err != nil {
			return err
		}
		return os.WriteFile(ts.MkAbs(names[1]), data, 0o600)
	},
	"mv": func(ts *testscript.TestScript, names []string) error {
		return os.Rename(ts.MkAbs(names[0]), ts.MkAbs(names[1]))
	},
	"rm": func(ts *testscript.TestScript, names []string) error { return os.Remove(ts.MkAbs(names[0])) },
}

// typed turns the names of keys into what a terminal sends.
var typed = strings.NewReplacer("enter", "\r", "space", " ", "esc", "\x1b")

// text is what a terminal shows, without blanks at the ends of lines.
func text(terminal *vt.SafeEmulator) string {
	lines := strings.Split(ansi.Strip(terminal.Render()), "\n") // String takes no lock
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \r")
	}
	return strings.Join(lines, "\n")
}

// A writer tells that something was written.
type writer struct {
	io.Writer
	fresh chan struct{}
}

func (w writer) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	select {
	case w.fresh <- struct{}{}:
	default:
	}
	return n, err
}
