package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"postern/content"
	"postern/content/welcome"
)

// open returns the blog in the directory that args name, or the embedded one without any, and what to call it.
func open(args []string) (fs.FS, string, error) {
	if len(args) == 0 {
		return welcome.FS, "the welcome blog", nil
	}
	root, err := os.OpenRoot(args[0])
	if err != nil {
		return nil, "", noDirectory(args[0], err)
	}
	return root.FS(), args[0], nil
}

// noDirectory says why a directory can't be opened.
func noDirectory(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no directory %s", name)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is no directory", name)
	}
	return err
}

// A blog is a directory, read.
type blog struct {
	library *content.Library
	files   fs.FS
	name    string // which directory its posts were found in
}

// load reads the blog in the directory that args name.
func load(args []string) (blog, error) {
	fsys, name, err := open(args)
	if err != nil {
		return blog{}, err
	}
	lib, err := content.Read(fsys)
	if err != nil {
		return blog{}, fmt.Errorf("%s: %w", name, err)
	}
	if lib.Root() != "." {
		name = filepath.Join(name, filepath.FromSlash(lib.Root()))
	}
	return blog{lib, fsys, name}, nil
}

// posts returns all posts, drafts, pages and future ones too.
func (b blog) posts() []*content.Post {
	all := b.library.All()
	return slices.Concat(all.Posts(), all.Pages())
}

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
