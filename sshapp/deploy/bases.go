package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Bases remembers, in the user's cache directory, to which generation of a server each directory was equal when it was deployed
// last. The server takes the author's last deployment for one that is forgotten.
type Bases struct {
	dir string // empty if nothing is remembered
}

// UserBases returns the bases of the user who runs the program. One without a cache directory has none, as in a container.
func UserBases() Bases {
	cache, err := os.UserCacheDir()
	if err != nil {
		return Bases{}
	}
	return Bases{filepath.Join(cache, "postern", "deployed")}
}

// file returns the name of the file about a directory and the host of a server.
func (b Bases) file(dir, host string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	key := sha256.Sum256([]byte(dir + "\x00" + host))
	return filepath.Join(b.dir, hex.EncodeToString(key[:16]))
}

// Get returns the generation of a host to which a directory was equal; 0 if none is remembered.
func (b Bases) Get(dir, host string) int {
	if b.dir == "" {
		return 0
	}
	data, err := os.ReadFile(b.file(dir, host))
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(strings.TrimSpace(string(data)))
	return max(0, n)
}

// Set remembers the generation of a host to which a directory is equal.
func (b Bases) Set(dir, host string, n int) error {
	if b.dir == "" {
		return nil
	}
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(b.file(dir, host), []byte(strconv.Itoa(n)+"\n"), 0o600)
}
