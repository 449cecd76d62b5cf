// Package keys has the host key of the server, and the keys of authors.
package keys

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// HostKeyFile is the name of the host key in the data directory, in OpenSSH's format.
const HostKeyFile = "host_ed25519"

// Host returns the server's host key from a data directory. If there is none, it makes an Ed25519 key that only its owner can
// read; two processes that do so at once get the same key. Its other errors are those of [ReadHost].
func Host(dir string) (ssh.Signer, error) {
	signer, err := ReadHost(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return signer, err
	}
	path := filepath.Join(dir, HostKeyFile)
	if err := create(dir, HostKeyFile); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("host key %s: %w", path, err)
	}
	return ReadHost(dir)
}

// ReadHost returns the server's host key from a data directory. The error is [fs.ErrNotExist] if there is none. A key that others
// can read is an error, since whoever has it can pose as the server; so is a directory that others can write in, since they can
// put a key of theirs in its place.
func ReadHost(dir string) (ssh.Signer, error) {
	if info, err := os.Stat(dir); err == nil && OthersMay(info, 0o022) {
		return nil, fmt.Errorf("data directory %s: others can write in it (mode %04o); run chmod go-w %s", dir, info.Mode().Perm(), dir)
	}
	return readHost(filepath.Join(dir, HostKeyFile), 0o077)
}

// ReadHostFile returns a host key from a file that something else than Postern has delivered, such as systemd or a container's
// secrets. These may let a group read it: that which the server's user is in.
func ReadHostFile(path string) (ssh.Signer, error) { return readHost(path, 0o007) }

// readHost returns a key from a file, of whose mode some bits are refused.
func readHost(path string, refused fs.FileMode) (ssh.Signer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("host key: %w", err)
	}
	if !info.Mode().IsRegular() { // opening a named pipe would block
		return nil, fmt.Errorf("host key %s: not a file", path)
	}
	if OthersMay(info, refused) {
		return nil, fmt.Errorf("host key %s: others can read it (mode %04o); run chmod 600 %s", path, info.Mode().Perm(), path)
	}
	data, err := readSmall(path, info)
	if err != nil {
		return nil, fmt.Errorf("host key: %w", err)
	}
	signer, err := gossh.ParsePrivateKey(data)
	if missing := (*gossh.PassphraseMissingError)(nil); errors.As(err, &missing) {
		return nil, fmt.Errorf("host key %s: it has a passphrase; remove it with ssh-keygen -p -f %s", path, path)
	}
	if err != nil {
		return nil, fmt.Errorf("host key %s: not a private key (%w); restore it from a backup, or move it away and a new one is made", path, err)
	}
	return signer, nil
}

// readSmall reads a file that is not larger than a key may be: an Ed25519 key has 400 bytes, an RSA key of 16,384 bits 13 KB, and
// a certificate of one no more.
func readSmall(path string, info fs.FileInfo) ([]byte, error) {
	const maxSize = 64 << 10
	if info.Size() > maxSize {
		return nil, fmt.Errorf("%s: too large for a key", path)
	}
	return os.ReadFile(path)
}

// create makes a key, unless there is one: then the error is [fs.ErrExist].
func create(dir, name string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := gossh.MarshalPrivateKey(private, "postern host key")
	if err != nil {
		return err
	}
	return CreateFile(dir, name, pem.EncodeToMemory(block))
}
