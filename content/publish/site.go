// Package publish keeps a site that is published into: a directory for each generation, which is never changed once it is
// there, a link to the current one, and what authors have saved and not published.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"postern/content/problem"
)

// Dir is the name of a server's site in its data directory.
const Dir = "site"

// The directories and files of a site.
const (
	generations = "gen"     // gen/N: a published tree
	current     = "current" // a link to the generation that readers see
	desk        = "desk"    // what authors have saved and not published, by its path in the tree
	staging     = "staging" // trees that are being laid out, and files on their way in
	spares      = "spare"   // a copy of a generation for each process; see [spare]
	logFile     = "log"     // one line of JSON a publication, oldest first
	gitDir      = "git"     // a bare repository that follows the generations; it is not there before git was used

	siteLock = "lock"     // locked by whoever commits, or changes the desk
	gitLock  = "git.lock" // locked by whoever changes what is in gitDir
	occupied = "occupied" // locked by those who serve the site
)

// A Site is a site in a directory of its own. Several processes may use one directory, as they do while one takes over from
// another: whatever decides over a publication is read from the disk under a lock. It is safe for concurrent use.
type Site struct {
	dir    string
	limits Limits
	check  Check
	shared Shared            // with sites on other machines; nil for none
	step   func(name string) // called between the steps of a commit; for tests, which stop there

	saves atomic.Int64 // how often this process has changed the desk

	mu    sync.Mutex // held by whoever commits, or changes the desk; the lock file is for other processes
	spare spare      // guarded by mu
	git   sync.Mutex // held by whoever changes what is in the directory of that name; taken before mu
	held  held       // by uploads

	occupied *os.File // nil until [Site.Occupy]

	knowing sync.Mutex // held while known is used
	known   knownTree

	background sync.WaitGroup // what goes on after a commit
}

// A Check returns what is wrong with a tree that is about to be published. changed are the paths that differ from the
// current generation, sorted. An error among the problems refuses the tree.
type Check func(staged fs.FS, changed []string) []problem.Problem

// Open opens the site in dir, which is made if it isn't there, and clears up what a commit left that was interrupted.
func Open(dir string, limits Limits, check Check) (*Site, error) {
	limits.Keep = max(2, limits.Keep)
	s := &Site{dir: dir, limits: limits, check: check, step: func(string) {}}
	for _, d := range []string{"", generations, desk, staging, spares} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			return nil, fmt.Errorf("site: %w", err)
		}
	}
	unlock, err := s.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := s.recover(); err != nil {
		return nil, fmt.Errorf("site %s: %w", dir, err)
	}
	return s, nil
}

// IsTransient reports whether an entry of a site's directory is only for the processes that use the site, so that a copy can do
// without it.
func IsTransient(name string) bool {
	switch name {
	case staging, spares, siteLock, gitLock, occupied:
		return true
	}
	return false
}

// Close waits for what goes on after a commit, and removes what was prepared for the next.
func (s *Site) Close() {
	s.background.Wait()
	if s.occupied != nil {
		defer s.occupied.Close()
	}
	if unlock, err := s.lock(); err == nil {
		defer unlock()
		s.dropSpare()
	}
}

// Limits returns the limits that the site was opened with.
func (s *Site) Limits() Limits { return s.limits }

// Path returns the path of the link that leads to the current generation. There is none before the first publication.
func (s *Site) Path() string { return filepath.Join(s.dir, current) }

// Generation returns the number of the current generation; 0 before the first publication.
func (s *Site) Generation() (int, error) {
	target, err := os.Readlink(s.Path())
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimPrefix(filepath.ToSlash(target), generations+"/"))
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("%s leads to %q, which is not a generation", s.Path(), target)
	}
	return n, nil
}

// FS returns the files of a generation, for reading. The caller closes it. The error is a [NoGenerationError] if the
// generation is not kept any more, or never was.
func (s *Site) FS(n int) (*os.Root, error) {
	root, err := os.OpenRoot(s.path(generation(n)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, s.noGeneration(n)
	}
	return root, err
}

// A NoGenerationError says that a generation is not there.
type NoGenerationError struct{ Wanted, Oldest, Newest int }

func (e NoGenerationError) Error() string {
	if e.Newest == 0 {
		return "nothing has been published yet"
	}
	return fmt.Sprintf("there is no generation %d; those from %d to %d are kept", e.Wanted, e.Oldest, e.Newest)
}

func (s *Site) noGeneration(n int) error {
	kept, err := s.kept()
	if err != nil {
		return err
	}
	e := NoGenerationError{Wanted: n}
	if len(kept) > 0 {
		e.Oldest, e.Newest = kept[0], kept[len(kept)-1]
	}
	return e
}

// path returns the path of a file of the site, named by a slash-separated path in its directory.
func (s *Site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// paths returns the paths of files of the site.
func (s *Site) paths(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = s.path(name)
	}
	return all
}

// generation returns the name of a generation's directory.
func generation(n int) string { return generations + "/" + strconv.Itoa(n) }
