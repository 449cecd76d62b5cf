package publish

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
)

// Shared is where several sites, each in the directory of its own machine, agree on which publication comes next. Generations
// of the same number are the same on all machines.
type Shared interface {
	// CatchUp takes what was published elsewhere into the site, by [Site.Adopt].
	CatchUp(ctx context.Context, s *Site) error

	// Publish makes a tree, which is on the disk and checked, the generation that the publication says, on all machines: whole, or
	// not at all. The error is an [OvertakenError] if another machine was first.
	Publish(ctx context.Context, p Publication, staged fs.FS) error
}

// Share has the site publish through what it shares with others. It must be called before anybody uses the site.
func (s *Site) Share(with Shared) { s.shared = with }

// An OvertakenError says that a change was not published, since somebody on another machine published at the same moment.
type OvertakenError struct{ Other Publication }

func (e *OvertakenError) Error() string {
	return fmt.Sprintf("not published: at the same moment %s published generation %d on another machine (%s); publish again",
		e.Other.Author.Name, e.Other.Generation, e.Other.Time.UTC().Format("2006-01-02 15:04:05 MST"))
}

// publishElsewhere makes a staged tree the next generation for all who share the site.
func (s *Site) publishElsewhere(ctx context.Context, stage string, p Publication) error {
	if s.shared == nil {
		return nil
	}
	root, err := os.OpenRoot(s.path(stage))
	if err != nil {
		return err
	}
	defer root.Close()
	return s.shared.Publish(ctx, p, root.FS())
}

// Adopt makes a generation that was published elsewhere the current one. files are its tree. records are what the log here lacks up
// to that publication, which is the last of them. A generation that is not newer than the current one changes nothing.
func (s *Site) Adopt(records []Publication, files map[string]File) error {
	p := records[len(records)-1]
	unlock, err := s.lockFor(slices.Collect(maps.Keys(files))...)
	if err != nil {
		return err
	}
	defer unlock()
	now, err := s.Generation()
	if err != nil || p.Generation <= now {
		return err
	}
	if first := records[0].Generation; first > now+1 {
		return fmt.Errorf("the log would lack what was published between the generations %d and %d", now, first)
	}
	old, err := s.readGeneration(now)
	if err != nil {
		return err
	}
	next, err := s.next(files, now, old)
	if err != nil {
		return err
	}
	stage := fmt.Sprintf("%s/%d-tree", staging, os.Getpid())
	defer os.RemoveAll(s.path(stage))
	defer s.background.Go(s.prepare)
	dirs, err := s.stage(stage, next, files)
	if err != nil {
		return err
	}
	if err := s.syncDirs(dirs); err != nil {
		return err
	}
	for len(records) > 1 && records[0].Generation <= now {
		records = records[1:]
	}
	if err := s.show(stage, records); err != nil {
		return err
	}
	s.remember(p.Generation, next)
	s.background.Go(s.pruneLocked)
	return nil
}
