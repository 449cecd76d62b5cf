package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"postern": main})
}

// TestScripts runs testdata/script: the program from outside, and the real ssh against it.
func TestScripts(t *testing.T) {
	if _, err := exec.LookPath("ssh"); err != nil {
		t.Skip("there is no ssh here")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup:               setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve":   serveCmd,
			"stop":    stopCmd,
			"logged":  loggedCmd,
			"screen":  screenCmd,
			"ssh":     sshCmd,
			"listen":  listenCmd,
			"preview": previewCmd,
		},
	})
}

// setup gives each script a home with a configuration of ssh that trusts and asks nothing but the server.
func setup(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, "home")
	if err := os.MkdirAll(filepath.Join(home, ".ssh"), 0o700); err != nil {
		return err
	}
	config := "Host *\n StrictHostKeyChecking no\n UserKnownHostsFile " + filepath.Join(home, "known_hosts") +
		"\n LogLevel ERROR\n BatchMode yes\n IdentityFile none\n"
	file := filepath.Join(home, "ssh_config")
	env.Setenv("HOME", home)
	env.Setenv("SSH", file)
	env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
	env.Setenv("TERM", "xterm-256color")
	manual, err := filepath.Abs("../../content/welcome")
	if err != nil {
		return err
	}
	env.Setenv("MANUAL", manual)
	env.Values[runningKey{}] = &running{}
	return os.WriteFile(file, []byte(config), 0o600)
}

// A running is a server in the background of a script.
type running struct {
	cmd   *exec.Cmd
	lines chan string // what it writes to stderr once it is ready, until it ends
	log   chan string // gets all that it wrote, at its end
}

// maxLines is more than a server in a script writes.
const maxLines = 10_000

// runningKey is under what a script's values hold its *running; scripts run at the same time.
type runningKey struct{}

var ready = regexp.MustCompile(`^postern: \d+ posts? of .* at .*:(\d+); read `)

// binary is the program under test.
func binary(ts *testscript.TestScript) string {
	if path, err := exec.LookPath("postern"); err == nil {
		return path
	}
	return filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], "postern")
}

// serveCmd starts `postern serve ARGS` on a free port, waits for the line that says it is ready, and sets $PORT.
func serveCmd(ts *testscript.TestScript, neg bool, args []string) {
	cmd := exec.Command(binary(ts), append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "XDG_STATE_HOME=" + ts.Getenv("XDG_STATE_HOME")}
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	r := ts.Value(runningKey{}).(*running)
	r.cmd, r.log, r.lines = cmd, make(chan string, 1), make(chan string, maxLines)
	port := make(chan string, 1)
	go func() {
		var all strings.Builder
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			all.WriteString(lines.Text() + "\n")
			if m := ready.FindStringSubmatch(lines.Text()); m != nil {
				port <- m[1]
				continue
			}
			r.lines <- lines.Text()
		}
		r.log <- all.String()
		close(r.lines)
		close(port)
	}()
	p, ok := <-port
	if !ok {
		ts.Fatalf("the server didn't start:\n%s", <-r.log)
	}
	ts.Setenv("PORT", p)
	ts.Defer(func() { cmd.Process.Kill() })
}

// stopCmd sends the server SIGTERM, expects it to exit with 0, and writes its stderr to the file server.log.
func stopCmd(ts *testscript.TestScript, neg bool, args []string) {
	r := ts.Value(runningKey{}).(*running)
	ts.Check(r.cmd.Process.Signal(syscall.SIGTERM))
	log := <-r.log
	ts.Check(r.cmd.Wait())
	ts.Check(os.WriteFile(ts.MkAbs("server.log"), []byte(log), 0o600))
}

// sshCmd runs the real ssh without a terminal: `ssh [USER@] COMMAND…`.
func sshCmd(ts *testscript.TestScript, neg bool, args []string) {
	user := ""
	if len(args) > 0 && strings.HasSuffix(args[0], "@") {
		user, args = args[0], args[1:]
	}
	err := ts.Exec("ssh", append([]string{"-F", ts.Getenv("SSH"), "-p", ts.Getenv("PORT"), user + "127.0.0.1"}, args...)...)
	if neg != (err != nil) {
		ts.Fatalf("ssh %s: %v", strings.Join(args, " "), err)
	}
}

// loggedCmd waits until the server has logged a line that a pattern matches: `logged PATTERN`. The lines up to it are not
// looked at again.
func loggedCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: logged PATTERN")
	}
	r := ts.Value(runningKey{}).(*running)
	pattern := regexp.MustCompile(args[0])
	patience := time.After(30 * time.Second)
	var passed []string
	for {
		select {
		case line, ok := <-r.lines:
			if !ok {
				ts.Fatalf("the server has ended, and logged\n%s", strings.Join(passed, "\n"))
			}
			if pattern.MatchString(line) {
				return
			}
			passed = append(passed, line)
		case <-patience:
			ts.Fatalf("the server has logged no such line, but\n%s", strings.Join(passed, "\n"))
		}
	}
}

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
