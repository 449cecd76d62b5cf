package git

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/filemode"
	"github.com/go-git/go-git/v6/plumbing/object"

	"postern/content/publish"
	"postern/sshapp/publishing"
)

// follow adds a commit for each publication that is not in the history yet. It returns the tip, and the generation that it is
// equal to. Of generations that aren't kept any more the changes are in the commit of the next one. The caller holds the lock.
func (r *repository) follow() (tip plumbing.Hash, generation int, err error) {
	if generation, err = r.generation(); err != nil {
		return tip, 0, err
	}
	if tip, err = r.tip(); err != nil {
		return tip, 0, err
	}
	now, err := r.site.Generation()
	if err != nil || now == generation {
		return tip, generation, err
	}
	if generation > now { // the site was put back from a backup without its repository
		generation = 0
	}
	if err := r.checkRoom(); err != nil {
		return tip, 0, err
	}
	missed, err := r.site.History(generation)
	if err != nil {
		return tip, 0, err
	}
	next := commits{repository: r, tip: tip, touched: map[string]bool{}}
	if next.files, err = r.files(tip); err != nil {
		return tip, 0, err
	}
	for _, p := range missed {
		if err := next.add(p); err != nil {
			return tip, 0, err
		}
		generation = p.Generation
	}
	if generation != now {
		return tip, 0, fmt.Errorf("the log has no line for generation %d", now)
	}
	return next.tip, generation, nil
}

// commits are commits that are being added, one after the other.
type commits struct {
	*repository
	tip     plumbing.Hash
	files   map[string]blob // of the tip
	touched map[string]bool // paths that may differ from the tip's
}

// add adds the commit of a publication.
func (c *commits) add(p publish.Publication) error {
	for _, name := range slices.Concat(p.Added, p.Changed, p.Removed) {
		c.touched[name] = true
	}
	tree, err := c.site.FS(p.Generation)
	if errors.As(err, new(publish.NoGenerationError)) {
		return nil
	}
	if err != nil {
		return err
	}
	defer tree.Close()
	if c.tip.IsZero() { // the log may not reach back to the first
		all, err := c.site.Files(p.Generation)
		if err != nil {
			return err
		}
		for name := range all {
			c.touched[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.touched)) {
		if err := c.take(name, tree.FS()); err != nil {
			return err
		}
	}
	clear(c.touched)
	if err := c.commit(p); err != nil {
		return err
	}
	return c.setGeneration(p.Generation)
}

// take takes over a file of a tree, or that it isn't there.
func (c *commits) take(name string, tree fs.FS) error {
	f, err := tree.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		delete(c.files, name)
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	h, err := c.write(plumbing.BlobObject, info.Size(), f)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	c.files[name] = blob{h, cmp.Or(c.files[name].mode, filemode.Regular)}
	return nil
}

// commit adds a commit of the files, unless they are those of the tip: an interruption may have left out to note that.
func (c *commits) commit(p publish.Publication) error {
	tree, err := c.writeTree(c.files)
	if err != nil {
		return err
	}
	who := object.Signature{Name: identity(p.Author.Name), Email: identity(p.Author.Key), When: p.Time}
	next := object.Commit{Author: who, Committer: who, Message: p.Way + ": " + publishing.Describe(p) + "\n", TreeHash: tree}
	if !c.tip.IsZero() {
		last, err := object.GetCommit(c, c.tip)
		if err != nil {
			return err
		}
		if last.TreeHash == tree {
			return nil
		}
		next.ParentHashes = []plumbing.Hash{c.tip}
	}
	o := c.NewEncodedObject()
	if err := next.Encode(o); err != nil {
		return err
	}
	h, err := c.SetEncodedObject(o)
	if err != nil {
		return err
	}
	if err := c.sync(); err != nil {
		return err
	}
	if err := c.SetReference(plumbing.NewHashReference(mainBranch, h)); err != nil {
		return err
	}
	c.tip = h
	return nil
}

// identity returns a name or an address as a commit may have it.
func identity(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '<' || r == '>' || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s))
}
