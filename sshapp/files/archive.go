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
)

// topDir is the one directory that an archive makes where it is extracted.
const topDir = "blog/"

// An item is one file of an archive: a post, or else a picture.
type item struct {
	name string // within top
	at   time.Time
	post *content.Post
	file string
}

// Archive writes a tar of the posts as they were written, with their pictures, all at the places that they have in the
// blog's directory, so that links between them lead where they led. One file at a time is in memory. A picture that is
// gone meanwhile is left out, and named in the error; any other error is the writer's.
func (t *Tree) Archive(w io.Writer) error {
	archive := tar.NewWriter(w)
	var gone []error
	for _, i := range t.archived() {
		err := t.put(archive, i)
		if lost := (*goneError)(nil); errors.As(err, &lost) {
			gone = append(gone, err)
		} else if err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return errors.Join(gone...)
}

// listItems returns an archive's files, sorted by name.
func (t *Tree) listItems() []item {
	var all []item
	for _, p := range t.listed {
		all = append(all, item{name: p.Path, at: changed(p), post: p})
	}
	for _, p := range t.pictures() {
		all = append(all, item{name: p.name, at: modified(p.at), file: p.name})
	}
	slices.SortStableFunc(all, func(a, b item) int { return strings.Compare(a.name, b.name) })
	has := map[string]int{} // how many have asked for a name
	for i := range all {    // names of posts that differ in control characters alone are shown alike
		shown := all[i].name
		for has[all[i].name] > 0 {
			all[i].name = fmt.Sprintf("%s~%d", shown, has[shown])
			has[shown]++
		}
		has[all[i].name]++
	}
	return all
}

func (t *Tree) put(archive *tar.Writer, i item) error {
	// Format and all that isn't set here are left to the package: it takes the plainest that holds the name.
	header := &tar.Header{Typeflag: tar.TypeReg, Name: topDir + i.name, Mode: 0o644, ModTime: i.at}
	if i.post != nil {
		raw := i.post.Raw()
		header.Size = int64(len(raw))
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		_, err := io.WriteString(archive, raw)
		return err
	}
	f, info, err := t.open(i.file)
	if err != nil {
		return &goneError{i.name}
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

// A goneError names a picture that can't be read any more.
type goneError struct{ name string }

func (e *goneError) Error() string { return e.name + " is gone, and the archive lacks it" }
