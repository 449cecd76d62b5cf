package git

import (
	"errors"
	"fmt"
	"os"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/filemode"
	"github.com/go-git/go-git/v6/plumbing/object"
)

// What must hold for a history to be taken: it goes on from what is there, and nothing of it is missing, or nobody could
// clone it any more. What is in the repository already is whole.

// maxTreeDepth bounds how deep directories are in one another, in commits that others follow; see [publish.CheckPath] for those
// that are published.
const maxTreeDepth = 128

var (
	errForced  = errors.New("the push would take back what is in main, so it can't be forced; type git pull, and push again")
	errMissing = errors.New("the history is not complete; push it from a whole clone")
)

// checkHistory checks the commits that a push adds. from is the tip, which may be zero.
func (p *push) checkHistory(from, to plumbing.Hash) error {
	known := map[plumbing.Hash]bool{} // commits that are there already, which the new ones go on from
	seen := map[plumbing.Hash]bool{}
	next := []plumbing.Hash{to}
	for len(next) > 0 {
		h := next[len(next)-1]
		next = next[:len(next)-1]
		if seen[h] {
			continue
		}
		seen[h] = true
		if !p.isNew(h) {
			if p.base.HasEncodedObject(h) != nil {
				return errMissing
			}
			known[h] = true
			continue
		}
		c, err := object.GetCommit(p, h)
		if err != nil {
			return fmt.Errorf("commit %s is not valid: %w", h, err)
		}
		if err := p.checkTree(c.TreeHash, seen); err != nil {
			return fmt.Errorf("commit %s is not valid: %w", h, err)
		}
		next = append(next, c.ParentHashes...)
	}
	if !from.IsZero() && !known[from] {
		return errForced
	}
	return p.base.checkAncestors(from, known)
}

// isNew reports whether an object comes with the push.
func (p *push) isNew(h plumbing.Hash) bool {
	_, err := os.Stat(objectPath(p.objects.dirs[0], h))
	return err == nil
}

// checkAncestors returns an error unless all wanted commits are among the ancestors of the tip.
func (r *repository) checkAncestors(tip plumbing.Hash, wanted map[plumbing.Hash]bool) error {
	seen := map[plumbing.Hash]bool{}
	next := []plumbing.Hash{tip}
	delete(wanted, tip)
	for len(wanted) > 0 {
		if len(next) == 0 || tip.IsZero() {
			return errMissing
		}
		h := next[0]
		next = next[1:]
		if seen[h] {
			continue
		}
		seen[h] = true
		delete(wanted, h)
		c, err := object.GetCommit(r, h)
		if err != nil {
			return err
		}
		next = append(next, c.ParentHashes...)
	}
	return nil
}

// checkTree checks a tree of the push, and those in it.
func (p *push) checkTree(root plumbing.Hash, seen map[plumbing.Hash]bool) error {
	level := []plumbing.Hash{root}
	for range maxTreeDepth {
		var below []plumbing.Hash
		for _, h := range level {
			if seen[h] {
				continue
			}
			seen[h] = true
			dirs, err := p.checkEntries(h)
			if err != nil {
				return err
			}
			below = append(below, dirs...)
		}
		if level = below; len(level) == 0 {
			return nil
		}
	}
	return fmt.Errorf("directories are more than %d deep", maxTreeDepth)
}

// checkEntries checks one tree, and returns those in it.
func (p *push) checkEntries(h plumbing.Hash) (dirs []plumbing.Hash, err error) {
	if !p.isNew(h) {
		return nil, p.HasEncodedObject(h)
	}
	t, err := object.GetTree(p, h)
	if err != nil {
		return nil, fmt.Errorf("tree %s: %w", h, err)
	}
	if err := t.Validate(); err != nil {
		return nil, err
	}
	for _, e := range t.Entries {
		switch e.Mode {
		case filemode.Dir:
			dirs = append(dirs, e.Hash)
		case filemode.Submodule: // which is in another repository
		default:
			if err := p.HasEncodedObject(e.Hash); err != nil {
				return nil, fmt.Errorf("%q: %w", e.Name, err)
			}
		}
	}
	return dirs, nil
}
