package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"postern/content"
	"postern/content/settings"
)

// findBlog returns the directory of the blog that a directory or a file belongs to and, for a file, its path in there. The
// blog of a file is the nearest directory above it that has settings, or else the nearest that is a repository, or else the
// one that the file is in.
func findBlog(name string) (dir, file string, err error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", "", fmt.Errorf("there is no file or directory %s", name)
	case err != nil || info.IsDir():
		return name, "", err
	case !info.Mode().IsRegular():
		return "", "", fmt.Errorf("%s is neither a file nor a directory", name)
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", "", err
	}
	dir = filepath.Dir(abs)
	for _, mark := range []string{settings.File, ".git"} {
		if above, ok := nearestWith(mark, dir); ok {
			dir = above
			break
		}
	}
	file, err = filepath.Rel(dir, abs)
	if err != nil {
		return "", "", err
	}
	if here, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(here, dir); err == nil && len(rel) < len(dir) {
			dir = rel
		}
	}
	return dir, filepath.ToSlash(file), nil
}

// nearestWith returns dir or the nearest directory above it that holds a file or directory called name.
func nearestWith(name, dir string) (string, bool) {
	for {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return dir, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

// readBlog reads the blog in dir, without an index to search it.
func readBlog(dir string) (*content.Library, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, directoryError(dir, err)
	}
	l, err := content.Read(root.FS())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return l, nil
}

// directoryError says in words why a directory can't be opened.
func directoryError(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no directory %s", name)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is not a directory", name)
	}
	if info, statErr := os.Stat(name); statErr == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; name the directory of its blog", name)
	}
	return err
}
