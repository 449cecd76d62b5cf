package publishing

import (
	"path"
	"strings"
)

// IsTemporary reports whether a file is one that an editor or a transfer keeps for itself while it writes another, and that is
// never published: Vim's .x.swp and 4913, sed's sedXXXXXX, lftp's .in.x, WinSCP's x.filepart, and backups, x~.
func IsTemporary(name string) bool {
	base := path.Base(name)
	switch ext := path.Ext(base); {
	case base == "4913", strings.HasSuffix(base, "~"), strings.HasPrefix(base, ".in."), ext == ".filepart":
		return true
	case strings.HasPrefix(base, ".") && len(ext) == 4 && strings.HasPrefix(ext, ".sw"):
		return true
	case strings.HasPrefix(base, "sed"):
		return len(base) == len("sedXXXXXX") && ext == ""
	}
	return false
}
