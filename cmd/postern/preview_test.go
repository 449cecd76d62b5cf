package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

// previewCmd runs preview on a terminal: `preview FILE WxH ARG… -- STEP…`, as screen runs ssh.
func previewCmd(ts *testscript.TestScript, neg bool, args []string) {
	end := slices.Index(args, "--")
	var width, height int
	if end < 2 {
		ts.Fatalf("usage: preview FILE WxH [ARG...] -- STEP...")
	}
	if _, err := fmt.Sscanf(args[1], "%dx%d", &width, &height); err != nil {
		ts.Fatalf("%s is no size", args[1])
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary(ts), append([]string{"preview"}, args[2:end]...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"TERM=" + ts.Getenv("TERM"), "HOME=" + ts.Getenv("HOME"), "PATH=" + ts.Getenv("PATH"),
		"EDITOR=" + ts.Getenv("EDITOR"), "NO_COLOR=" + ts.Getenv("NO_COLOR")}
	play(ts, cmd, width, height, args[0], args[end+1:])
}

// BenchmarkPreviewSave is a save, from the write to the frame that shows it.
func BenchmarkPreviewSave(b *testing.B) {
	dir := b.TempDir()
	post := filepath.Join(dir, "2026-01-02-post.md")
	save := func(n int) {
		text := fmt.Sprintf("---\ntitle: A post\n---\n\nsaved%d\n\n%s", n, strings.Repeat("Some words of it. ", 600))
		if err := os.WriteFile(post, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for i := range 200 {
		other := fmt.Sprintf("---\ntitle: Another %d\n---\n\n%s", i, strings.Repeat("Some words of it. ", 600))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("2025-01-02-%d.md", i)), []byte(other), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	save(0)
	cmd := exec.Command("postern", "preview", dir, "--at", "post")
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		_, _ = tty.WriteString("q")
		_ = cmd.Wait()
		tty.Close()
	}()
	terminal := vt.NewSafeEmulator(80, 24)
	go func() { _, _ = io.Copy(tty, terminal) }()
	fresh := make(chan struct{}, 1)
	go func() { _, _ = io.Copy(writer{terminal, fresh}, tty) }()
	see := func(n int) {
		for !strings.Contains(text(terminal), fmt.Sprintf("saved%d\n", n)) {
			<-fresh
		}
	}
	see(0)
	n := 0
	for b.Loop() {
		n++
		save(n)
		see(n)
	}
}
