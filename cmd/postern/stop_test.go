package main

import (
	"os/exec"
	"syscall"
	"testing"
)

// TestSecondSignal: a process that is told to stop for the second time doesn't wait for its readers, and restores their
// terminals.
func TestSecondSignal(t *testing.T) {
	p := startProcess(t, someBlog(t), func(cmd *exec.Cmd) { cmd.Args = append(cmd.Args, "--grace", "1h") })
	reader := openScreens(t, p.addr)
	for _, said := range []string{"This blog restarts within 1h", "\x1b[?1049l"} {
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
