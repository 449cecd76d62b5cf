package page

import "io/fs"

// A stamp tells versions of a file apart, without a look at its bytes. In a published site the inode alone does: files are never
// written into there, and those that stay as they are have theirs in all generations. Elsewhere a file is changed in its place, and
// its size or its time changes.
type stamp struct {
	size     int64  // bytes
	modified int64  // nanoseconds since 1970
	inode    uint64 // 0 where files have none
}

func newStamp(st fs.FileInfo) stamp { return stamp{st.Size(), st.ModTime().UnixNano(), inode(st)} }
