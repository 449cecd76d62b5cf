package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"postern/content"
)

// within returns the blog's directory for what a person names, and, if that is a file, its path in there. A file's blog is
// the nearest directory around it that has settings, or else a repository, or else the file's own.
func within(name string) (dir, file string, err error) {
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
	for _, mark := range []string{content.SettingsFile, ".git"} {
		if d, ok := above(dir, mark); ok {
			dir = d
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

// above returns the nearest of a directory and those above it that holds a name.
func above(dir, name string) (string, bool) {
	for {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return dir, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}
