package git

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// syncers is how many files are written to the disk at a time: file systems do what waits together, so that eight at a time
// take an eighth of the time (0.4 ms a file instead of 2.8, on ext4).
const syncers = 8

// sync writes what was written since the last call to the disk.
func (o *objects) sync() error {
	names := make(chan string)
	errs := make([]error, syncers)
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() {
			for name := range names {
				errs[i] = errors.Join(errs[i], syncFile(name))
			}
		})
	}
	dirs := map[string]bool{o.dirs[0]: true}
	for _, h := range o.written {
		name := objectPath(o.dirs[0], h)
		dirs[filepath.Dir(name)] = true
		names <- name
	}
	for dir := range dirs {
		names <- dir
	}
	close(names)
	group.Wait()
	o.written = nil
	return errors.Join(errs...)
}

// syncFile writes a file, or the names in a directory, to the disk.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
