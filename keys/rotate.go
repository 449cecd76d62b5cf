package keys

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gliderlabs/ssh"

	"postern/content/durable"
)

// A host key is changed in two steps. First the next key lies beside the one that is used, and the server announces it to
// whoever connects, so that clients that know how learn it. A while later it takes the other's place.

// NextSuffix is what the name of the next host key has behind that of the one that is used.
const NextSuffix = ".next"

// oldSuffix is what a host key is called that was replaced.
const oldSuffix = ".old"

// ReadNextFile returns the next host key, which is beside that of a path; nil if there is none.
func ReadNextFile(path string) (ssh.Signer, error) {
	signer, err := ReadHostFile(path + NextSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return signer, err
}

// CreateNext makes a next host key in a data directory, which must have a host key. If there is a next one, the error is
// [fs.ErrExist].
func CreateNext(dir string) (next ssh.Signer, err error) {
	if _, err := ReadHost(dir); err != nil {
		return nil, err
	}
	if err := create(dir, HostKeyFile+NextSuffix); err != nil {
		return nil, err
	}
	return ReadNextFile(filepath.Join(dir, HostKeyFile))
}

// UseNext puts the next host key of a data directory into the place of the one that is used, which is kept under another name.
// The error is [fs.ErrNotExist] if there is no next key.
func UseNext(dir string) (ssh.Signer, error) {
	path := filepath.Join(dir, HostKeyFile)
	next, err := ReadNextFile(path)
	if err != nil {
		return nil, err
	}
	if next == nil {
		return nil, fmt.Errorf("host key %s: %w", path+NextSuffix, fs.ErrNotExist)
	}
	if err := os.Remove(path + oldSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := os.Link(path, path+oldSuffix); err != nil {
		return nil, err
	}
	if err := os.Rename(path+NextSuffix, path); err != nil {
		return nil, err
	}
	return next, durable.Sync(dir)
}
