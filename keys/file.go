package keys

import (
	"errors"
	"os"
	"path/filepath"
)

// CreateFile writes a file into a data directory, which is made if it isn't there. Only the owner of the directory can read it. A
// crash never leaves half of the file, and one that is there is never replaced: then the error is [io/fs.ErrExist].
func CreateFile(dir, name string, data []byte) error { return writeFile(dir, name, data, os.Link) }

// replaceFile does what CreateFile does, and replaces a file that is there.
func replaceFile(dir, name string, data []byte) error { return writeFile(dir, name, data, os.Rename) }

// writeFile writes a temporary file, syncs it to the disk, and then has put give it its name.
func writeFile(dir, name string, data []byte, put func(from, to string) error) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, name+".new-*") // opened with O_EXCL and mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // which fails once it is renamed
	_, err = f.Write(data)
	if err := errors.Join(err, chownAs(f, dir), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := put(f.Name(), filepath.Join(dir, name)); err != nil {
		return err
	}
	return syncDir(dir)
}
