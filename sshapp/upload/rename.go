package upload

import (
	"context"
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
	if w.made[from] {
		delete(w.made, from)
		w.made[to] = true
	} else if len(saved)+len(published) == 0 {
		return &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	moved := func(name string) string { return to + strings.TrimPrefix(name, from) }
	for name, f := range saved {
		if err := w.publisher.Store.Save(moved(name), f); err != nil {
			return err
		}
		if err := w.publisher.Store.Discard(name); err != nil {
			return err
		}
	}
	if publishing.IsTemporary(to) { // an editor keeps what it is about to write anew
		return w.keep(published, moved)
	}
	return w.publishMoved(ctx, saved, published, moved)
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

// keep saves copies of what is published.
func (w *Workspace) keep(published map[string]publish.File, moved func(string) string) error {
	for name, f := range published {
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
	return w.commit(ctx, c)
}
