package publish

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestSpareBecomesTheTree: whatever a spare is a copy of, the generation that is made of it has the files of the new tree, and no
// directory more than they need.
func TestSpareBecomesTheTree(t *testing.T) {
	dir := t.TempDir()
	s, other := open(t, dir, DefaultLimits()), open(t, dir, DefaultLimits())
	names := []string{"a", "a/b", "a/b/c", "d/e", "d/f", "g", "h/i/j/k"}
	r := rand.New(rand.NewPCG(1, 2))
	want := map[string]string{}
	for n := range 80 {
		c := Change{Author: ada}
		put := map[string]string{}
		for range 1 + r.IntN(3) {
			name := names[r.IntN(len(names))]
			for _, old := range slices.Concat(slices.Collect(maps.Keys(want)), slices.Collect(maps.Keys(put))) {
				if isIn(old, name) || isIn(name, old) || old == name {
					delete(put, old)
					delete(want, old)
					c.Remove = append(c.Remove, old)
				}
			}
			if r.IntN(3) > 0 {
				put[name] = fmt.Sprint(n)
			}
		}
		maps.Copy(want, put)
		by := s
		if n%10 == 9 {
			by = other
		}
		p := mustCommit(t, by, c, put)
		by.background.Wait()
		if p.Generation > 0 && by.spare.generation != p.Generation {
			t.Fatalf("the spare is of generation %d after %+v", by.spare.generation, p)
		}
		wantCurrent(t, s, want)
		if got, want := directories(t, s.Path()), parents(want); !maps.Equal(got, want) {
			t.Fatalf("the directories are %v, want %v", got, want)
		}
	}
	s.Close()
	other.Close()
	if left, err := os.ReadDir(filepath.Join(dir, spares)); len(left) > 0 || err != nil {
		t.Errorf("left at the end: %v, %v", left, err)
	}
}

// isIn reports whether a path is below a directory.
func isIn(name, dir string) bool { return len(name) > len(dir) && name[:len(dir)+1] == dir+"/" }

// directories returns the directories below one that a link leads to.
func directories(t *testing.T, link string) map[string]bool {
	t.Helper()
	root, err := os.OpenRoot(link)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	all := map[string]bool{}
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			all[name] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// parents returns the directories that files need.
func parents(files map[string]string) map[string]bool {
	all := map[string]bool{".": true}
	for name := range files {
		for dir := filepath.Dir(name); dir != "."; dir = filepath.Dir(dir) {
			all[dir] = true
		}
	}
	return all
}
