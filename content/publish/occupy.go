package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Whoever serves a site occupies it, as several processes do while one takes over from another. Whoever moves a site elsewhere claims
// it, since what a server published into it after that would be lost.

// Errors of Occupy and of Claim, which don't wait for each other.
var (
	ErrClaimed  = errors.New("postern migrate is moving this site; start the server when that is done")
	ErrOccupied = errors.New("a server runs on it, and what it published after this would be lost; stop it first")
)

// Occupy says that this process serves the site, until Close. The error is [ErrClaimed] if somebody moves the site elsewhere.
func (s *Site) Occupy() (err error) {
	s.occupied, err = openLocked(s.path(occupied), flockShared, ErrClaimed)
	return err
}

// Claim keeps servers from occupying the site in a directory until release is called. The error is [ErrOccupied] if one does. It does
// nothing if there is no site, and then keeps no server from making one.
func Claim(dir string) (release func(), err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return func() {}, nil
	}
	f, err := openLocked(filepath.Join(dir, occupied), flockAlone, ErrOccupied)
	return func() { f.Close() }, err
}

// openLocked opens a file and takes its lock, which is given back when the file is closed. The error is taken if others have the lock.
func openLocked(name string, take func(*os.File) (ok bool, err error), taken error) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	ok, err := take(f)
	if err == nil && !ok {
		err = taken
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", filepath.Dir(name), err)
	}
	return f, nil
}
