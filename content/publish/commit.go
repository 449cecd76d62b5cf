package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"postern/content/durable"
	"postern/content/problem"
)

// Commit publishes a change: whole, or not at all. It returns when the new generation is on the disk and current; whoever
// serves the site reloads it then. A change that changes nothing publishes nothing, and its publication has no number.
//
// The errors are a [CheckError], a [ConflictError], an [OvertakenError], a [QuotaError], or what the disk or those who share the
// site say. With every one of them the site is what it was. What is killed in between is cleared up by the next [Open].
func (s *Site) Commit(ctx context.Context, c Change) (Publication, error) {
	unlock, err := s.lockNewest(ctx)
	if err != nil {
		return Publication{}, err
	}
	defer unlock()
	return s.commit(ctx, c)
}

// commit is Commit under the lock.
func (s *Site) commit(ctx context.Context, c Change) (Publication, error) {
	base, err := s.Generation()
	if err != nil {
		return Publication{}, err
	}
	old, err := s.readGeneration(base)
	if err != nil {
		return Publication{}, err
	}
	files, now, err := s.plan(c, base, old)
	if err != nil {
		return Publication{}, err
	}
	p := Publication{Generation: base + 1, Time: time.Now().UTC().Truncate(time.Millisecond), Author: c.Author, Way: c.Way, Session: c.Session, Undoes: c.Undoes}
	stage := fmt.Sprintf("%s/%d-tree", staging, os.Getpid())
	defer os.RemoveAll(s.path(stage))
	if p.compare(old, now); len(p.Added)+len(p.Changed)+len(p.Removed) == 0 {
		if !c.DryRun {
			s.clearDesk(c)
		}
		return Publication{}, nil
	}
	defer s.background.Go(s.prepare)
	dirs, err := s.stage(stage, now, files)
	if err != nil {
		return Publication{}, err
	}
	if c.Undoes == 0 && s.check != nil {
		if err := s.checkStaged(stage, &p); err != nil {
			return Publication{}, err
		}
	}
	s.step("checked")
	if err := ctx.Err(); err != nil { // whoever has gone by now didn't see it published
		return Publication{}, err
	}
	if c.DryRun {
		return p, nil
	}
	if err := s.syncDirs(dirs); err != nil {
		return Publication{}, err
	}
	s.step("synced")
	if err := s.publishElsewhere(ctx, stage, p); err != nil {
		return Publication{}, err
	}
	if err := s.show(stage, []Publication{p}); err != nil {
		if s.shared != nil {
			err = fmt.Errorf("published as generation %d, which this machine can't show yet: %w", p.Generation, err)
		}
		return Publication{}, err
	}
	s.remember(p.Generation, now)
	s.clearDesk(c)
	s.background.Go(s.pruneLocked)
	return p, nil
}

// plan returns the files that a change makes of a generation, and their tree. It refuses what would take back a change of others, and
// what is over the limits.
func (s *Site) plan(c Change, base int, old tree) (files map[string]File, now tree, err error) {
	if files, err = c.files(base, old); err == nil {
		err = s.unchanged(files, base, old)
	}
	if err == nil {
		err = s.findConflict(c, base, files, old)
	}
	if err == nil {
		now, err = s.next(files, base, old)
	}
	if err == nil {
		err = now.within(s.limits)
	}
	return files, now, err
}

// files returns which files make the new tree.
func (c *Change) files(base int, old tree) (map[string]File, error) {
	files := make(map[string]File, len(old)+len(c.Put))
	if !c.Whole {
		for name := range old {
			files[name] = File{generation(base) + "/" + name}
		}
	}
	for _, name := range c.Remove {
		delete(files, name)
	}
	for name, f := range c.Put {
		if err := CheckPath(name); err != nil {
			return nil, err
		}
		files[name] = f
	}
	return files, checkTree(slices.Collect(maps.Keys(files)))
}

// stage lays out the tree that files make, which is now. It returns the directories that are to be written to the disk.
func (s *Site) stage(stage string, now tree, files map[string]File) (dirs []string, err error) {
	if err := os.RemoveAll(s.path(stage)); err != nil {
		return nil, err
	}
	there, err := s.takeSpare(stage)
	if err != nil {
		return nil, err
	}
	dirs, err = s.turn(stage, there, now, files)
	s.step("laid out")
	return append(dirs, stage), err
}

// checkStaged refuses a tree with an error in it.
func (s *Site) checkStaged(stage string, p *Publication) error {
	root, err := os.OpenRoot(s.path(stage))
	if err != nil {
		return err
	}
	defer root.Close()
	changed := slices.Concat(p.Added, p.Changed, p.Removed)
	slices.Sort(changed)
	p.Problems = s.check(root.FS(), changed)
	if slices.ContainsFunc(p.Problems, func(q problem.Problem) bool { return q.Severity == problem.Error }) {
		return &CheckError{p.Problems}
	}
	return nil
}

// show makes a staged tree the current generation, with the records that the log is to have of it. Until the link is swapped it
// can be taken back, and is.
func (s *Site) show(stage string, records []Publication) (err error) {
	n := records[len(records)-1].Generation
	to := s.path(generation(n))
	if err := os.Rename(s.path(stage), to); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = s.trimLog(records[0].Generation - 1)
			_ = os.RemoveAll(to)
		}
	}()
	if err := durable.Sync(s.path(generations)); err != nil {
		return err
	}
	s.step("renamed")
	if err := s.appendLog(records); err != nil {
		return err
	}
	s.step("logged")
	return s.swap(n)
}

// swap leads the link to a generation.
func (s *Site) swap(n int) error {
	next := s.path(staging + "/" + current)
	if err := os.RemoveAll(next); err != nil {
		return err
	}
	if err := os.Symlink(filepath.FromSlash(generation(n)), next); err != nil {
		return err
	}
	s.step("linked")
	if err := os.Rename(next, s.Path()); err != nil {
		return err
	}
	s.step("swapped")
	_ = durable.Sync(s.dir) // it is shown: an error can't take it back
	return nil
}

// findConflict refuses files that would take back what others than the change's session published after its base, up to now.
func (s *Site) findConflict(c Change, now int, files map[string]File, old tree) error {
	if c.Base == 0 || c.Base == now {
		return nil
	}
	if c.Base > now {
		return s.noGeneration(c.Base)
	}
	since, err := s.Records(max(c.Base, 0))
	if err != nil {
		return err
	}
	for _, p := range slices.Backward(since) {
		if p.Session != "" && p.Session == c.Session {
			continue
		}
		touched := slices.Concat(p.Added, p.Changed, p.Removed)
		slices.Sort(touched)
		for _, name := range touched {
			f, there := files[name]
			_, was := old[name]
			if there != was || there && f.name != generation(now)+"/"+name {
				return &ConflictError{name, p}
			}
		}
	}
	return nil
}

// Undo publishes a generation equal to the generation that the change undoes to, or without one to that before the newest of
// the history. Nothing is erased, so that it can be undone too. Of the change only Author, Undoes and DryRun count.
func (s *Site) Undo(ctx context.Context, c Change) (Publication, error) {
	unlock, err := s.lockNewest(ctx)
	if err != nil {
		return Publication{}, err
	}
	defer unlock()
	n := c.Undoes
	if n == 0 {
		history, err := s.History(0)
		if err != nil {
			return Publication{}, err
		}
		if len(history) > 0 {
			n = history[len(history)-1].From
		}
		if n < 1 {
			return Publication{}, errors.New("there is no publication before this one to go back to")
		}
	}
	if _, err := os.Stat(s.path(generation(n))); n < 0 || err != nil {
		return Publication{}, s.noGeneration(n)
	}
	files, err := s.Files(n)
	if err != nil {
		return Publication{}, err
	}
	return s.commit(ctx, Change{Author: c.Author, Way: "undo", Put: files, Whole: true, Undoes: n, DryRun: c.DryRun})
}

// Files returns the files of a generation by their paths, for a [Change] that keeps some of them. 0 is the empty tree.
func (s *Site) Files(n int) (map[string]File, error) {
	t, err := s.readGeneration(n)
	if err != nil {
		return nil, err
	}
	files := make(map[string]File, len(t))
	for name := range t {
		files[name] = File{generation(n) + "/" + name}
	}
	return files, nil
}

// Open opens a file of the site for reading.
func (s *Site) Open(f File) (fs.File, error) { return os.Open(s.path(f.name)) }
