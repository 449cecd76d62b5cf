package git

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/storer"
	"github.com/go-git/go-git/v6/storage"

	"postern/content/durable"
)

// mainBranch is the only branch.
const mainBranch = plumbing.ReferenceName("refs/heads/main")

// refs are the references of a repository: its one branch, and HEAD, which leads to it. It implements
// [storer.ReferenceStorer].
type refs struct{ dir string }

func (r refs) path() string { return filepath.Join(r.dir, filepath.FromSlash(mainBranch.String())) }

// Reference implements [storer.ReferenceStorer].
func (r refs) Reference(name plumbing.ReferenceName) (*plumbing.Reference, error) {
	switch name {
	case plumbing.HEAD:
		return plumbing.NewSymbolicReference(plumbing.HEAD, mainBranch), nil
	case mainBranch:
	default:
		return nil, plumbing.ErrReferenceNotFound
	}
	text, err := os.ReadFile(r.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, plumbing.ErrReferenceNotFound
	}
	if err != nil {
		return nil, err
	}
	h, ok := plumbing.FromHex(strings.TrimSpace(string(text)))
	if !ok {
		return nil, fmt.Errorf("%s is not valid: %q is not a hash", r.path(), text)
	}
	return plumbing.NewHashReference(mainBranch, h), nil
}

// IterReferences implements [storer.ReferenceStorer].
func (r refs) IterReferences() (storer.ReferenceIter, error) {
	main, err := r.Reference(mainBranch)
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		return storer.NewReferenceSliceIter(nil), nil
	}
	if err != nil {
		return nil, err
	}
	head, err := r.Reference(plumbing.HEAD)
	return storer.NewReferenceSliceIter([]*plumbing.Reference{head, main}), err
}

// SetReference implements [storer.ReferenceStorer].
func (r refs) SetReference(ref *plumbing.Reference) error {
	if ref.Name() != mainBranch {
		return errors.ErrUnsupported
	}
	return replaceFile(r.path(), ref.Hash().String()+"\n")
}

// CheckAndSetReference implements [storer.ReferenceStorer]. Who calls it holds the lock.
func (r refs) CheckAndSetReference(ref, old *plumbing.Reference) error {
	if old != nil {
		now, err := r.Reference(old.Name())
		if err != nil {
			return err
		}
		if now.Hash() != old.Hash() {
			return storage.ErrReferenceHasChanged
		}
	}
	return r.SetReference(ref)
}

// RemoveReference implements [storer.ReferenceStorer].
func (r refs) RemoveReference(plumbing.ReferenceName) error { return errors.ErrUnsupported }

// CountLooseRefs implements [storer.ReferenceStorer].
func (r refs) CountLooseRefs() (int, error) { return 1, nil }

// PackRefs implements [storer.ReferenceStorer]. It does nothing.
func (r refs) PackRefs() error { return nil }

// replaceFile writes a file whole: whoever reads it sees what was there, or all of the text.
func replaceFile(name, text string) error {
	return durable.Replace(name, func(f *os.File) error {
		_, err := f.WriteString(text)
		return err
	})
}
