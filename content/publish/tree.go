package publish

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"postern/content/durable"
)

// A tree is a directory's regular files, by their slash-separated paths in it.
type tree map[string]fs.FileInfo

// readTree lists a directory of the site. One that isn't there holds nothing, and what goes while it is read is left out.
func (s *Site) readTree(name string) (tree, error) {
	t := tree{}
	top := s.path(name)
	err := filepath.WalkDir(top, func(file string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if !e.Type().IsRegular() {
			return nil
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, file)
		if err != nil {
			return err
		}
		t[filepath.ToSlash(rel)] = info
		return nil
	})
	return t, err
}

// knownTree is the tree of a generation, which never changes. It is not written to.
type knownTree struct {
	generation int // 0 if none is known
	tree       tree
}

// readGeneration lists a generation, which is not to be written to; 0 is the empty tree. The current one is remembered.
func (s *Site) readGeneration(n int) (tree, error) {
	s.knowing.Lock()
	defer s.knowing.Unlock()
	switch n {
	case 0:
		return nil, nil
	case s.known.generation:
		return s.known.tree, nil
	}
	now, err := s.Generation()
	if err != nil {
		return nil, err
	}
	t, err := s.readTree(generation(n))
	if err == nil && n == now {
		s.known = knownTree{n, t}
	}
	return t, err
}

// remember has readGeneration know a generation.
func (s *Site) remember(n int, t tree) {
	s.knowing.Lock()
	defer s.knowing.Unlock()
	s.known = knownTree{n, t}
}

func (t tree) bytes() (n int64) {
	for _, info := range t {
		n += info.Size()
	}
	return n
}

// layOut links files into a directory of the site: what is published is never changed, so that generations may share it. It
// returns the directories that it needed, the deepest of each branch last.
func (s *Site) layOut(dir string, files map[string]File) (dirs []string, err error) {
	made := map[string]bool{}
	var mkdir func(name string) error
	mkdir = func(name string) error {
		if made[name] {
			return nil
		}
		if name != dir {
			if err := mkdir(path.Dir(name)); err != nil {
				return err
			}
		}
		made[name] = true
		dirs = append(dirs, name)
		if err := os.Mkdir(s.path(name), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	}
	for name, f := range files {
		to := dir + "/" + name
		if err := mkdir(path.Dir(to)); err != nil {
			return nil, err
		}
		if err := os.Link(s.path(f.name), s.path(to)); err != nil {
			return nil, err
		}
	}
	return dirs, nil
}

// syncDirs writes the names in directories to the disk. Their files were written when they came in.
func (s *Site) syncDirs(dirs []string) error {
	if err := durable.Sync(s.paths(dirs)...); err != nil {
		return err
	}
	for _, dir := range dirs {
		s.step("synced " + dir)
	}
	return nil
}

// next returns the tree that files make. Of those that old has it takes what is known.
func (s *Site) next(files map[string]File, base int, old tree) (tree, error) {
	t := make(tree, len(files))
	for name, f := range files {
		if info, ok := old[name]; ok && f.name == generation(base)+"/"+name {
			t[name] = info
			continue
		}
		info, err := os.Lstat(s.path(f.name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errors.New("not published: it was built on a generation that is no longer kept; do it again")
		}
		if err != nil {
			return nil, err
		}
		t[name] = info
	}
	return t, nil
}

// unchanged puts the old file in place of a new one that has the same bytes, so that nothing counts as changed that isn't.
func (s *Site) unchanged(files map[string]File, base int, old tree) error {
	for name, f := range files {
		was, ok := old[name]
		if !ok || f.name == generation(base)+"/"+name {
			continue
		}
		now, err := os.Lstat(s.path(f.name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // next says so, unless there is a conflict
		}
		if err != nil {
			return err
		}
		if os.SameFile(was, now) || was.Size() != now.Size() {
			continue
		}
		before := File{generation(base) + "/" + name}
		same, err := s.sameBytes(before, f)
		if err != nil {
			return err
		}
		if same {
			files[name] = before
		}
	}
	return nil
}

func (s *Site) sameBytes(a, b File) (bool, error) {
	x, err := os.Open(s.path(a.name))
	if err != nil {
		return false, err
	}
	defer x.Close()
	y, err := os.Open(s.path(b.name))
	if err != nil {
		return false, err
	}
	defer y.Close()
	left, right := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, errLeft := io.ReadFull(x, left)
		m, errRight := io.ReadFull(y, right)
		if !bytes.Equal(left[:n], right[:m]) {
			return false, nil
		}
		if errLeft != nil || errRight != nil {
			return errors.Is(errLeft, io.EOF) || errors.Is(errLeft, io.ErrUnexpectedEOF), nil
		}
	}
}

// removeEmpty removes the directories above a file that hold nothing any more, up to top.
func (s *Site) removeEmpty(name, top string) {
	for dir := path.Dir(name); strings.HasPrefix(dir, top+"/"); dir = path.Dir(dir) {
		if os.Remove(s.path(dir)) != nil {
			return
		}
	}
}

// compare fills in what is different between two trees.
func (p *Publication) compare(old, now tree) {
	for _, name := range slices.Sorted(maps.Keys(now)) {
		was, ok := old[name]
		switch {
		case !ok:
			p.Added = append(p.Added, name)
		case !os.SameFile(was, now[name]):
			p.Changed = append(p.Changed, name)
		default:
			continue
		}
		p.Bytes += now[name].Size()
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if _, ok := now[name]; !ok {
			p.Removed = append(p.Removed, name)
		}
	}
}

// within checks the tree against limits.
func (t tree) within(l Limits) error {
	if l.Files > 0 && len(t) > l.Files {
		return &QuotaError{"files", int64(l.Files)}
	}
	if l.Bytes > 0 && t.bytes() > l.Bytes {
		return &QuotaError{"bytes", l.Bytes}
	}
	return nil
}
