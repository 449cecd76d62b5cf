package git

import (
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/filemode"
	"github.com/go-git/go-git/v6/plumbing/object"

	"postern/content/publish"
)

// A blob is a file of a tree.
type blob struct {
	hash plumbing.Hash
	mode filemode.FileMode // a regular file, or an executable one, which is kept for Git's sake
}

// files returns the files of a commit's tree by their paths. The error is a sentence about the first that can't be published.
func (r *repository) files(commit plumbing.Hash) (map[string]blob, error) {
	all := map[string]blob{}
	if commit.IsZero() {
		return all, nil
	}
	c, err := object.GetCommit(r, commit)
	if err != nil {
		return nil, err
	}
	limit := r.site.Limits().Files
	seen := 0 // entries
	var read func(dir string, h plumbing.Hash) error
	read = func(dir string, h plumbing.Hash) error {
		t, err := object.GetTree(r, h)
		if err != nil {
			return fmt.Errorf("the directory %q: %w", dir, err)
		}
		for _, e := range t.Entries {
			name := strings.TrimPrefix(dir+"/"+e.Name, "/")
			if err := publish.CheckPath(name); err != nil {
				return err
			}
			if seen++; limit > 0 && seen > 2*limit { // directories count too, as they can hold one another many times
				return &publish.QuotaError{What: "files", Limit: int64(limit)}
			}
			switch e.Mode {
			case filemode.Dir:
				err = read(name, e.Hash)
			case filemode.Regular, filemode.Executable:
				all[name] = blob{e.Hash, e.Mode}
			case filemode.Symlink:
				err = fmt.Errorf("%s is a symbolic link, which isn't published; put the file itself there", name)
			default:
				err = fmt.Errorf("%s is a submodule, which isn't published; put its files there", name)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return all, read("", c.TreeHash)
}

// writeTree adds the tree of some files, and returns its hash.
func (r *repository) writeTree(files map[string]blob) (plumbing.Hash, error) {
	dirs := map[string][]object.TreeEntry{"": nil}
	for name, f := range files {
		dir := parent(name)
		dirs[dir] = append(dirs[dir], object.TreeEntry{Name: path.Base(name), Mode: f.mode, Hash: f.hash})
		for ; dir != ""; dir = parent(dir) {
			dirs[parent(dir)] = dirs[parent(dir)] // it is there, though it may hold no file
		}
	}
	var root plumbing.Hash
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(dirs))) { // each before the one that it is in
		t := object.Tree{Entries: dirs[dir]}
		sort.Sort(object.TreeEntrySorter(t.Entries))
		o := r.NewEncodedObject()
		if err := t.Encode(o); err != nil {
			return root, err
		}
		h, err := r.SetEncodedObject(o)
		if err != nil {
			return root, err
		}
		if dir == "" {
			root = h
			break
		}
		dirs[parent(dir)] = append(dirs[parent(dir)], object.TreeEntry{Name: path.Base(dir), Mode: filemode.Dir, Hash: h})
	}
	return root, nil
}

// parent returns the directory that a file or directory is in; empty for the root.
func parent(name string) string { return name[:max(0, strings.LastIndexByte(name, '/'))] }

// lfsHead is what a pointer of Git LFS begins with (its specification, version 1). No pointer is longer than maxPointer bytes.
const (
	lfsHead    = "version https://git-lfs.github.com/spec/v1\n"
	maxPointer = 1024
)

// isPointer reports whether a blob is a pointer of Git LFS.
func isPointer(o plumbing.EncodedObject) (bool, error) {
	if o.Size() > maxPointer || o.Size() < int64(len(lfsHead)) {
		return false, nil
	}
	r, err := o.Reader()
	if err != nil {
		return false, err
	}
	defer r.Close()
	head := make([]byte, len(lfsHead))
	_, err = io.ReadFull(r, head)
	return string(head) == lfsHead, err
}
