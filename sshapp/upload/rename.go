package upload

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"postern/content/publish"
	"postern/sshapp/publishing"
)

// Rename gives a file or a directory another name, on the desk and in the site. Without replace the error is [fs.ErrExist] if
// there is something of the new name.
func (w *Workspace) Rename(ctx context.Context, from, to string, replace bool) error {
	if err := publish.CheckPath(to); err != nil {
		return err
	}
	if err := w.checkRename(from, to, replace); err != nil || from == to {
		return err
	}
	saved, published, err := w.under(from)
	if err != nil {
		return err
	}
	moved := func(name string) string { return to + strings.TrimPrefix(name, from) }
	if !w.renameUnsaved(from, to, moved) && len(saved)+len(published) == 0 {
		return &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	for name, f := range saved {
		if err := w.publisher.Store.Save(moved(name), f); err != nil {
			return err
		}
		if err := w.publisher.Store.Discard(name); err != nil {
			return err
		}
	}
	switch {
	case publishing.IsTemporary(to):
		if err := w.keep(saved, published, moved); err != nil || !publishing.IsRemoved(to) {
			return err
		}
		return w.unpublish(ctx, published)
	case len(saved)+len(published) == 0:
		return nil
	}
	return w.publishMoved(ctx, saved, published, moved)
}

// renameUnsaved renames what the disk knows nothing of: directories that were made, and files that are being written. A mount may
// close a file after its program has renamed it. It reports whether there are any.
func (w *Workspace) renameUnsaved(from, to string, moved func(string) string) (found bool) {
	w.unname(to)
	for _, f := range w.writing {
		if isUnder(f.name, from) {
			f.rename(moved(f.name))
			found = true
		}
	}
	made := map[string]bool{}
	for name := range w.made {
		if isUnder(name, from) {
			name = moved(name)
			found = true
		}
		made[name] = true
	}
	w.made = made
	return found
}

// checkRename says why something can't have another name. A file replaces a file alone.
func (w *Workspace) checkRename(from, to string, replace bool) error {
	old, err := w.Stat(from)
	if err != nil {
		return err
	}
	if strings.HasPrefix(to, from+"/") {
		return &fs.PathError{Op: "rename", Path: to, Err: fs.ErrInvalid}
	}
	other, err := w.Stat(to)
	if err == nil && from != to && (!replace || old.IsDir() || other.IsDir()) {
		return &fs.PathError{Op: "rename", Path: to, Err: fs.ErrExist}
	}
	return nil
}

// keep saves copies of what is published, unless what is saved was there in its place: an editor keeps what it is about to write
// anew.
func (w *Workspace) keep(saved, published map[string]publish.File, moved func(string) string) error {
	for name, f := range published {
		if _, ok := saved[name]; ok {
			continue
		}
		if err := w.publisher.Store.Save(moved(name), f); err != nil {
			return err
		}
	}
	return nil
}

// publishMoved publishes what has another name now: what is on the desk by that name, and what was published by the old one.
func (w *Workspace) publishMoved(ctx context.Context, saved, published map[string]publish.File, moved func(string) string) error {
	c, err := w.begin()
	if err != nil {
		return err
	}
	defer c.Close()
	for name := range published {
		c.Remove(name)
	}
	for name, f := range published {
		c.PutFile(moved(name), f)
	}
	desk, err := w.publisher.Store.Saved()
	if err != nil {
		return err
	}
	for name := range saved {
		at := moved(name)
		if f, ok := desk[at]; ok && !publishing.IsTemporary(at) { // it may have been published meanwhile
			c.PutFile(at, f)
		}
	}
	if err := w.commit(ctx, c); err != nil {
		return err
	}
	for name := range published { // what was on the desk under its new name is replaced
		if _, ok := saved[name]; ok {
			continue
		}
		if err := w.publisher.Store.Discard(moved(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
