package git

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"postern/content/durable"
)

// keep moves what the push has brought into the repository.
func (p *push) keep() error {
	if err := p.objects.sync(); err != nil {
		return err
	}
	from, to := p.objects.dirs[0], p.base.objects.dirs[0]
	dirs, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		err = errors.Join(err, moveAll(filepath.Join(from, dir.Name()), filepath.Join(to, dir.Name())))
	}
	return errors.Join(err, durable.Sync(to))
}

// moveAll moves all files of a directory into another, which is made if it isn't there.
func moveAll(from, to string) error {
	if err := os.Mkdir(to, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	files, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(from, f.Name()), filepath.Join(to, f.Name())); err != nil {
			return err
		}
	}
	return durable.Sync(to)
}
