//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestDiskFull fills the disk up to fewer and fewer free pages, and publishes. Readers see what they saw, the author is told
// why, and nothing is lost: with room again, the same push is published.
func TestDiskFull(t *testing.T) {
	a := newAuthor(t)
	const size, page = 4 << 20, 4 << 10
	if err := syscall.Mount("tmpfs", a.data, "tmpfs", 0, fmt.Sprintf("size=%d,mode=700", size)); err != nil {
		t.Skip("a file system of its own can't be had here: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(a.data, syscall.MNT_DETACH) })
	a.trust()
	p := a.start()
	a.commit(0)
	a.git("push", "-q", remote(p), "main")
	for n, free := range []int{24, 12, 8, 6, 4, 2, 1, 0} {
		before := visit(t, p.addr, "archive")
		a.commit(n + 1)
		filler := filepath.Join(a.data, "filler")
		a.fill(filler, free*page)
		out, err := a.command("push", "-q", remote(p), "main").CombinedOutput()
		after := visit(t, p.addr, "archive")
		switch posts := strings.Count(visit(t, p.addr, "ls"), "\n"); {
		case err == nil && posts != n+2:
			t.Errorf("%d free pages: %d posts are published\n%s", free, posts, out)
		case err != nil && posts == n+1 && after != before:
			t.Errorf("%d free pages: readers see something else", free)
		case err != nil && !strings.Contains(string(out), "no space left on device"):
			t.Errorf("%d free pages: the author is told %q", free, out)
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		a.git("pull", "-q", "--no-rebase", "--no-edit", remote(p), "main")
		a.git("push", "-q", remote(p), "main")
		if posts := strings.Count(visit(t, p.addr, "ls"), "\n"); posts != n+2 {
			t.Errorf("%d free pages: %d posts are published in the end", free, posts)
		}
	}
	a.git("--git-dir", filepath.Join(a.data, "site", "git"), "fsck", "--strict")
}

// fill fills the disk with a file, but for so many bytes.
func (a *author) fill(name string, free int) {
	a.t.Helper()
	var stat syscall.Statfs_t
	if err := syscall.Statfs(a.data, &stat); err != nil {
		a.t.Fatal(err)
	}
	a.write(name, strings.Repeat("x", int(stat.Bavail)*int(stat.Bsize)-free))
}
