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
