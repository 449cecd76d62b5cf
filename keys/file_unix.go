//go:build unix

package keys

import (
	"io/fs"
	"os"
	"syscall"
)

// OthersMay reports whether a file's mode has one of some bits that give a right to others than its owner.
func OthersMay(info fs.FileInfo, bits fs.FileMode) bool { return info.Mode().Perm()&bits != 0 }

// chownAs gives a file to the owner of a directory, if root has made it: the server, which must read it, is not root.
func chownAs(f *os.File, dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	owner := info.Sys().(*syscall.Stat_t)
	return f.Chown(int(owner.Uid), int(owner.Gid))
}
