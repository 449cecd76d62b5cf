package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"

	"postern/content"
)

// noDirectory says why a directory can't be opened.
func noDirectory(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no directory %s", name)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is no directory", name)
	}
	if info, statErr := os.Stat(name); statErr == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; name the directory of its blog", name)
	}
	return err
}

// A blog is a directory, read.
type blog struct{ library *content.Library }

// load reads the blog in a directory.
func load(dir string) (blog, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return blog{}, noDirectory(dir, err)
	}
	lib, err := content.Read(root.FS())
	if err != nil {
		return blog{}, fmt.Errorf("%s: %w", dir, err)
	}
	return blog{lib}, nil
}

// posts returns all posts, drafts, pages and future ones too.
func (b blog) posts() []*content.Post {
	all := b.library.All()
	return slices.Concat(all.Posts(), all.Pages())
}
