package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"time"
)

// The desk holds what authors have saved and not published, each file under its path in the tree. Files on it are replaced
// and never written into, so that a generation may share them.

// Save puts a file of an upload on the desk, in place of what is there under that path.
func (s *Site) Save(name string, f File) error {
	unlock, err := s.lockFor(name)
	if err != nil {
		return err
	}
	defer unlock()
	saved, err := s.readTree(desk)
	if err != nil {
		return err
	}
	info, err := os.Lstat(s.path(f.name))
	if err != nil {
		return err
	}
	defer s.saves.Add(1)
	saved[name] = info
	if err := saved.within(s.limits); err != nil {
		return err
	}
	to := desk + "/" + name
	if err := os.MkdirAll(s.path(path.Dir(to)), 0o700); err != nil {
		return err
	}
	next := s.path(staging + "/saved")
	if err := os.RemoveAll(next); err != nil {
		return err
	}
	if err := os.Link(s.path(f.name), next); err != nil {
		return err
	}
	if err := os.Rename(next, s.path(to)); err != nil {
		return err
	}
	return s.syncParents(name)
}

// syncParents writes the names that lead to a file on the desk to the disk.
func (s *Site) syncParents(name string) error {
	var dirs []string
	for dir := path.Dir(desk + "/" + name); dir != "."; dir = path.Dir(dir) {
		dirs = append(dirs, dir)
	}
	return s.syncDirs(dirs)
}

// Saves returns a number that grows with each change of the desk by this process.
func (s *Site) Saves() int64 { return s.saves.Load() }

// Saved returns the files on the desk by their paths.
func (s *Site) Saved() (map[string]File, error) {
	t, err := s.readTree(desk)
	if err != nil {
		return nil, err
	}
	files := make(map[string]File, len(t))
	for name := range t {
		files[name] = File{desk + "/" + name}
	}
	return files, nil
}

// CheckSaved returns a [ConflictError] if one of the files, which are on the desk, was saved before what is published under its
// path: to publish it would take that back.
func (s *Site) CheckSaved(files map[string]File) error {
	n, err := s.Generation()
	if err != nil {
		return err
	}
	published, err := s.Files(n)
	if err != nil {
		return err
	}
	records, err := s.Records(0)
	if err != nil {
		return err
	}
	newest := map[string]Publication{} // by path
	for _, p := range records {
		for _, name := range slices.Concat(p.Added, p.Changed) {
			newest[name] = p
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		there, ok := published[name]
		if !ok {
			continue
		}
		saved, err := os.Lstat(s.path(files[name].name))
		if err != nil {
			return err
		}
		p := newest[name]
		if !p.Time.After(saved.ModTime().Add(time.Second)) { // some file systems keep times to the second only
			continue
		}
		same, err := s.sameBytes(there, files[name])
		if err != nil {
			return err
		}
		if !same {
			return &ConflictError{name, p}
		}
	}
	return nil
}

// Discard takes a file off the desk. The error is [fs.ErrNotExist] if it isn't there.
func (s *Site) Discard(name string) error {
	unlock, err := s.lockFor(name)
	if err != nil {
		return err
	}
	defer unlock()
	return s.discard(name)
}

func (s *Site) discard(name string) error {
	file := s.path(desk + "/" + name)
	info, err := os.Lstat(file)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", name)
	}
	defer s.saves.Add(1)
	if err := os.Remove(file); err != nil {
		return err
	}
	s.removeEmpty(desk+"/"+name, desk)
	return nil
}

// clearDesk takes off the desk what a change has published, or what was published already, and copies of it. What was saved anew
// meanwhile stays.
func (s *Site) clearDesk(c Change) {
	for name, f := range c.Put {
		on := File{desk + "/" + name}
		saved, err := os.Lstat(s.path(on.name))
		if err != nil {
			continue
		}
		put, err := os.Lstat(s.path(f.name))
		if err != nil || saved.Size() != put.Size() {
			continue
		}
		if same, err := s.sameBytes(on, f); err == nil && same {
			_ = s.discard(name)
		}
	}
}

// Unpublish takes a file out of the site and leaves it on the desk, unless a newer one is there. The error is a
// [NotPublishedError] if no such file is published, else as those of [Site.Commit]. Of the change only Author and DryRun count.
func (s *Site) Unpublish(ctx context.Context, c Change, name string) (Publication, error) {
	if err := CheckPath(name); err != nil {
		return Publication{}, err
	}
	unlock, err := s.lockNewest(ctx)
	if err != nil {
		return Publication{}, err
	}
	defer unlock()
	n, err := s.Generation()
	if err != nil {
		return Publication{}, err
	}
	published := File{generation(n) + "/" + name}
	if info, err := os.Lstat(s.path(published.name)); err != nil || !info.Mode().IsRegular() {
		return Publication{}, NotPublishedError{name}
	}
	defer s.saves.Add(1)
	_, err = s.layOut(desk, map[string]File{name: published})
	fresh := err == nil // on the desk
	if fresh {
		err = s.syncParents(name)
	}
	var p Publication
	if err == nil || errors.Is(err, fs.ErrExist) {
		p, err = s.commit(ctx, Change{Author: c.Author, Way: "unpublish", Remove: []string{name}, DryRun: c.DryRun})
	}
	if fresh && (err != nil || c.DryRun) {
		_ = s.discard(name)
	}
	return p, err
}

// A NotPublishedError says that no file of that path is published.
type NotPublishedError struct{ Path string }

func (e NotPublishedError) Error() string { return e.Path + " is not published" }
