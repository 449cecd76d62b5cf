package git_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/filemode"

	"postern/content/publish"
)

// TestPushRefused pushes what is refused. Nothing of it is left, and the next push is none the worse for it.
func TestPushRefused(t *testing.T) {
	limits := publish.Limits{Bytes: 1 << 20, Files: 100, Keep: 20}
	deep := func(c *clone, n int, mode filemode.FileMode) plumbing.Hash {
		h := c.tree(entry{mode, "bread.md", c.add(plumbing.BlobObject, "# Bread\n")})
		for range n {
			h = c.tree(entry{filemode.Dir, "a", h})
		}
		return h
	}
	wide := func(c *clone, n int) plumbing.Hash {
		h := c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, "# Bread\n")})
		for range n {
			var all []entry
			for i := range 10 {
				all = append(all, entry{filemode.Dir, fmt.Sprint("d", i), h})
			}
			h = c.tree(all...)
		}
		return h
	}
	named := func(mode filemode.FileMode, names ...string) func(*clone) plumbing.Hash {
		return func(c *clone) plumbing.Hash {
			var all []entry
			for _, name := range names {
				all = append(all, entry{mode, name, c.add(plumbing.BlobObject, "# Bread\n")})
			}
			return c.tree(all...)
		}
	}
	for name, test := range map[string]struct {
		tree func(*clone) plumbing.Hash
		says string
	}{
		"a broken post": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", c.add(plumbing.BlobObject, "---\ntitle: x\ndate: 2024-13-01\n---\n")})
		}, "a.md:3:"},
		"10 million files": {func(c *clone) plumbing.Hash { return wide(c, 7) }, "quota of 100 files"},
		"101 files":        {func(c *clone) plumbing.Hash { return wide(c, 2) }, "quota of 100 files"},
		"33 directories":   {func(c *clone) plumbing.Hash { return deep(c, 33, filemode.Regular) }, "has more than 32 parts"},
		"200 directories":  {func(c *clone) plumbing.Hash { return deep(c, 200, filemode.Regular) }, "more than 128 deep"},
		"a symbolic link":  {named(filemode.Symlink, "a.md"), "a.md is a symbolic link"},
		"a submodule":      {named(filemode.Submodule, "theme"), "theme is a submodule"},
		"a pointer of LFS": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", c.add(plumbing.BlobObject, "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n")})
		}, "a pointer of Git LFS"},
		"..":                  {named(filemode.Regular, ".."), "not valid"},
		".":                   {named(filemode.Regular, "."), "not valid"},
		"no name":             {named(filemode.Regular, ""), "not valid"},
		"a slash":             {named(filemode.Regular, "../../a.md"), "not valid"},
		"a backslash":         {named(filemode.Regular, `..\a.md`), "not valid"},
		".git":                {named(filemode.Regular, ".git"), "not valid"},
		".GIT":                {named(filemode.Regular, ".GIT"), "not valid"},
		".git with a joiner":  {named(filemode.Regular, ".g\u200cit"), "not valid"},
		"git~1":               {named(filemode.Regular, "git~1"), "not valid"},
		"a control character": {named(filemode.Regular, "a\x1b[2J.md"), "not valid"},
		"no UTF-8":            {named(filemode.Regular, "a\xff.md"), "not valid UTF-8"},
		"4 KB":                {named(filemode.Regular, strings.Repeat("a", 4096)), "too long"},
		"another case":        {named(filemode.Regular, "A.md", "a.md"), "differ in case"},
		"another form":        {named(filemode.Regular, "\u00e9.md", "e\u0301.md"), "differ in case or in the form"},
		"twice":               {named(filemode.Regular, "a.md", "a.md"), "not valid"},
		"the null hash":       {func(c *clone) plumbing.Hash { return c.tree(entry{filemode.Regular, "a.md", plumbing.ZeroHash}) }, "not valid"},
		"a missing blob": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", plumbing.NewHash("1111111111111111111111111111111111111111")})
		}, "not valid"},
		"a missing tree": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Dir, "a", plumbing.NewHash("1111111111111111111111111111111111111111")})
		}, "not valid"},
		"a tree for a blob": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", deep(c, 0, filemode.Regular)})
		}, "a.md"},
		"garbage for a tree": {func(c *clone) plumbing.Hash { return c.add(plumbing.TreeObject, "garbage") }, "not valid"},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := newSite(t, limits), newClone(t)
			first := c.post("# Bread\n")
			if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
				t.Fatalf("%v, %q", err, out)
			}
			objects := s.files("git")
			next := c.commit(test.tree(c), first)
			out, err := s.push(first, next, c.pack())
			if err == nil || !strings.Contains(out, test.says) || !strings.Contains(out, "ng refs/heads/main") {
				t.Errorf("it is answered: %v, %q", err, out)
			}
			s.mustBe(1, first, objects)
			good := c.post("# Bread\n\nFlour.\n", first)
			if out, err := s.push(first, good, c.pack()); err != nil {
				t.Errorf("the next push: %v, %q", err, out)
			}
		})
	}
}

// TestDeepHistory: trees don't grow deeper and deeper from push to push, in commits that were never published.
func TestDeepHistory(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	tree := c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, "# Bread\n")})
	deepen := func() {
		for range 100 {
			tree = c.tree(entry{filemode.Dir, "a", tree})
		}
	}
	deepen()
	first := c.post("# Bread\n", c.commit(tree))
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
		t.Fatalf("100 directories: %v, %q", err, out)
	}
	deepen()
	second := c.post("# Bread\n", c.commit(tree, first))
	if out, err := s.push(first, second, c.pack()); err == nil || !strings.Contains(out, "more than 128 deep") {
		t.Errorf("200 directories: %v, %q", err, out)
	}
}
