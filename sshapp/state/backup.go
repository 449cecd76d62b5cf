package state

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Backup writes a copy of the database in a data directory to a file that doesn't exist, while a server may use it. It has no
// salts and sketches, since nothing would erase them there. The error is [fs.ErrNotExist] if there is no database.
func Backup(ctx context.Context, dir, file string) error {
	path := filepath.Join(dir, File)
	if _, err := os.Stat(path); err != nil {
		return err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	db := connect(path)
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, file); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return eraseDays(ctx, file)
}

// eraseDays erases what tells the readers of days apart in a copy of a database.
func eraseDays(ctx context.Context, file string) error {
	if err := os.Chmod(file, 0o600); err != nil {
		return err
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	db := connect(file, "secure_delete(on)")
	defer db.Close()
	if err := migrate(ctx, db); err != nil { // an older database has no such tables yet
		return fmt.Errorf("%s: %w", file, err)
	}
	if _, err := db.ExecContext(ctx, `DELETE FROM sketches; DELETE FROM salts`); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// SetAside renames the database in a data directory with its other files, since it is damaged, and returns the new name. Nothing
// is deleted: someone may know how to repair it.
func SetAside(dir string, now time.Time) (string, error) {
	path := filepath.Join(dir, File)
	aside := path + ".damaged-" + now.UTC().Format("20060102T150405Z")
	for _, suffix := range []string{"-wal", "-shm"} { // the file itself goes last, or a crash between would pair the others with a new one
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, os.Rename(path, aside)
}
