//go:build unix

package page

import (
	"io/fs"
	"syscall"
)

// inode returns the number of a file in its file system; 0 for a file that isn't in one.
func inode(st fs.FileInfo) uint64 {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
