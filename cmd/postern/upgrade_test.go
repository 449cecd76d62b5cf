package main

import (
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// TestUpgradeUnderLoad upgrades twice while clients come and go: none is refused, and a reader stays with the first
// process until the end.
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
	p.wait("the new process ended before it served")
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

// TestUpgradeStartsWhatLiesAtThePath: after the binary has been moved away, the one that has taken its place is started.
func TestUpgradeStartsWhatLiesAtThePath(t *testing.T) {
	p := startProcess(t, someBlog(t), nil)
	binary := p.cmd.Path
	old, err := os.Stat(binary)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(binary, binary+".old"); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Process.Signal(syscall.SIGHUP)
	p.wait("no such file or directory")
	if err := visitOnce(p.addr); err != nil {
		t.Error(err)
	}
	if out, err := exec.Command("cp", binary+".old", binary).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	pid := p.upgrade(p.cmd.Process.Pid)
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the old process ended with %v", err)
	}
	if line := p.seen[len(p.seen)-1]; !strings.Contains(line, `"binary":"`+binary+`","version":"`+version()+`","new":"`+version()+`"`) {
		t.Errorf("the log doesn't name both versions and the binary: %s", line)
	}
	if running, err := os.Stat("/proc/" + strconv.Itoa(pid) + "/exe"); err == nil && os.SameFile(running, old) {
		t.Error("the file that was moved away was started")
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
