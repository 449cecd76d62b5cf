//go:build !unix

package page

import "io/fs"

// inode returns 0: files have no such number here.
func inode(fs.FileInfo) uint64 { return 0 }
