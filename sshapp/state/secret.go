package state

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"postern/keys"
)

// SecretFile is the name of the secret in the data directory: 64 hexadecimal digits. It lies beside the database, so that who
// has only the database can't tell whether it knows a key.
const SecretFile = "readers_secret"

// A Secret makes IDs of keys.
type Secret [32]byte

// ReadSecret returns the secret in a data directory. If there is none, it makes one that only its owner can read; two processes
// that do so at once get the same.
func ReadSecret(dir string) (Secret, error) {
	s, err := readSecret(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	if err := createSecret(dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return s, fmt.Errorf("readers' secret: %w", err)
	}
	return readSecret(dir)
}

func readSecret(dir string) (s Secret, err error) {
	path := filepath.Join(dir, SecretFile)
	info, err := os.Stat(path)
	if err != nil {
		return s, err
	}
	if keys.OthersMay(info, 0o077) {
		return s, fmt.Errorf("%s: others can read it (mode %04o); run chmod 600 %s", path, info.Mode().Perm(), path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return s, err
	}
	bytes, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(bytes) != len(s) {
		return s, fmt.Errorf("%s: not %d hexadecimal digits; restore it from a backup, or move it away, and readers have to agree again", path, 2*len(s))
	}
	return Secret(bytes), nil
}

// createSecret makes a secret, unless there is one: then the error is [fs.ErrExist].
func createSecret(dir string) error {
	var s Secret
	rand.Read(s[:])
	return keys.CreateFile(dir, SecretFile, []byte(hex.EncodeToString(s[:])+"\n"))
}

// ID returns what stands for a public key in SSH's wire format: the first 16 bytes of HMAC-SHA256. Without the secret nobody can
// tell which key it was made of.
func (s Secret) ID(key []byte) (id ID) {
	mac := hmac.New(sha256.New, s[:])
	mac.Write(key)
	copy(id[:], mac.Sum(nil))
	return id
}

// Check returns what tells whether two machines have the same secret, and nothing else of it.
func (s Secret) Check() []byte {
	id := s.ID([]byte("postern: the same secret"))
	return id[:]
}
