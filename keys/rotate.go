package keys

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gliderlabs/ssh"

	"postern/content/durable"
)

// A host key is changed in two steps. First the next key lies beside the one that is used, and the server announces it to
// whoever connects, so that clients that know how learn it. A while later it takes the other's place.

// NextSuffix is what the name of the next host key has behind that of the one that is used.
const NextSuffix = ".next"

// announcedFile holds the fingerprint of the next host key that a server of the data directory has announced.
const announcedFile = HostKeyFile + ".announced"

// ErrNotAnnounced means that no server has announced the next host key: every client would be warned of it.
var ErrNotAnnounced = errors.New("no server has announced the next host key")

// OldSuffix is what the name of a host key that was replaced has behind it.
const OldSuffix = ".old"

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

// Announced notes in a data directory that a server announces the next host key.
func Announced(dir string, next ssh.PublicKey) error {
	return replaceFile(dir, announcedFile, []byte(Fingerprint(next)+"\n"))
}

// UseNext puts the next host key of a data directory into the place of the one that is used, which is kept under another name.
// The error is [fs.ErrNotExist] if there is no next key, and [ErrNotAnnounced] if no server has announced it.
func UseNext(dir string) (ssh.Signer, error) {
	path := filepath.Join(dir, HostKeyFile)
	next, err := ReadNextFile(path)
	if err != nil {
		return nil, err
	}
	if next == nil {
		return nil, fmt.Errorf("host key %s: %w", path+NextSuffix, fs.ErrNotExist)
	}
	announced, err := os.ReadFile(filepath.Join(dir, announcedFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if strings.TrimSpace(string(announced)) != Fingerprint(next.PublicKey()) {
		return nil, ErrNotAnnounced
	}
	if err := os.Remove(path + OldSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := os.Link(path, path+OldSuffix); err != nil {
		return nil, err
	}
	if err := os.Rename(path+NextSuffix, path); err != nil {
		return nil, err
	}
	if err := os.Remove(filepath.Join(dir, announcedFile)); err != nil {
		return nil, err
	}
	return next, durable.Sync(dir)
}
