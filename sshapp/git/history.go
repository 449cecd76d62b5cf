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

// maxTreeDepth bounds how deep directories are in one another, in commits that others follow, since the library walks them by
// recursion. [publish.CheckPath] has a lower bound, for what is published.
const maxTreeDepth = 128

var (
	errForced  = errors.New("the push would take back what is in main, so it can't be forced; type git pull, and push again")
	errDeep    = fmt.Errorf("directories are more than %d deep", maxTreeDepth)
	errMissing = errors.New("the history is not complete; push it from a whole clone")
)

// checkHistory checks the commits that a push adds. from is the tip, which may be zero.
func (p *push) checkHistory(from, to plumbing.Hash) error {
	known := map[plumbing.Hash]bool{} // commits that are there already, which the new ones go on from
	seen, heights := map[plumbing.Hash]bool{}, map[plumbing.Hash]int{}
	next := []plumbing.Hash{to}
	for len(next) > 0 {
		h := next[len(next)-1]
		next = next[:len(next)-1]
		if seen[h] {
			continue
		}
		seen[h] = true
		if h == from || !p.isNew(h) {
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
		if _, err := p.checkTree(c.TreeHash, heights, 0); err != nil {
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

// checkTree checks a tree, those in it, and what of them the push brings. It returns how deep directories are in it. heights
// are those of the trees that were checked; depth is that of the tree itself.
func (p *push) checkTree(h plumbing.Hash, heights map[plumbing.Hash]int, depth int) (height int, err error) {
	if height, ok := heights[h]; ok {
		return height, nil
	}
	t, err := object.GetTree(p, h)
	if err != nil {
		return 0, fmt.Errorf("tree %s: %w", h, err)
	}
	if p.isNew(h) {
		if err := p.checkEntries(t); err != nil {
			return 0, err
		}
	}
	for _, e := range t.Entries {
		if e.Mode != filemode.Dir {
			continue
		}
		if depth == maxTreeDepth {
			return 0, errDeep
		}
		below, err := p.checkTree(e.Hash, heights, depth+1)
		if err != nil {
			return 0, err
		}
		height = max(height, below+1)
	}
	if height > maxTreeDepth {
		return 0, errDeep
	}
	heights[h] = height
	return height, nil
}

// checkEntries checks what a tree holds, but for other trees.
func (p *push) checkEntries(t *object.Tree) error {
	if err := t.Validate(); err != nil {
		return err
	}
	for _, e := range t.Entries {
		if e.Mode == filemode.Dir || e.Mode == filemode.Submodule { // which is in another repository
			continue
		}
		if err := p.HasEncodedObject(e.Hash); err != nil {
			return fmt.Errorf("%q: %w", e.Name, err)
		}
	}
	return nil
}
