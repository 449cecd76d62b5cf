package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"postern/sshapp/page"
)

// theme returns the theme that a blog's settings name: one of Postern's own, or a glamour style sheet beside the posts.
// With an error it returns the default, so that a mistake in the theme never keeps a blog from being read.
func (b blog) theme() (*page.Theme, error) {
	name := b.library.Settings().Theme
	if name == "" {
		return page.Terminal(), nil
	}
	if t := page.Lookup(name); t != nil {
		return t, nil
	}
	data, err := readSheet(b.files, name)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no theme %q, nor such a file; write %s, or the name of a glamour style sheet", name, strings.Join(page.Names(), ", "))
	}
	if err != nil {
		return page.Terminal(), err
	}
	t, err := page.LoadTheme(name, data)
	if err != nil {
		return page.Terminal(), err
	}
	return t, nil
}

// readSheet reads a style sheet, never more of it than one may have.
func readSheet(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", name)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, page.MaxSheet+1))
}
