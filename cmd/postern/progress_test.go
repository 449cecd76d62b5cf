package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

func TestProgressLine(t *testing.T) {
	for _, tt := range []struct {
		width       int
		total, done int
		want        string
	}{
		{80, 0, 0, "reading"},
		{5, 0, 0, "read"},
		{80, 10_000, 0, "checking " + strings.Repeat("░", 40) + " 0 of 10000"},
		{80, 10_000, 5_000, "checking " + strings.Repeat("█", 20) + strings.Repeat("░", 20) + " 5000 of 10000"},
		{80, 3, 3, "checking " + strings.Repeat("█", 40) + " 3 of 3"},
		{28, 10_000, 10_000, "100 %"},
		{36, 10_000, 2_500, "checking ███░░░░░░░░░ 2500 of 10000"},
		{1, 10_000, 2_500, ""},
	} {
		p := &progress{doing: "checking"}
		p.set(tt.done, tt.total)
		got := p.line(tt.width)
		if got != tt.want {
			t.Errorf("%d of %d in %d columns: %q, want %q", tt.done, tt.total, tt.width, got, tt.want)
		}
		if ansi.StringWidth(got) >= tt.width {
			t.Errorf("%q fills %d columns", got, tt.width)
		}
	}
}

// TestProgress draws on a terminal, over and over, and leaves nothing behind; elsewhere it writes nothing.
func TestProgress(t *testing.T) {
	terminal, tty, err := pty.Open()
	if err != nil {
		t.Skip(err)
	}
	defer terminal.Close()
	defer tty.Close()
	t.Setenv("TERM", "xterm")
	p := newProgress(tty, "checking")
	p.set(1, 2)
	seen := bufio.NewReader(terminal)
	if line, err := seen.ReadString('K'); err != nil || !strings.Contains(line, " 1 of 2\x1b[") {
		t.Errorf("the terminal got %q, %v", line, err)
	}
	p.stop()
	p.stop()
	tty.Write([]byte("the end\n"))
	rest, err := seen.ReadString('\n')
	if err != nil || !strings.HasSuffix(rest, "\r\x1b[Kthe end\r\n") {
		t.Errorf("in the end it got %q, %v", rest, err)
	}

	t.Setenv("TERM", "dumb")
	if newProgress(tty, "checking").w != nil {
		t.Error("a dumb terminal gets a line that is drawn over")
	}
	var pipe bytes.Buffer
	if newProgress(&pipe, "checking").w != nil {
		t.Error("a pipe gets it too")
	}
}
