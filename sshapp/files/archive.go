package files

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"postern/content"
	"postern/sshapp/admission/work"
)

// topDir is the directory that all files of an archive are in.
const topDir = "blog/"

// An item is a file of an archive: a post, or a picture if post is nil.
type item struct {
	name    string // below topDir
	modTime time.Time
	post    *content.Post
	file    string
}

// Archive writes a tar archive of the posts as they were written, and of their pictures, with the paths that they have in the
// blog's directory, so that links between them stay valid. One file at a time is in memory. A picture that can't be read is left
// out, and the error names it; any other error is the writer's.
func (t *Tree) Archive(w io.Writer) error {
	archive := tar.NewWriter(w)
	var missing []error
	items, _ := t.items.Get(t.turn, work.List, 0, t.listItems)
	for _, i := range items {
		err := errGone
		t.turn.Do(work.Archive, 0, func() { err = t.writeItem(archive, i) })
		if errors.As(err, new(*missingError)) {
			missing = append(missing, err)
		} else if err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return errors.Join(missing...)
}

// listItems returns an archive's files, sorted by name.
func (t *Tree) listItems() []item {
	var all []item
	for _, p := range t.listed {
		all = append(all, item{name: p.Path, modTime: postTime(p), post: p})
	}
	for _, p := range t.shownPictures() {
		all = append(all, item{name: p.name, modTime: fileTime(p.modTime), file: p.name})
	}
	slices.SortStableFunc(all, func(a, b item) int { return strings.Compare(a.name, b.name) })
	used := map[string]int{} // how often a name was wanted
	for i := range all {     // paths that differ only in control characters have the same name
		name := all[i].name
		for used[all[i].name] > 0 {
			all[i].name = fmt.Sprintf("%s~%d", name, used[name])
			used[name]++
		}
		used[all[i].name]++
	}
	return all
}

func (t *Tree) writeItem(archive *tar.Writer, i item) error {
	// Format is not set, so that the package chooses the simplest one that can express the name.
	header := &tar.Header{Typeflag: tar.TypeReg, Name: topDir + i.name, Mode: 0o644, ModTime: i.modTime}
	if i.post != nil {
		raw := newRawReader(i.post)
		header.Size = raw.size
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		_, err := io.CopyN(archive, io.NewSectionReader(raw, 0, raw.size), raw.size) // with a buffer of no more than that
		return err
	}
	f, info, err := t.open(i.file)
	if err != nil {
		return &missingError{i.name}
	}
	defer f.Close()
	header.Size = info.Size()
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err = io.CopyN(archive, f, header.Size)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%s was cut short while it was read; try again", i.name)
	}
	return err
}

// A missingError names a picture that can't be read.
type missingError struct{ name string }

func (e *missingError) Error() string { return e.name + " is gone, and the archive lacks it" }
