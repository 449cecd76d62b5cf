package keys

import (
	"errors"
	"os"
	"path/filepath"

	"postern/content/durable"
)

// CreateFile writes a file into a data directory, which is made if it isn't there. Only the owner of the directory can read it. A
// crash never leaves half of the file, and one that is there is never replaced: then the error is [io/fs.ErrExist].
func CreateFile(dir, name string, data []byte) error {
	return writeFile(dir, name, data, durable.Create)
}

// replaceFile does what CreateFile does, and replaces a file that is there.
func replaceFile(dir, name string, data []byte) error {
	return writeFile(dir, name, data, durable.Replace)
}

func writeFile(dir, name string, data []byte, put func(name string, write func(*os.File) error) error) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return put(filepath.Join(dir, name), func(f *os.File) error {
		_, err := f.Write(data)
		return errors.Join(err, chownAs(f, dir))
	})
}
