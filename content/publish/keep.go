package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// lock keeps everybody else from committing, in this process and in others.
func (s *Site) lock() (unlock func(), err error) { return lockFile(&s.mu, s.path(siteLock)) }

// lockFor is lock for who changes what is under paths, which it checks.
func (s *Site) lockFor(paths ...string) (unlock func(), err error) {
	for _, name := range paths {
		if err := CheckPath(name); err != nil {
			return nil, err
		}
	}
	return s.lock()
}

// lockNewest is lock for who publishes: it takes in what was published on other machines before.
func (s *Site) lockNewest(ctx context.Context) (unlock func(), err error) {
	if s.shared != nil {
		if err := s.shared.CatchUp(ctx, s); err != nil {
			return nil, fmt.Errorf("not published: %w", err)
		}
	}
	return s.lock()
}

// lockFile takes a mutex, which is for this process, and the lock of a file, which is for others.
func lockFile(mu *sync.Mutex, name string) (unlock func(), err error) {
	mu.Lock()
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		if err = flock(f); err != nil {
			f.Close()
		}
	}
	if err != nil {
		mu.Unlock()
		return nil, fmt.Errorf("site: %w", err)
	}
	return func() {
		f.Close()
		mu.Unlock()
	}, nil
}

// Hold keeps everybody from publishing into the site in a directory until release is called, so that it can be copied whole. It
// does nothing if there is no site.
func Hold(dir string) (release func(), err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return func() {}, nil
	}
	s := &Site{dir: dir}
	releaseGit, err := s.LockGit()
	if err != nil {
		return nil, err
	}
	releaseSite, err := s.lock()
	if err != nil {
		releaseGit()
		return nil, err
	}
	return func() {
		releaseSite()
		releaseGit()
	}, nil
}

// View returns the site in a directory for who only reads it, while somebody else may use it. It is empty if there is none.
func View(dir string) (*Site, error) {
	s := &Site{dir: dir, limits: DefaultLimits(), step: func(string) {}}
	_, err := s.Generation()
	return s, err
}

// recover clears up what an interrupted commit left: a generation that no link leads to yet was never published.
func (s *Site) recover() error {
	now, err := s.Generation()
	if err != nil {
		return err
	}
	all, err := s.kept()
	if err != nil {
		return err
	}
	if now > 0 && !slices.Contains(all, now) {
		return fmt.Errorf("the current generation, %s, is not there; restore the directory from a backup", generation(now))
	}
	if err := s.trimLog(now); err != nil {
		return err
	}
	for _, n := range all {
		if n > now {
			if err := os.RemoveAll(s.path(generation(n))); err != nil {
				return err
			}
		}
	}
	s.prune()
	return errors.Join(s.clearLeft(staging), s.clearLeft(spares))
}

// owned numbers what belongs to this process.
var owned atomic.Int64

// ownName returns a name that begins with the process's number, and that nothing else has: what it names is removed by the next
// Open after the process has ended.
func ownName() string {
	return strconv.Itoa(os.Getpid()) + "-" + strconv.FormatInt(owned.Add(1), 10)
}

// clearLeft removes what processes that have ended left in a directory. The name of each begins with its process's number.
func (s *Site) clearLeft(dir string) error {
	left, err := os.ReadDir(s.path(dir))
	if err != nil {
		return err
	}
	for _, e := range left {
		id, _, _ := strings.Cut(e.Name(), "-")
		if pid, err := strconv.Atoi(id); err == nil && pid != os.Getpid() && runs(pid) {
			continue
		}
		if err := os.RemoveAll(s.path(dir + "/" + e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// kept returns the numbers of the generations that are there, ascending.
func (s *Site) kept() ([]int, error) {
	entries, err := os.ReadDir(s.path(generations))
	if err != nil {
		return nil, err
	}
	var all []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && n > 0 {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all, nil
}

// pruneLocked prunes when nobody commits.
func (s *Site) pruneLocked() {
	unlock, err := s.lock()
	if err != nil {
		return
	}
	defer unlock()
	s.prune()
}

// prune removes the generations that aren't kept any more. The current one and the one before it, which readers may still have
// before them, stay in any case. What can't be removed is tried again after the next publication.
func (s *Site) prune() {
	now, err := s.Generation()
	if err != nil {
		return
	}
	all, err := s.kept()
	if err != nil {
		return
	}
	records, err := s.Records(0)
	if err != nil {
		return
	}
	keep := s.limits.Kept(records)
	for _, n := range all {
		if n < now-1 && !slices.Contains(keep, n) {
			_ = os.RemoveAll(s.path(generation(n)))
		}
	}
}

// Kept returns the numbers of the generations that are kept, newest first, of those that a log has, or the end of one: the last of
// each session, as many as are to be kept, and none whose newer ones have brought more bytes in than one generation may have. The
// current one, and the one that an undo goes back to, are kept in any case.
func (l Limits) Kept(log []Publication) []int {
	var kept []int
	var brought int64
	for i, p := range slices.Backward(log) {
		if i == len(log)-1 || !p.continues(log[i+1]) {
			if len(kept) >= 2 && (len(kept) >= l.Keep || l.Bytes > 0 && brought > l.Bytes) {
				break
			}
			kept = append(kept, p.Generation)
		}
		brought += p.Bytes
	}
	return kept
}
