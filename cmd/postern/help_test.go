package main

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	"github.com/spf13/cobra"
)

// TestHelpFits prints the help of each command on a terminal of 80 columns: no line is wider.
func TestHelpFits(t *testing.T) {
	var all []*cobra.Command
	var add func(*cobra.Command)
	add = func(c *cobra.Command) {
		all = append(all, c)
		for _, sub := range c.Commands() {
			if c.Name() != "completion" { // the library's text
				add(sub)
			}
		}
	}
	add(newRoot())
	for _, c := range all {
		args := append(strings.Fields(c.CommandPath())[1:], "--help")
		help := onTerminal80(t, args)
		if !strings.Contains(help, "USAGE") {
			t.Errorf("%s: %q", args, help)
		}
		for line := range strings.Lines(help) {
			if width := ansi.StringWidth(strings.TrimRight(line, " \n")); width > 80 {
				t.Errorf("%s: %d columns: %s", args, width, line)
			}
		}
	}
}

// onTerminal80 runs the program on a terminal of 80 columns, and returns what it prints, without escape sequences.
func onTerminal80(t *testing.T, args []string) string {
	t.Helper()
	cmd := exec.Command("postern", args...)
	cmd.Env = append(os.Environ(), "TERM=dumb")
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	out, _ := io.ReadAll(terminal) // the error is the terminal's end
	if s := string(out); strings.Contains(s, ansi.RequestBackgroundColor) || strings.Contains(s, ansi.RequestPrimaryDeviceAttributes) {
		t.Errorf("%s asks the terminal something, which may not answer: %q", args, s)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%s: %v", args, err)
	}
	return strings.ReplaceAll(ansi.Strip(string(out)), "\r\n", "\n")
}
