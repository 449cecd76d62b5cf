package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

// listenCmd runs the real ssh on a terminal of 80×24 as those do who listen: `listen FILE TERM [USER@] COMMAND LINE…`. Each
// line is typed when there is a prompt, and quit after the last. All bytes that came are written to FILE.
func listenCmd(ts *testscript.TestScript, neg bool, args []string) {
	user := ""
	if len(args) > 2 && strings.HasSuffix(args[2], "@") {
		user, args = args[2], append(args[:2:2], args[3:]...)
	}
	if len(args) < 3 {
		ts.Fatalf("usage: listen FILE TERM [USER@] COMMAND LINE...")
	}
	file, term, command, lines := args[0], args[1], args[2], append(args[3:], "quit")
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "ssh", "-t", "-F", ts.Getenv("SSH"), "-p", ts.Getenv("PORT"), user+"127.0.0.1", command)
	cmd.Env = []string{"TERM=" + term, "HOME=" + ts.Getenv("HOME"), "PATH=" + ts.Getenv("PATH")}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	ts.Check(err)
	defer tty.Close()

	var heard strings.Builder
	var p [4 << 10]byte
	for err == nil {
		var n int
		n, err = tty.Read(p[:])
		heard.Write(p[:n])
		if strings.HasSuffix(heard.String(), ": ") && len(lines) > 0 {
			_, werr := io.WriteString(tty, lines[0]+"\r")
			ts.Check(werr)
			lines = lines[1:]
		}
	}
	if !errors.Is(err, io.EOF) && !errors.Is(err, syscall.EIO) { // how Linux ends a terminal
		ts.Fatalf("%v", err)
	}
	if err := cmd.Wait(); err != nil || len(lines) > 0 {
		ts.Fatalf("%v, %d lines were not typed; it said\n%q", err, len(lines), heard.String())
	}
	ts.Check(os.WriteFile(ts.MkAbs(file), []byte(heard.String()), 0o600))
}
