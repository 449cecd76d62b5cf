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
	"sync"
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
	lines chan string // of stderr, of all processes that inherited it
	told  *net.UnixConn
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
	told, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { told.Close() })
	cmd.Env = append(os.Environ(), "NOTIFY_SOCKET="+path)
	if prepare != nil {
		prepare(cmd)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	p := &process{t: t, cmd: cmd, lines: make(chan string, 1000), told: told}
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
	p.hear("READY=1")
	return p
}

// wait reads the log up to a line that holds a text, and returns that.
func (p *process) wait(text string) string {
	p.t.Helper()
	patience := time.After(30 * time.Second)
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
		case <-patience:
			p.t.Fatalf("not in 30 s in the log: %q; it has\n%s", text, strings.Join(p.seen, "\n"))
		}
	}
}

// hear waits for what the process tells systemd (sd_notify(3)), and returns what follows want in it.
func (p *process) hear(want string) string {
	p.t.Helper()
	_ = p.told.SetReadDeadline(time.Now().Add(30 * time.Second))
	buf := make([]byte, 200)
	n, err := p.told.Read(buf)
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
	p.hear("READY=1") // of the new process
	next, err := strconv.Atoi(p.hear("MAINPID="))
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

// A guest reads the screens.
type guest struct {
	t        *testing.T
	client   *gossh.Client
	session  *gossh.Session
	keyboard io.WriteCloser
	screen   *io.PipeReader
}

func openScreens(t *testing.T, addr string) *guest {
	t.Helper()
	c, err := dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	g := &guest{t: t, client: c}
	if g.session, err = c.NewSession(); err != nil {
		t.Fatal(err)
	}
	var sent *io.PipeWriter
	g.screen, sent = io.Pipe()
	g.session.Stdout = sent
	if g.keyboard, err = g.session.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := g.session.RequestPty("xterm", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	if err := g.session.Shell(); err != nil {
		t.Fatal(err)
	}
	g.see("1/2")
	return g
}

// see reads what is sent until it holds a text.
func (g *guest) see(text string) {
	g.t.Helper()
	patience := time.AfterFunc(30*time.Second, func() { g.screen.CloseWithError(context.DeadlineExceeded) })
	defer patience.Stop()
	var all []byte
	buf := make([]byte, 4096)
	for !bytes.Contains(all, []byte(text)) {
		n, err := g.screen.Read(buf)
		all = append(all, buf[:n]...)
		if err != nil {
			g.t.Fatalf("she doesn't see %q: %v; it was %q", text, err, all)
		}
	}
}

func (g *guest) press(key, text string) {
	g.t.Helper()
	if _, err := io.WriteString(g.keyboard, key); err != nil {
		g.t.Fatal(err)
	}
	g.see(text)
}

// quit leaves by the key for it, and expects a good end.
func (g *guest) quit() {
	g.t.Helper()
	go io.Copy(io.Discard, g.screen)
	if _, err := io.WriteString(g.keyboard, "q"); err != nil {
		g.t.Fatal(err)
	}
	if err := g.session.Wait(); err != nil {
		g.t.Errorf("her session ended with %v", err)
	}
	g.client.Close()
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

// TestUpgradeUnderLoad upgrades twice while clients come and go: none is refused, and a reader stays with the process that
// she came to until she leaves.
func TestUpgradeUnderLoad(t *testing.T) {
	p := startProcess(t, someBlog(t), nil)
	reader := openScreens(t, p.addr)
	stop := make(chan struct{})
	end := sync.OnceFunc(func() { close(stop) })
	var visitors sync.WaitGroup
	defer visitors.Wait()
	defer end()
	visits := make(chan struct{}, 1)
	for range 4 {
		visitors.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := visitOnce(p.addr); err != nil {
					t.Errorf("a visitor during an upgrade: %v", err)
				}
				select {
				case visits <- struct{}{}:
				default:
				}
			}
		})
	}
	pid := p.cmd.Process.Pid
	for _, step := range []struct{ key, shows string }{{"?", "Keys"}, {"?\r", "The text of"}} {
		for range 8 {
			<-visits
		}
		next := p.upgrade(pid)
		reader.press(step.key, step.shows)
		pid = next
	}
	for range 8 {
		<-visits
	}
	end()
	visitors.Wait()
	reader.quit()
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the first process ended with %v", err)
	}
	p.wait(`"end":"quit"`)
	if err := visitOnce(p.addr); err != nil {
		t.Errorf("the third process: %v", err)
	}
	_ = syscall.Kill(pid, syscall.SIGTERM)
	for line := range p.lines { // until all processes have ended
		p.seen = append(p.seen, line)
	}
	for _, line := range p.seen {
		if strings.Contains(line, `"level":"ERROR"`) || strings.Contains(line, `"level":"WARN"`) {
			t.Errorf("the log has %s", line)
		}
	}
}

// TestFailedUpgradeLeavesTheOldProcess: a new process that can't serve changes nothing.
func TestFailedUpgradeLeavesTheOldProcess(t *testing.T) {
	blog := someBlog(t)
	p := startProcess(t, blog, nil)
	reader := openScreens(t, p.addr)
	if err := os.Rename(blog, blog+".away"); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Process.Signal(syscall.SIGHUP)
	p.wait("the new process doesn't serve")
	if err := visitOnce(p.addr); err != nil {
		t.Error(err)
	}
	reader.press("?", "Keys")
	if err := os.Rename(blog+".away", blog); err != nil {
		t.Fatal(err)
	}
	pid := p.upgrade(p.cmd.Process.Pid)
	reader.quit()
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the old process ended with %v", err)
	}
	if err := visitOnce(p.addr); err != nil {
		t.Error(err)
	}
	_ = syscall.Kill(pid, syscall.SIGTERM)
}

// TestSocketActivation plays systemd: it hands a socket over and is told what becomes of the service.
func TestSocketActivation(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	socket, err := ln.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	// Only the process itself knows its LISTEN_PID, so a shell becomes it.
	p := startProcess(t, someBlog(t), func(cmd *exec.Cmd) {
		cmd.Args = append([]string{"sh", "-c", `LISTEN_PID=$$ exec "$@"`, "sh", cmd.Path}, cmd.Args[1:]...)
		cmd.Path = "/bin/sh"
		cmd.ExtraFiles = []*os.File{socket}
		cmd.Env = append(cmd.Env, "LISTEN_FDS=1")
	})
	if p.addr != ln.Addr().String() {
		t.Fatalf("it listens at %s, and was handed %s", p.addr, ln.Addr())
	}
	ln.Close()
	if err := visitOnce(p.addr); err != nil {
		t.Error(err)
	}
	pid := p.upgrade(p.cmd.Process.Pid)
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the old process ended with %v", err)
	}
	if err := visitOnce(p.addr); err != nil {
		t.Error(err)
	}
	_ = syscall.Kill(pid, syscall.SIGTERM)
}
