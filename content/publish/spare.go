package publish

import (
	"maps"
	"os"
	"path"

	"postern/content/durable"
)

// A spare is a copy of a generation, which becomes the next one when what differs has been put into it. Most of a
// publication's time would go into linking the files that it doesn't change: that is done before anybody waits for it.
type spare struct {
	generation int    // 0 if there is no spare
	dir        string // in the site's directory
	tree       tree
}

// prepare makes a spare of the current generation, and writes it to the disk.
func (s *Site) prepare() {
	unlock, err := s.lock()
	if err != nil {
		return
	}
	defer unlock()
	n, err := s.Generation()
	if err != nil || n == s.spare.generation {
		return
	}
	s.dropSpare()
	files, err := s.Files(n)
	if err != nil {
		return
	}
	next := spare{generation: n, dir: spares + "/" + ownName()}
	if next.tree, err = s.readGeneration(n); err != nil || os.Mkdir(s.path(next.dir), 0o700) != nil {
		return
	}
	s.spare = next
	dirs, err := s.layOut(next.dir, files)
	if err == nil {
		err = durable.Sync(s.paths(append(dirs, next.dir))...)
	}
	if err != nil {
		s.dropSpare()
	}
}

// takeSpare makes a directory of the spare, or an empty one if there is none. It returns the files in it.
func (s *Site) takeSpare(to string) (tree, error) {
	taken := s.spare
	s.spare = spare{}
	if taken.generation > 0 && os.Rename(s.path(taken.dir), s.path(to)) == nil {
		return taken.tree, nil
	}
	return nil, os.Mkdir(s.path(to), 0o700)
}

// dropSpare removes the spare, if there is one.
func (s *Site) dropSpare() {
	if s.spare.generation > 0 {
		_ = os.RemoveAll(s.path(s.spare.dir))
		s.spare = spare{}
	}
}

// turn makes the tree of a directory, which has that of old, the one that files make, which is now. It returns the directories
// in which names have come or gone.
func (s *Site) turn(dir string, old, now tree, files map[string]File) (dirs []string, err error) {
	kept := func(name string) bool {
		was, isOld := old[name]
		is, isNow := now[name]
		return isOld && isNow && os.SameFile(was, is)
	}
	touched := map[string]bool{}
	for name := range old {
		if kept(name) {
			continue
		}
		name = dir + "/" + name
		if err := os.Remove(s.path(name)); err != nil {
			return nil, err
		}
		s.removeEmpty(name, dir)
		for name != dir {
			name = path.Dir(name)
			touched[name] = true
		}
	}
	fresh := maps.Clone(files)
	maps.DeleteFunc(fresh, func(name string, _ File) bool { return kept(name) })
	dirs, err = s.layOut(dir, fresh)
	for _, name := range dirs {
		delete(touched, name)
	}
	for name := range touched {
		if _, err := os.Lstat(s.path(name)); err == nil {
			dirs = append(dirs, name)
		}
	}
	return dirs, err
}
