package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// bases remembers, in the user's cache directory, to which generation of a server each directory was equal when it was deployed
// last. What is forgotten costs nothing but that changes by others are overwritten which came before the next deploy.
type bases struct{ dir string }

func openBases() (bases, error) {
	cache, err := os.UserCacheDir()
	return bases{filepath.Join(cache, "postern", "deployed")}, err
}

// file returns the name of the file about a directory and a server.
func (b bases) file(dir string, to target) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	key := sha256.Sum256([]byte(dir + "\x00" + string(to.host)))
	return filepath.Join(b.dir, hex.EncodeToString(key[:16]))
}

// get returns a generation; 0 if none is remembered.
func (b bases) get(dir string, to target) int {
	data, err := os.ReadFile(b.file(dir, to))
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(strings.TrimSpace(string(data)))
	return max(0, n)
}

// set remembers a generation, if it can.
func (b bases) set(dir string, to target, n int) error {
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(b.file(dir, to), []byte(strconv.Itoa(n)+"\n"), 0o600)
}
