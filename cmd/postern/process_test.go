package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// A process is the real binary, whose log is read line by line. It is this test's own binary under another name, as in the
// scripts.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines chan string   // of stderr, of all processes that inherited it
	notes *net.UnixConn // what systemd is told
	addr  string
	seen  []string
}

// startProcess starts `postern serve` and waits until it serves. prepare may change the command.
func startProcess(t *testing.T, blog string, prepare func(*exec.Cmd)) *process {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "postern")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cp", self, binary).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cmd := exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--conn-rate-per-addr", "0", blog)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = write
	path := filepath.Join(t.TempDir(), "notify")
	notes, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { notes.Close() })
	cmd.Env = append(os.Environ(), "NOTIFY_SOCKET="+path)
	if prepare != nil {
		prepare(cmd)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	p := &process{t: t, cmd: cmd, lines: make(chan string, 1000), notes: notes}
	go func() {
		defer close(p.lines)
		for s := bufio.NewScanner(read); s.Scan(); {
			p.lines <- s.Text()
		}
	}()
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	p.addr = regexp.MustCompile(`at (127\.0\.0\.1:\d+);`).FindStringSubmatch(p.wait("read them with"))[1]
	p.notified("READY=1")
	return p
}

// wait reads the log up to a line that holds a text, and returns that.
func (p *process) wait(text string) string {
	p.t.Helper()
	timeout := time.After(30 * time.Second)
	for {
		select {
		case line, ok := <-p.lines:
			if !ok {
				p.t.Fatalf("the log ended without %q:\n%s", text, strings.Join(p.seen, "\n"))
			}
			p.seen = append(p.seen, line)
			if strings.Contains(line, text) {
				return line
			}
		case <-timeout:
			p.t.Fatalf("not in 30 s in the log: %q; it has\n%s", text, strings.Join(p.seen, "\n"))
		}
	}
}

// notified waits for what the process tells systemd (sd_notify(3)), and returns what follows want in it.
func (p *process) notified(want string) string {
	p.t.Helper()
	_ = p.notes.SetReadDeadline(time.Now().Add(30 * time.Second))
	buf := make([]byte, 200)
	n, err := p.notes.Read(buf)
	if err != nil || !strings.HasPrefix(string(buf[:n]), want) {
		p.t.Fatalf("systemd is told %q (%v), want %q", buf[:n], err, want)
	}
	return string(buf[len(want):n])
}

// upgrade has a process replaced, and returns the id of the new one, which ends with the test.
func (p *process) upgrade(pid int) int {
	p.t.Helper()
	if err := syscall.Kill(pid, syscall.SIGHUP); err != nil {
		p.t.Fatal(err)
	}
	p.notified("READY=1") // of the new process
	next, err := strconv.Atoi(p.notified("MAINPID="))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = syscall.Kill(next, syscall.SIGKILL) })
	p.wait("upgraded;")
	return next
}

func dial(addr string) (*gossh.Client, error) {
	return gossh.Dial("tcp", addr, &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
}

// visitOnce connects and runs a command.
func visitOnce(addr string) error {
	c, err := dial(addr)
	if err != nil {
		return err
	}
	defer c.Close()
	s, err := c.NewSession()
	if err != nil {
		return err
	}
	out, err := s.Output("version")
	if err == nil && !bytes.HasPrefix(out, []byte("postern ")) {
		err = fmt.Errorf("it says %q", out)
	}
	return err
}

// A screenSession is a reader's session with the screens.
type screenSession struct {
	t        *testing.T
	client   *gossh.Client
	session  *gossh.Session
	keyboard io.WriteCloser
	screen   *io.PipeReader
}

func openScreens(t *testing.T, addr string) *screenSession {
	t.Helper()
	c, err := dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	return screensOn(t, c)
}

// screensOn opens the screens on a connection, which ends with the test, and waits for the list of two posts.
func screensOn(t *testing.T, c *gossh.Client) *screenSession {
	t.Helper()
	r := sessionOn(t, c)
	r.see("1/2")
	return r
}

// sessionOn begins a session on a terminal, on a connection, which ends with the test.
func sessionOn(t *testing.T, c *gossh.Client) *screenSession {
	t.Helper()
	t.Cleanup(func() { c.Close() })
	r := &screenSession{t: t, client: c}
	var err error
	if r.session, err = c.NewSession(); err != nil {
		t.Fatal(err)
	}
	output, err := r.session.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var sent *io.PipeWriter
	r.screen, sent = io.Pipe()
	go func() {
		_, err := io.Copy(sent, output)
		sent.CloseWithError(err)
	}()
	if r.keyboard, err = r.session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := r.session.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if err := r.session.Shell(); err != nil {
		t.Fatal(err)
	}
	return r
}

// see reads what is sent until it holds a text.
func (r *screenSession) see(text string) {
	r.t.Helper()
	if all, err := r.readUntil(text); err != nil {
		r.t.Fatalf("the screen doesn't show %q: %v; it was %q", text, err, all)
	}
}

// readUntil reads what is sent until it holds a text, for half a minute at most, and returns it.
func (r *screenSession) readUntil(text string) (all []byte, err error) {
	timeout := time.AfterFunc(30*time.Second, func() { r.screen.CloseWithError(context.DeadlineExceeded) })
	defer timeout.Stop()
	buf := make([]byte, 4096)
	for err == nil && !bytes.Contains(all, []byte(text)) {
		var n int
		n, err = r.screen.Read(buf)
		all = append(all, buf[:n]...)
	}
	return all, err
}

func (r *screenSession) press(key, text string) {
	r.t.Helper()
	if _, err := io.WriteString(r.keyboard, key); err != nil {
		r.t.Fatal(err)
	}
	r.see(text)
}

// quit leaves by the key for it, and expects a good end.
func (r *screenSession) quit() {
	r.t.Helper()
	go io.Copy(io.Discard, r.screen)
	if _, err := io.WriteString(r.keyboard, "q"); err != nil {
		r.t.Fatal(err)
	}
	if err := r.session.Wait(); err != nil {
		r.t.Errorf("the reader's session ended with %v", err)
	}
	r.client.Close()
}

// someBlog writes a blog of two posts.
func someBlog(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "blog")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one", "two"} {
		text := "---\ntitle: The title of " + name + "\ndate: 2025-01-02\n---\nThe text of " + name + ".\n"
		if err := os.WriteFile(filepath.Join(dir, name+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
