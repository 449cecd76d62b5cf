package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"

	"postern/content/problem"
)

var ada, bob = Author{Name: "ada", Key: "SHA256:a"}, Author{Name: "bob", Key: "SHA256:b"}

// refuseBroken finds an error in every file that says so.
func refuseBroken(staged fs.FS, changed []string) []problem.Problem {
	var all []problem.Problem
	for _, name := range changed {
		if data, err := fs.ReadFile(staged, name); err == nil && strings.Contains(string(data), "broken") {
			all = append(all, problem.Problem{File: name, Line: 1, Severity: problem.Error, Message: "it is broken"})
		}
	}
	return all
}

func open(t *testing.T, dir string, limits Limits) *Site {
	t.Helper()
	s, err := Open(dir, limits, refuseBroken)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// commit publishes texts by their paths.
func commit(t *testing.T, s *Site, c Change, files map[string]string) (Publication, error) {
	t.Helper()
	u, err := s.NewUpload()
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	c.Put = map[string]File{}
	for name, text := range files {
		f, err := u.Add(strings.NewReader(text))
		if err != nil {
			return Publication{}, err
		}
		c.Put[name] = f
	}
	return s.Commit(t.Context(), c)
}

func mustCommit(t *testing.T, s *Site, c Change, files map[string]string) Publication {
	t.Helper()
	p, err := commit(t, s, c, files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// contents reads a directory: its files' texts by their paths.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	top, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return files
	}
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(top, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(top, name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantCurrent(t *testing.T, s *Site, want map[string]string) {
	t.Helper()
	if got := contents(t, s.Path()); !maps.Equal(got, want) {
		t.Errorf("published: %q, want %q", got, want)
	}
}

func TestCommit(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	wantCurrent(t, s, map[string]string{})
	p := mustCommit(t, s, Change{Author: ada, Way: "publish"}, map[string]string{"a.md": "one", "posts/b.md": "two"})
	if p.Generation != 1 || !slices.Equal(p.Added, []string{"a.md", "posts/b.md"}) || p.Bytes != 6 {
		t.Errorf("the first publication: %+v", p)
	}
	p = mustCommit(t, s, Change{Author: bob, Way: "publish", Remove: []string{"a.md", "missing.md"}}, map[string]string{"posts/b.md": "2", "c.md": "three"})
	if !slices.Equal(p.Added, []string{"c.md"}) || !slices.Equal(p.Changed, []string{"posts/b.md"}) || !slices.Equal(p.Removed, []string{"a.md"}) {
		t.Errorf("the second publication: %+v", p)
	}
	wantCurrent(t, s, map[string]string{"posts/b.md": "2", "c.md": "three"})
	history, err := s.History(0)
	if err != nil || len(history) != 2 || history[1].Author != bob {
		t.Errorf("history: %+v, %v", history, err)
	}
}

// What changes nothing is no publication, and files of the same bytes are no change.
func TestCommitNothing(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "one"})
	if p := mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "one"}); p.Generation != 0 {
		t.Errorf("the same again: %+v", p)
	}
	if n, err := s.Generation(); n != 1 || err != nil {
		t.Errorf("generation %d, %v", n, err)
	}
}

func TestCommitRefusesErrors(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	good := map[string]string{"a.md": "one"}
	mustCommit(t, s, Change{Author: ada}, good)
	_, err := commit(t, s, Change{Author: ada}, map[string]string{"a.md": "broken", "b.md": "two"})
	var refused *CheckError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "a.md:1: error: it is broken") {
		t.Errorf("a broken post: %v", err)
	}
	wantCurrent(t, s, good)
	if left := contents(t, filepath.Join(s.dir, staging)); len(left) > 0 {
		t.Errorf("left in staging: %q", left)
	}
}

func TestConflicts(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "1", "b.md": "1"})
	mustCommit(t, s, Change{Author: ada, Base: 1}, map[string]string{"a.md": "2"})
	if _, err := commit(t, s, Change{Author: bob, Base: 1}, map[string]string{"b.md": "2"}); err != nil {
		t.Errorf("changes of different files don't merge: %v", err)
	}
	var conflict *ConflictError
	for name, c := range map[string]Change{"put": {Author: bob, Base: 1}, "remove": {Author: bob, Base: 1, Remove: []string{"a.md"}}, "whole": {Author: bob, Base: 2, Whole: true}} {
		files := map[string]string{"a.md": "3"}
		if name == "remove" {
			files = nil
		}
		if _, err := commit(t, s, c, files); !errors.As(err, &conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantCurrent(t, s, map[string]string{"a.md": "2", "b.md": "2"})
	if _, err := commit(t, s, Change{Author: bob, Base: 1, Whole: true}, map[string]string{"a.md": "2", "b.md": "2", "c.md": "3"}); err != nil {
		t.Errorf("who has taken the changes of others in is refused: %v", err)
	}
}

func TestUndo(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	before := map[string]string{"a.md": "1", "b/c.md": "1"}
	mustCommit(t, s, Change{Author: ada}, before)
	after := map[string]string{"a.md": "2", "d.md": "2"}
	mustCommit(t, s, Change{Author: ada, Whole: true}, after)
	p, err := s.Undo(t.Context(), Change{Author: bob})
	if err != nil || p.Generation != 3 || p.Undoes != 1 {
		t.Fatalf("undo: %+v, %v", p, err)
	}
	wantCurrent(t, s, before)
	if _, err := s.Undo(t.Context(), Change{Author: bob, Undoes: 2}); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, s, after)
	var missing NoGenerationError
	if _, err := s.Undo(t.Context(), Change{Author: bob, Undoes: 9}); !errors.As(err, &missing) || missing.Newest != 4 {
		t.Errorf("undo of what never was: %v", err)
	}
}

// TestGenerationOfAnotherProcess: a number that no generation had yet is not remembered to have no files.
func TestGenerationOfAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	s, other := open(t, dir, DefaultLimits()), open(t, dir, DefaultLimits())
	if files, err := s.Files(1); len(files) > 0 || err != nil {
		t.Fatalf("%v are published, %v", files, err)
	}
	mustCommit(t, other, Change{Author: bob}, map[string]string{"a.md": "bob's"})
	if files, err := s.Files(1); len(files) != 1 || err != nil {
		t.Errorf("%v are published, %v", files, err)
	}
	if p := mustCommit(t, s, Change{Author: ada}, map[string]string{"b.md": "ada's"}); p.Generation != 2 {
		t.Errorf("%+v", p)
	}
	mustCommit(t, other, Change{Author: bob}, map[string]string{"c.md": "bob's"})
	wantCurrent(t, s, map[string]string{"a.md": "bob's", "b.md": "ada's", "c.md": "bob's"})
}

func TestPrune(t *testing.T) {
	s := open(t, t.TempDir(), Limits{Keep: 3, Bytes: 100})
	for i := range 5 {
		mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": fmt.Sprint(i)})
	}
	s.Close()
	if all, _ := s.kept(); !slices.Equal(all, []int{3, 4, 5}) {
		t.Errorf("kept %v", all)
	}
	for i := range 3 {
		mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": strings.Repeat(fmt.Sprint(i), 90)})
	}
	s.Close()
	if all, _ := s.kept(); !slices.Equal(all, []int{7, 8}) {
		t.Errorf("kept %v of generations that share no bytes", all)
	}
}

// TestBuiltOnWhatIsGone: a change with files of a generation that was pruned meanwhile is refused in plain words, by whose
// change came first where they conflict.
func TestBuiltOnWhatIsGone(t *testing.T) {
	s := open(t, t.TempDir(), Limits{Keep: 2})
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "0", "b.md": "0"})
	put, err := s.Files(1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		mustCommit(t, s, Change{Author: bob}, map[string]string{"a.md": fmt.Sprint(i + 1)})
	}
	s.Close()
	var conflict *ConflictError
	if _, err := s.Commit(t.Context(), Change{Author: ada, Base: 1, Put: put, Whole: true}); !errors.As(err, &conflict) || conflict.Path != "a.md" {
		t.Errorf("with a conflict: %v", err)
	}
	_, err = s.Commit(t.Context(), Change{Author: ada, Put: put, Whole: true})
	if err == nil || !strings.Contains(err.Error(), "no longer kept") {
		t.Errorf("without a base: %v", err)
	}
}

// TestPruneKeepsWhatUndoNeeds: a session may bring in more bytes than one generation may have, and is undone all the same.
func TestPruneKeepsWhatUndoNeeds(t *testing.T) {
	s := open(t, t.TempDir(), Limits{Keep: 2, Bytes: 100})
	before := map[string]string{"a.md": "before"}
	mustCommit(t, s, Change{Author: ada}, before)
	for i := range 5 {
		mustCommit(t, s, Change{Author: ada, Session: "s"}, map[string]string{"a.md": strings.Repeat(fmt.Sprint(i), 90)})
	}
	s.Close()
	if _, err := s.Undo(t.Context(), Change{Author: ada}); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, s, before)
}

func TestQuota(t *testing.T) {
	s := open(t, t.TempDir(), Limits{Bytes: 10, Files: 2})
	good := map[string]string{"a.md": "12345678"}
	mustCommit(t, s, Change{Author: ada}, good)
	var over *QuotaError
	for name, files := range map[string]map[string]string{
		"one file": {"b.md": "12345678901"}, "all files": {"b.md": "123"}, "many files": {"b.md": "", "c.md": ""},
	} {
		if _, err := commit(t, s, Change{Author: ada}, files); !errors.As(err, &over) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantCurrent(t, s, good)
	if s.held.bytes != 0 || s.held.files != 0 {
		t.Errorf("still held: %d bytes, %d files", s.held.bytes, s.held.files)
	}
	u, err := s.NewUpload()
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	_, w, err := u.Create()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteAt([]byte("x"), 1<<40); !errors.As(err, &over) {
		t.Errorf("a hole of a terabyte: %v", err)
	}
	for range 3 {
		if _, err := w.WriteAt([]byte("1234567890"), 0); err != nil {
			t.Errorf("written anew after it was cut off: %v", err)
		}
		if err := w.Truncate(1); err != nil {
			t.Fatal(err)
		}
	}
	if s.held.bytes != 1 || u.bytes != 1 {
		t.Errorf("a file of a byte counts as %d, and as %d of its upload", s.held.bytes, u.bytes)
	}
	if err := w.Truncate(5); err != nil || s.held.bytes != 5 {
		t.Errorf("a file that was made larger counts as %d, %v", s.held.bytes, err)
	}
}

func TestDesk(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	save := func(name, text string) {
		t.Helper()
		u, err := s.NewUpload()
		if err != nil {
			t.Fatal(err)
		}
		defer u.Close()
		f, err := u.Add(strings.NewReader(text))
		if err == nil {
			err = s.Save(name, f)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	onDesk := func() map[string]string { return contents(t, filepath.Join(s.dir, desk)) }
	save("posts/a.md", "broken")
	save("posts/b.md", "good")
	publish := func(names ...string) error {
		saved, err := s.Saved()
		if err != nil {
			t.Fatal(err)
		}
		c := Change{Author: ada, Put: map[string]File{}}
		for _, name := range names {
			c.Put[name] = saved[name]
		}
		_, err = s.Commit(t.Context(), c)
		return err
	}
	if err := publish("posts/b.md"); err != nil {
		t.Fatal(err)
	}
	if got := onDesk(); !maps.Equal(got, map[string]string{"posts/a.md": "broken"}) {
		t.Errorf("on the desk: %q", got)
	}
	if err := publish("posts/a.md"); err == nil {
		t.Error("a broken file was published")
	}
	save("posts/a.md", "mended")
	if err := publish("posts/a.md"); err != nil {
		t.Fatal(err)
	}
	if got := onDesk(); len(got) > 0 {
		t.Errorf("on the desk: %q", got)
	}
	wantCurrent(t, s, map[string]string{"posts/a.md": "mended", "posts/b.md": "good"})

	if _, err := s.Unpublish(t.Context(), Change{Author: ada}, "posts/b.md"); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, s, map[string]string{"posts/a.md": "mended"})
	if got := onDesk(); !maps.Equal(got, map[string]string{"posts/b.md": "good"}) {
		t.Errorf("on the desk: %q", got)
	}
	var missing NotPublishedError
	if _, err := s.Unpublish(t.Context(), Change{Author: ada}, "posts/b.md"); !errors.As(err, &missing) {
		t.Errorf("unpublished twice: %v", err)
	}
	mustCommit(t, s, Change{Author: ada}, map[string]string{"posts/b.md": "good"})
	if got := onDesk(); len(got) > 0 {
		t.Errorf("on the desk after a copy was published: %q", got)
	}
	save("posts/b.md", "newer")
	mustCommit(t, s, Change{Author: ada}, map[string]string{"posts/b.md": "older"})
	if got := onDesk(); !maps.Equal(got, map[string]string{"posts/b.md": "newer"}) {
		t.Errorf("on the desk: %q", got)
	}
	if err := s.Discard("posts/b.md"); err != nil {
		t.Fatal(err)
	}
	if err := s.Discard("posts/b.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("discarded twice: %v", err)
	}
}

// TestDeskSynced: a power cut takes no file that was saved or unpublished, since the directories that lead to it are written
// before Save returns, and before the site is shown without the file.
func TestDeskSynced(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a/b/c.md": "text"})
	var steps []string
	s.step = func(name string) { steps = append(steps, name) }
	want := []string{"synced desk/a/b", "synced desk/a", "synced desk"}
	if _, err := s.Unpublish(t.Context(), Change{Author: ada}, "a/b/c.md"); err != nil || len(steps) < 3 || !slices.Equal(steps[:3], want) {
		t.Errorf("unpublished in the steps %q, %v", steps, err)
	}
	u, err := s.NewUpload()
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	f, err := u.Add(strings.NewReader("text"))
	if err != nil {
		t.Fatal(err)
	}
	steps = nil
	if err := s.Save("a/b/d.md", f); err != nil || !slices.Equal(steps, want) {
		t.Errorf("saved in the steps %q, %v", steps, err)
	}
}

// TestReadTreeThatChanges: a file that goes while the desk is read takes no other one with it.
func TestReadTreeThatChanges(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	on := filepath.Join(s.dir, desk)
	const others = 100
	for i := range others {
		if err := os.WriteFile(filepath.Join(on, fmt.Sprintf("%c%d", "az"[i%2], i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan struct{})
	var comes sync.WaitGroup
	comes.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
				_ = os.WriteFile(filepath.Join(on, "m"), nil, 0o600)
				_ = os.Remove(filepath.Join(on, "m"))
			}
		}
	})
	for range 300 {
		saved, err := s.Saved()
		if err != nil || len(saved) < others {
			t.Errorf("%d files of %d, %v", len(saved), others, err)
			break
		}
	}
	close(done)
	comes.Wait()
}

// crashing names, in the environment of a child, the step at which it kills itself.
const crashing = "POSTERN_TEST_CRASH"

// A commit that is killed between any two of its steps leaves the old tree or the new one, and the next start clears up: with a
// spare to begin with, and without.
func TestKilledBetweenSteps(t *testing.T) {
	before, after := map[string]string{"a.md": "old", "dir/c.md": "same"}, map[string]string{"b.md": "new", "dir/c.md": "same"}
	if step, dropped := strings.CutSuffix(os.Getenv(crashing), " without a spare"); step != "" {
		s := open(t, os.Getenv(crashing+"_DIR"), DefaultLimits())
		mustCommit(t, s, Change{Author: ada}, before)
		s.background.Wait()
		if dropped {
			s.Close()
		}
		s.step = func(name string) {
			if name == step {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
		}
		mustCommit(t, s, Change{Author: bob, Remove: []string{"a.md"}}, map[string]string{"b.md": "new"})
		t.Fatalf("there is no step %q", step)
	}
	steps := []string{"laid out", "checked", "synced", "renamed", "logged", "linked", "swapped"}
	for _, step := range steps {
		steps = append(steps, step+" without a spare")
	}
	for _, step := range steps {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			child := exec.Command(os.Args[0], "-test.run=^TestKilledBetweenSteps$")
			child.Env = append(os.Environ(), crashing+"="+step, crashing+"_DIR="+dir)
			out, err := child.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("the child: %v\n%s", err, out)
			}
			s := open(t, dir, DefaultLimits())
			want, records := before, 1
			if strings.HasPrefix(step, "swapped") {
				want, records = after, 2
			}
			wantCurrent(t, s, want)
			if history, err := s.History(0); len(history) != records || err != nil {
				t.Errorf("history: %+v, %v", history, err)
			}
			for _, name := range []string{staging, spares} {
				if left := contents(t, filepath.Join(dir, name)); len(left) > 0 {
					t.Errorf("left in %s: %q", name, left)
				}
			}
			if all, _ := s.kept(); len(all) != records {
				t.Errorf("generations left: %v", all)
			}
			mustCommit(t, s, Change{Author: ada}, map[string]string{"c.md": "goes on"})
		})
	}
}

// A record that is not whole, as a power cut leaves one, ends the log.
func TestTornLog(t *testing.T) {
	dir := t.TempDir()
	mustCommit(t, open(t, dir, DefaultLimits()), Change{Author: ada}, map[string]string{"a.md": "1"})
	f, err := os.OpenFile(filepath.Join(dir, logFile), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString(`{"generation":2,"ti`)
	f.Close()
	s := open(t, dir, DefaultLimits())
	mustCommit(t, s, Change{Author: bob}, map[string]string{"a.md": "2"})
	if history, err := s.History(0); len(history) != 2 || err != nil {
		t.Errorf("history: %+v, %v", history, err)
	}
}

func TestCheckPath(t *testing.T) {
	for _, good := range []string{"a.md", "posts/ä.md", "a b/c d.png", ".swp", ".gitignore", ".github/x", "a.git", "می\u200cخواهم.md"} {
		if err := CheckPath(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", ".", "..", "/a", "a/", "a//b", "../a", "a/../b", "a\x00b", "a\nb", "a\xffb", `a\b`, "a\u202eb", ".git", "a/.GIT/config", "git~1/x", ".git::$INDEX", ".g\u200cit/config", ".git. ",
		strings.Repeat("a", 241), strings.Repeat("a/", 32) + "a", strings.Repeat("abcd/", 300) + "a"} {
		if CheckPath(bad) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	for _, bad := range [][]string{{"a.md", "A.md"}, {"é.md", "e\u0301.md"}, {"a", "a/b"}, {"Straße", "strasse"}} {
		if checkTree(bad) == nil {
			t.Errorf("%q are taken together", bad)
		}
	}
}

// Whatever a path is, it leads nowhere but into the tree.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"a.md", "../a", "a/../../b", "/etc/passwd", "a\x00", ".", "é/e\u0301"} {
		f.Add(s)
	}
	dir := f.TempDir()
	s, err := Open(dir, DefaultLimits(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name string) {
		u, err := s.NewUpload()
		if err != nil {
			t.Fatal(err)
		}
		defer u.Close()
		file, err := u.Add(strings.NewReader("text"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), Change{Whole: true, Put: map[string]File{name: file}}); err != nil {
			return
		}
		got := contents(t, s.Path())
		if len(got) > 1 || len(got) == 1 && got[name] != "text" {
			t.Errorf("%q made %q", name, got)
		}
		if err := fstest.TestFS(os.DirFS(filepath.Join(dir, current)), name); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkCommit publishes one changed file of 10,000.
func BenchmarkCommit(b *testing.B) {
	s, err := Open(b.TempDir(), DefaultLimits(), nil)
	if err != nil {
		b.Fatal(err)
	}
	u, err := s.NewUpload()
	if err != nil {
		b.Fatal(err)
	}
	defer u.Close()
	c := Change{Author: ada, Put: map[string]File{}}
	for i := range 10_000 {
		name := fmt.Sprintf("%s/first-%d", u.dir, i)
		if err := os.WriteFile(s.path(name), []byte(fmt.Sprint(i)), 0o600); err != nil {
			b.Fatal(err)
		}
		c.Put[fmt.Sprintf("posts/%d/%d.md", i%20, i)] = File{name}
	}
	if _, err := s.Commit(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	n := 0
	for b.Loop() {
		n++
		f, err := u.Add(strings.NewReader(fmt.Sprint("changed ", n)))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Commit(b.Context(), Change{Author: ada, Put: map[string]File{"posts/7/7.md": f}}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestDeskOverlay: an author sees what is published with what is saved over it.
func TestDeskOverlay(t *testing.T) {
	s := open(t, t.TempDir(), DefaultLimits())
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "one", "b/c.md": "two", "b/d.md": "three"})
	u, err := s.NewUpload()
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	for _, name := range []string{"b/c.md", "e/f.md"} {
		f, err := u.Add(strings.NewReader("saved"))
		if err == nil {
			err = s.Save(name, f)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	o, err := s.Desk()
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if err := fstest.TestFS(o, "a.md", "b/c.md", "b/d.md", "e/f.md"); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"a.md": "one", "b/c.md": "saved", "b/d.md": "three", "e/f.md": "saved"} {
		if got, err := fs.ReadFile(o, name); string(got) != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestSession: what one session publishes in a row is one publication, which is undone as a whole, and of which nothing is kept
// but the end.
func TestSession(t *testing.T) {
	s := open(t, t.TempDir(), Limits{Keep: 3})
	mustCommit(t, s, Change{Author: ada}, map[string]string{"a.md": "1", "b.md": "1"})
	in := Change{Author: bob, Way: "sftp", Session: "s"}
	mustCommit(t, s, in, map[string]string{"a.md": "2"})
	mustCommit(t, s, in, map[string]string{"c.md": "1"})
	mustCommit(t, s, in, map[string]string{"c.md": "2", "d.md": "1"})
	in.Remove = []string{"b.md", "d.md"}
	mustCommit(t, s, in, nil)
	in.Remove = nil
	mustCommit(t, s, in, map[string]string{"b.md": "2"})
	history, err := s.History(1)
	if err != nil || len(history) != 1 {
		t.Fatalf("%d publications, %v", len(history), err)
	}
	p := history[0]
	if p.Generation != 6 || p.From != 1 || !slices.Equal(p.Added, []string{"c.md"}) || !slices.Equal(p.Changed, []string{"a.md", "b.md"}) || len(p.Removed) > 0 {
		t.Errorf("the publication is %+v", p)
	}
	s.Close()
	if kept, _ := s.kept(); !slices.Equal(kept, []int{1, 5, 6}) {
		t.Errorf("the generations %v are kept", kept)
	}
	if _, err := s.Undo(t.Context(), Change{Author: ada}); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, s, map[string]string{"a.md": "1", "b.md": "1"})
	mustCommit(t, s, in, map[string]string{"e.md": "1"})
	if history, _ := s.History(0); len(history) != 4 {
		t.Errorf("%d publications, and not 4: what came between two parts of a session parts them", len(history))
	}
}
