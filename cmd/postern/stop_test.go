package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// TestSecondSignal: a process that is told to stop for the second time doesn't wait for its readers, and restores their
// terminals.
func TestSecondSignal(t *testing.T) {
	p := startProcess(t, someBlog(t), func(cmd *exec.Cmd) { cmd.Args = append(cmd.Args, "--grace", "1h") })
	reader := openScreens(t, p.addr)
	for _, said := range []string{"The server stops within 1h", "\x1b[?1049l"} {
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		reader.see(said)
	}
	reader.client.Close()
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

// TestSecondSignalIsTold: whoever has pressed Ctrl-C on a terminal, and sees the process wait, reads how it ends at once.
func TestSecondSignalIsTold(t *testing.T) {
	screen, tty, err := pty.Open()
	if err != nil {
		t.Skip(err)
	}
	defer screen.Close()
	defer tty.Close()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	second := secondStop(tty)
	interrupt := func() {
		t.Helper()
		if err := self.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
	interrupt()
	if line, err := bufio.NewReader(screen).ReadString('\n'); !strings.Contains(line, "Ctrl-C again stops at once") {
		t.Errorf("it says %q (%v)", line, err)
	}
	interrupt()
	<-second
}
