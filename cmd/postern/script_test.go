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
			"serve":  serveCmd,
			"stop":   stopCmd,
			"screen": screenCmd,
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
	return os.WriteFile(file, []byte(config), 0o600)
}

// A running is a server in the background of a script.
type running struct {
	cmd  *exec.Cmd
	log  chan string // gets all that it wrote to stderr, at its end
	done chan struct{}
}

var ready = regexp.MustCompile(`^postern: \d+ posts? of .* at .*:(\d+); read `)

// serveCmd starts `postern serve ARGS` on a free port, waits for the line that says it is ready, and sets $PORT.
func serveCmd(ts *testscript.TestScript, neg bool, args []string) {
	binary, err := exec.LookPath("postern")
	if err != nil {
		binary = filepath.Join(filepath.SplitList(ts.Getenv("PATH"))[0], "postern")
	}
	cmd := exec.Command(binary, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "XDG_STATE_HOME=" + ts.Getenv("XDG_STATE_HOME")}
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	r := &running{cmd: cmd, log: make(chan string, 1), done: make(chan struct{})}
	port := make(chan string, 1)
	go func() {
		var all strings.Builder
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			all.WriteString(lines.Text() + "\n")
			if m := ready.FindStringSubmatch(lines.Text()); m != nil {
				port <- m[1]
			}
		}
		r.log <- all.String()
		close(port)
	}()
	p, ok := <-port
	if !ok {
		ts.Fatalf("the server didn't start:\n%s", <-r.log)
	}
	ts.Setenv("PORT", p)
	servers[ts] = r
	ts.Defer(func() {
		cmd.Process.Kill()
		delete(servers, ts)
	})
}

// servers are the running servers of the scripts, which run one after the other.
var servers = map[*testscript.TestScript]*running{}

// stopCmd sends the server SIGTERM, expects it to exit with 0, and writes its stderr to the file server.log.
func stopCmd(ts *testscript.TestScript, neg bool, args []string) {
	r := servers[ts]
	ts.Check(r.cmd.Process.Signal(syscall.SIGTERM))
	log := <-r.log
	ts.Check(r.cmd.Wait())
	ts.Check(os.WriteFile(ts.MkAbs("server.log"), []byte(log), 0o600))
}

// screenCmd runs the real ssh on a terminal of 80×24: `screen KEYS FILE [USER]`. After each key the screen must have come
// to rest; the last one is written to FILE, and what is left on the terminal when ssh has ended to FILE.after.
func screenCmd(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: screen KEYS FILE [USER]")
	}
	target := "127.0.0.1"
	if len(args) > 2 {
		target = args[2] + "@" + target
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "ssh", "-F", ts.Getenv("SSH"), "-p", ts.Getenv("PORT"), target)
	cmd.Env = []string{"TERM=xterm-256color", "HOME=" + ts.Getenv("HOME"), "PATH=" + ts.Getenv("PATH")}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	ts.Check(err)
	defer tty.Close()

	terminal := vt.NewSafeEmulator(80, 24)
	go io.Copy(tty, terminal) // its answers
	fresh := make(chan struct{}, 1)
	ended := make(chan error, 1)
	go func() {
		_, err := io.Copy(writer{terminal, fresh}, tty)
		ended <- err
	}()
	rest := func() {
		<-fresh
		for quiet := false; !quiet; {
			select {
			case <-fresh:
			case <-time.After(300 * time.Millisecond):
				quiet = true
			}
		}
	}
	rest()
	for key := range strings.FieldsSeq(args[0]) {
		if key == "q" {
			break
		}
		_, err := io.WriteString(tty, typed.Replace(key))
		ts.Check(err)
		rest()
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), text(terminal), 0o600))
	_, err = io.WriteString(tty, "q")
	ts.Check(err)
	if err := <-ended; err != nil && !errors.Is(err, syscall.EIO) { // how Linux ends a terminal
		ts.Fatalf("%v", err)
	}
	ts.Check(cmd.Wait())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]+".after"), text(terminal), 0o600))
}

// typed turns the names of keys into what a terminal sends.
var typed = strings.NewReplacer("enter", "\r", "space", " ", "esc", "\x1b")

// text is what a terminal shows, without blanks at the ends of lines.
func text(terminal *vt.SafeEmulator) []byte {
	lines := strings.Split(terminal.String(), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \r")
	}
	return []byte(strings.Join(lines, "\n"))
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
