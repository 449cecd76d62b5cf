package git_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v6/plumbing"

	"postern/content/publish"
)

// TestFollow publishes in other ways: each publication is a commit.
func TestFollow(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	put := func(path, text string) {
		t.Helper()
		change, err := s.Begin(ada, "sftp")
		if err != nil {
			t.Fatal(err)
		}
		defer change.Close()
		if err := change.Put(path, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		if _, err := change.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	put("bread.md", "# Bread\n")
	put("soup/index.md", "# Soup\n")
	tip := s.tip()
	next := c.post("# Bread\n\nFlour.\n", tip)
	if out, err := s.push(tip, next, c.pack()); err != nil || !strings.Contains(out, "removed\tsoup/index.md") {
		t.Fatalf("%v, %q", err, out)
	}
	put("tea.md", "# Tea\n")
	after := c.post("# Bread\n", next)
	pack := c.pack()
	if out, err := s.push(next, after, pack); err == nil || !strings.Contains(out, "something was published since") {
		t.Errorf("a push over a publication: %v, %q", err, out)
	}
	forced := c.post("# Bread\n")
	if out, err := s.push(s.tip(), forced, c.pack()); err == nil || !strings.Contains(out, "take back") {
		t.Errorf("a push of another history: %v, %q", err, out)
	}
	if s.generation() != 4 {
		t.Errorf("generation %d", s.generation())
	}
}

// TestInterrupted takes back one step after the other of a push, as if the server had been killed between them. The next use of
// the repository puts it right: the published files are those of its branch.
func TestInterrupted(t *testing.T) {
	for name, undone := range map[string]func(s *site, before map[string]string){
		"the note":                           func(s *site, before map[string]string) { s.write("git/generation", before["git/generation"]) },
		"a note of what was never published": func(s *site, before map[string]string) { s.write("git/generation", "99\n") },
		"the branch": func(s *site, before map[string]string) {
			s.write("git/generation", before["git/generation"])
			s.write("git/refs/heads/main", before["git/refs/heads/main"])
		},
		"the objects": func(s *site, before map[string]string) {
			for name, text := range s.read("git") {
				if old, ok := before[name]; !ok {
					s.remove(name)
				} else if old != text {
					s.write(name, old)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := newSite(t, publish.DefaultLimits()), newClone(t)
			first := c.post("# Bread\n")
			if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
				t.Fatalf("%v, %q", err, out)
			}
			before := s.read("git")
			second := c.post("# Bread\n\nFlour.\n", first)
			sent := slices.Clone(c.added)
			if out, err := s.push(first, second, c.pack()); err != nil {
				t.Fatalf("%v, %q", err, out)
			}
			undone(s, before)
			s.write("staging/999999999-1/objects/00/half", "what is half there")
			s = openSite(t, s.dir, publish.DefaultLimits())
			tip := s.tip()
			if kept := name == "the note"; kept != (tip == second) {
				t.Errorf("the tip is %s", tip)
			}
			if s.files("staging") > 0 {
				t.Error("something is left on its way in")
			}
			third := c.post("# Bread\n\nFlour and water.\n", second, tip) // as git pull makes one
			c.added = append(c.added, sent...)
			if out, err := s.push(tip, third, c.pack()); err != nil || !strings.Contains(out, "changed\tbread.md") {
				t.Errorf("the next push: %v, %q", err, out)
			}
			if s.generation() != 3 {
				t.Errorf("generation %d", s.generation())
			}
		})
	}
}
