package git_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-git/go-git/v6/plumbing"

	"postern/content/publish"
	"postern/sshapp/git"
)

// TestQuotaOfHistory: the history has a quota of its own, and what is published stays when it is reached.
func TestQuotaOfHistory(t *testing.T) {
	s, c := newSite(t, publish.Limits{Bytes: 100 << 10, Files: 100, Keep: 3}), newClone(t)
	tip := plumbing.ZeroHash
	for i := range 20 {
		next := c.post(fmt.Sprintf("# Bread\n\n%d\n", i), append([]plumbing.Hash{}, c.parents(tip)...)...)
		out, err := s.push(tip, next, c.pack())
		if err != nil {
			if i < 5 || !strings.Contains(out, "the history in Git has reached the site's quota") {
				t.Errorf("push %d: %v, %q", i, err, out)
			}
			if s.generation() != i {
				t.Errorf("generation %d", s.generation())
			}
			return
		}
		tip = next
	}
	t.Error("the history has no end")
}

// TestNames: a client may write the repository's name in a few ways.
func TestNames(t *testing.T) {
	for name, want := range map[string]bool{"blog": true, "/blog": true, "blog.git": true, "/blog.git": true, "blog/": true, "": false, "/": false, "../blog": false, "notes": false} {
		if git.IsName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
