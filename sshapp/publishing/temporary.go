package publishing

import (
	"path"
	"strings"
)

// IsTemporary reports whether a file is one that an editor or a transfer keeps for itself while it writes another, and that is
// never published: Vim's .x.swp and 4913, sed's sedXXXXXX, Emacs' #x#, GLib's .goutputstream-XXXXXX, Kate's .x.kate-swp, lftp's
// .in.x, WinSCP's x.filepart, rclone's x.XXXXXXXX.partial, backups, x~, and what [IsRemoved].
func IsTemporary(name string) bool {
	base := path.Base(name)
	ext := path.Ext(base)
	switch {
	case IsRemoved(name), base == "4913", strings.HasSuffix(base, "~"), strings.HasPrefix(base, ".in."):
		return true
	case ext == ".filepart", ext == ".partial", ext == ".kate-swp", strings.HasPrefix(base, ".goutputstream-"):
		return true
	case strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#"):
		return true
	case strings.HasPrefix(base, ".") && len(ext) == 4 && strings.HasPrefix(ext, ".sw"):
		return true
	case strings.HasPrefix(base, "sed"):
		return len(base) == len("sedXXXXXX") && ext == ""
	}
	return false
}

// IsRemoved reports whether a file is one that was removed from a mount by sshfs while a program had it open: it is kept under
// this name until that is done.
func IsRemoved(name string) bool { return strings.HasPrefix(path.Base(name), ".fuse_hidden") }
