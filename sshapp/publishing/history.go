package publishing

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"

	"postern/content/publish"
	"postern/content/sanitize"
)

// Undo publishes a generation equal to an older one, and shows it to readers: see [publish.Site.Undo].
func (p *Publisher) Undo(ctx context.Context, c publish.Change) (Result, error) {
	done, err := p.Store.Undo(ctx, c)
	r, err := p.result(done, c.DryRun, err)
	if err != nil || done.Undoes == 0 {
		return r, err
	}
	r.Again, _ = p.Store.Record(done.Undoes) // only so that the author is told
	return r, nil
}

// Unpublish takes a file out of the site and leaves it on the desk: see [publish.Site.Unpublish].
func (p *Publisher) Unpublish(ctx context.Context, c publish.Change, path string) (Result, error) {
	done, err := p.Store.Unpublish(ctx, c, path)
	return p.result(done, c.DryRun, err)
}

// Diff writes what publication n has changed, as a unified diff of the files that are text. The error is a
// [publish.NoGenerationError] if that generation, or the one before it, is not kept.
func (p *Publisher) Diff(ctx context.Context, w io.Writer, n int) error {
	history, err := p.Store.History(n - 1)
	if err != nil {
		return err
	}
	now, err := p.Store.FS(n)
	if err != nil {
		return err
	}
	defer now.Close()
	if len(history) == 0 || history[0].Generation != n {
		return fmt.Errorf("the log has no line for generation %d", n)
	}
	var before fs.FS = embed.FS{} // which has no files
	if from := history[0].From; from > 0 {
		old, err := p.Store.FS(from)
		if err != nil {
			return err
		}
		defer old.Close()
		before = old.FS()
	}
	names := slices.Concat(history[0].Added, history[0].Changed, history[0].Removed)
	slices.Sort(names)
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeDiff(w, name, before, now.FS()); err != nil {
			return err
		}
	}
	return nil
}

// maxDiffed bounds a file that is compared, in bytes: what is larger is no text that someone has written.
const maxDiffed = 1 << 20

// writeDiff writes how a file differs between two trees.
func writeDiff(w io.Writer, name string, before, now fs.FS) error {
	was, err := readText(before, name)
	if err != nil {
		return err
	}
	is, err := readText(now, name)
	if err != nil {
		return err
	}
	if !utf8.Valid(was) || !utf8.Valid(is) || bytes.IndexByte(was, 0) >= 0 || bytes.IndexByte(is, 0) >= 0 {
		_, err := fmt.Fprintf(w, "%s differs, and is not text\n", name)
		return err
	}
	_, err = io.WriteString(w, sanitize.Text(string(diff.Diff("a/"+name, was, "b/"+name, is))))
	return err
}

// readText reads a file; one that isn't there is empty, and of one that is too long a NUL is left.
func readText(tree fs.FS, name string) ([]byte, error) {
	f, err := tree.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxDiffed+1))
	if len(data) > maxDiffed {
		return []byte{0}, err
	}
	return data, err
}

// Describe says in a few words what a publication has changed.
func Describe(p publish.Publication) string {
	if p.Undoes > 0 {
		return fmt.Sprintf("equal to generation %d", p.Undoes)
	}
	all := slices.Concat(p.Added, p.Changed, p.Removed)
	switch len(all) {
	case 0: // what a session did and took back
		return "nothing in the end"
	case 1:
		return all[0]
	}
	return fmt.Sprintf("%d files: %d added, %d changed, %d removed", len(all), len(p.Added), len(p.Changed), len(p.Removed))
}

// Changes returns the files that a publication has changed: "added", "changed" or "removed", and the path of each.
func Changes(p publish.Publication) iter.Seq2[string, string] {
	return func(yield func(change, path string) bool) {
		for _, part := range []struct {
			change string
			paths  []string
		}{{"added", p.Added}, {"changed", p.Changed}, {"removed", p.Removed}} {
			for _, path := range part.paths {
				if !yield(part.change, path) {
					return
				}
			}
		}
	}
}
