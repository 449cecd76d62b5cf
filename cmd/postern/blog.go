package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
		return nil, "", err
	}
	return root.FS(), args[0], nil
}

// load reads the blog in the directory that args name, and says which directory its posts were found in.
func load(args []string) (*content.Library, string, error) {
	fsys, name, err := open(args)
	if err != nil {
		return nil, "", err
	}
	lib, err := content.Load(fsys)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", name, err)
	}
	if lib.Root() != "." {
		name = filepath.Join(name, filepath.FromSlash(lib.Root()))
	}
	return lib, name, nil
}
