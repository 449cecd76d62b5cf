// Package git is the published site as a Git repository, which authors push to, and clone. The tree of its branch is the
// published tree: a push becomes a publication, checked as all are, and what was published in other ways becomes a commit by
// its author, at the next use of the repository.
//
// What must hold: the published generation is what counts, and the repository follows it. An interruption between the two
// is put right by the next use, since the repository notes which generation its branch is equal to. Nothing that a push brings
// is in the repository before its publication is. What is in the content is never run: there are no hooks.
package git

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/storage"
	"github.com/go-git/go-git/v6/storage/memory"

	"postern/content/publish"
)

// Name is what the repository is called, as in author@HOST:blog.
const Name = "blog"

// IsName reports whether a path that a client gives leads to the repository.
func IsName(path string) bool { return strings.Trim(strings.TrimSuffix(path, ".git"), "/") == Name }

// A repository is a bare repository. It implements [storage.Storer].
type repository struct {
	*objects
	refs
	unused
	dir  string
	site *publish.Site
}

// unused is what the library asks a repository for, and this one doesn't have.
type unused struct{ storage.Storer }

// open opens the site's repository, which is made if it isn't there. step is called for each of its objects.
func open(site *publish.Site, step func() error) (*repository, error) {
	dir := site.GitDir()
	r := &repository{
		objects: &objects{dirs: []string{filepath.Join(dir, "objects")}, step: step},
		refs:    refs{dir},
		unused:  unused{memory.NewStorage()},
		dir:     dir,
		site:    site,
	}
	for _, d := range []string{r.objects.dirs[0], filepath.Dir(r.refs.path())} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, err
		}
	}
	// The two files have git take the directory for a repository, for who looks into it on the machine.
	for name, text := range map[string]string{"HEAD": "ref: " + mainBranch.String() + "\n", "config": "[core]\n\tbare = true\n"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			continue
		}
		if err := replaceFile(filepath.Join(dir, name), text); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// over returns the repository with a directory over it, into which objects are written.
func (r *repository) over(dir string) *repository {
	over := *r
	over.objects = &objects{dirs: append([]string{dir}, r.objects.dirs...), step: r.step}
	return &over
}

// tip returns the newest commit; the zero hash if there is none.
func (r *repository) tip() (plumbing.Hash, error) {
	ref, err := r.Reference(mainBranch)
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		return plumbing.ZeroHash, nil
	}
	if err != nil {
		return plumbing.ZeroHash, err
	}
	return ref.Hash(), nil
}

// generation returns the generation that the tip is equal to; 0 for none.
func (r *repository) generation() (int, error) {
	text, err := os.ReadFile(r.generationFile())
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// setGeneration notes that the tip is equal to a generation.
func (r *repository) setGeneration(n int) error {
	return replaceFile(r.generationFile(), strconv.Itoa(n)+"\n")
}

func (r *repository) generationFile() string { return filepath.Join(r.dir, "generation") }

// each calls f for the file of each object.
func (o *objects) each(f func(fs.DirEntry) error) (err error) {
	for _, dir := range o.dirs {
		err = errors.Join(err, filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			return f(e)
		}))
	}
	return err
}

// count returns how many objects there are.
func (o *objects) count() (n int, err error) {
	err = o.each(func(fs.DirEntry) error {
		n++
		return nil
	})
	return n, err
}

// bytes returns what the objects take on disk.
func (o *objects) bytes() (n int64, err error) {
	err = o.each(func(e fs.DirEntry) error {
		info, err := e.Info()
		if err == nil {
			n += (info.Size() + block - 1) / block * block
		}
		return err
	})
	return n, err
}

// checkRoom returns an error if the objects are more than the quota allows.
func (r *repository) checkRoom() error {
	limit := r.site.Limits().Bytes
	if limit == 0 {
		return nil
	}
	bytes, err := r.bytes()
	if err == nil && bytes > limit {
		err = errFull
	}
	return err
}

// errFull says that there is no room for more history.
var errFull = errors.New("the history in Git has reached the site's quota; ask the operator to raise it (--site-bytes), or to move the directory site/git away, so that a new history begins")
