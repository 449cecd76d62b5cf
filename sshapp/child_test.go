package sshapp

import (
	"bufio"
	"encoding/json"
	"fmt"
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

// A child is a server in a process of its own.
type child struct {
	cmd     *exec.Cmd
	addr    string
	counted chan counters
}

// counters are what Postern logs of itself on SIGUSR1.
type counters struct {
	Message    string `json:"msg"`
	Goroutines int    `json:"goroutines"`
	Memory     int64  `json:"memory"`
}

// watch reads the child's log.
func (p *child) watch(lines *bufio.Reader) {
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var c counters
		if json.Unmarshal(line, &c) == nil && c.Message == "counters" {
			p.counted <- c
		}
	}
}

// count asks the child for its counters.
func (p *child) count(b *testing.B) counters {
	if err := p.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		b.Fatal(err)
	}
	return <-p.counted
}

// descriptors returns how many files the child has open.
func (p *child) descriptors(b *testing.B) int {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	return len(entries)
}

var listening = regexp.MustCompile(`at (127\.0\.0\.1:\d+)`)

// startChild starts the bare server or Postern, with more in its environment.
func startChild(b *testing.B, name string, env ...string) *child {
	b.Helper()
	var cmd *exec.Cmd
	if name == "bare" {
		cmd = exec.Command(os.Args[0])
		env = append(env, bareServer+"=1")
	} else {
		binary := filepath.Join(b.TempDir(), "postern")
		if out, err := exec.Command("go", "build", "-o", binary, "postern/cmd/postern").CombinedOutput(); err != nil {
			b.Fatalf("go build: %v\n%s", err, out)
		}
		cmd = exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--data", b.TempDir(),
			"--max-conns-per-addr", "0", "--conn-rate-per-addr", "0")
	}
	cmd.Env = append(os.Environ(), env...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewReader(stderr)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			b.Fatalf("%s didn't start: %v", name, err)
		}
		if m := listening.FindStringSubmatch(line); m != nil {
			p := &child{cmd: cmd, addr: m[1], counted: make(chan counters, 1)}
			go p.watch(lines)
			return p
		}
	}
}

// connect connects a client.
func (p *child) connect(b *testing.B, user string) *gossh.Client {
	b.Helper()
	client, err := gossh.Dial("tcp", p.addr, &gossh.ClientConfig{User: user, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		b.Fatal(err)
	}
	return client
}

// visit connects a visitor.
func (p *child) visit(b *testing.B, user string, width, height int) *visitor {
	b.Helper()
	v, err := newVisitor(p.connect(b, user), width, height)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

func (p *child) stop() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

// resident returns the child's resident memory in KB.
func (p *child) resident(b *testing.B) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		b.Skip("this wants Linux's /proc")
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(data)
	n, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// cpu returns the processor time that the child has taken.
func (p *child) cpu(b *testing.B) time.Duration { return processorTime(b, p.cmd.Process.Pid) }

// processorTime returns what a process has taken in user and system mode (proc_pid_stat(5), in ticks of 10 ms).
func processorTime(t testing.TB, pid int) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Skip("this wants Linux's /proc")
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}
