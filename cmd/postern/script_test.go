package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

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
		Condition:           condition,
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

// condition reports whether something is here that a script needs: the file systems of users (fuse), or a module of Debian's
// Python (python:MODULE).
func condition(name string) (bool, error) {
	if module, ok := strings.CutPrefix(name, "python:"); ok {
		return exec.Command("/usr/bin/python3", "-W", "ignore", "-c", "import "+module).Run() == nil, nil
	}
	if name != "fuse" {
		return false, fmt.Errorf("there is no condition %q", name)
	}
	device, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0)
	if err != nil {
		return false, nil
	}
	return true, device.Close()
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

var ready = regexp.MustCompile(`^postern \S+ \(\S+\): \d+ posts? of .* at .*:(\d+); read `)

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
	timeout := time.After(30 * time.Second)
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
		case <-timeout:
			ts.Fatalf("the server has logged no such line, but\n%s", strings.Join(passed, "\n"))
		}
	}
}
