package live

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipesDontBlock: a file that was replaced by a pipe since the scan is not waited for.
func TestPipesDontBlock(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "x.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.FS().Open("x.md"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a pipe is opened: %v", err)
	}
	if _, err := fs.ReadDir(f.FS(), "."); err != nil {
		t.Error(err)
	}
	if _, err := f.FS().Open("../" + filepath.Base(dir) + "/x.md"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a path leads out: %v", err)
	}
}
