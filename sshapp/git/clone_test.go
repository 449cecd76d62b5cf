package git_test

import (
	"bytes"
	"fmt"
	"io"
	"sort"
	"strings"
	"testing"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/filemode"
	"github.com/go-git/go-git/v6/plumbing/format/packfile"
	"github.com/go-git/go-git/v6/plumbing/object"
	"github.com/go-git/go-git/v6/storage/memory"
)

// A clone is an author's own repository.
type clone struct {
	*memory.Storage
	t     testing.TB
	added []plumbing.Hash // that no push has sent
}

func newClone(t testing.TB) *clone { return &clone{memory.NewStorage(), t, nil} }

func (c *clone) add(kind plumbing.ObjectType, data string) plumbing.Hash {
	c.t.Helper()
	o := c.NewEncodedObject()
	o.SetType(kind)
	w, err := o.Writer()
	if err != nil {
		c.t.Fatal(err)
	}
	_, _ = io.WriteString(w, data)
	h, err := c.SetEncodedObject(o)
	if err != nil {
		c.t.Fatal(err)
	}
	c.added = append(c.added, h)
	return h
}

// An entry is one of a tree, which need not be valid.
type entry struct {
	mode filemode.FileMode
	name string
	hash plumbing.Hash
}

func (c *clone) tree(entries ...entry) plumbing.Hash {
	c.t.Helper()
	sort.Slice(entries, func(i, j int) bool { return entries[i].name < entries[j].name })
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%o %s\x00%s", e.mode, e.name, e.hash.Bytes())
	}
	return c.add(plumbing.TreeObject, b.String())
}

func (c *clone) commit(tree plumbing.Hash, parents ...plumbing.Hash) plumbing.Hash {
	c.t.Helper()
	who := object.Signature{Name: "Ada", Email: "ada@example.com"}
	o := c.NewEncodedObject()
	err := (&object.Commit{Author: who, Committer: who, Message: "A change.\n", TreeHash: tree, ParentHashes: parents}).Encode(o)
	if err != nil {
		c.t.Fatal(err)
	}
	h, err := c.SetEncodedObject(o)
	if err != nil {
		c.t.Fatal(err)
	}
	c.added = append(c.added, h)
	return h
}

// post adds a commit with one post of a text.
func (c *clone) post(text string, parents ...plumbing.Hash) plumbing.Hash {
	c.t.Helper()
	return c.commit(c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, text)}), parents...)
}

// pack returns a pack of what was added.
func (c *clone) pack() []byte {
	c.t.Helper()
	var b bytes.Buffer
	if _, err := packfile.NewEncoder(&b, c, false).Encode(c.added, 0); err != nil {
		c.t.Fatal(err)
	}
	c.added = nil
	return b.Bytes()
}

func (c *clone) parents(tip plumbing.Hash) []plumbing.Hash {
	if tip.IsZero() {
		return nil
	}
	return []plumbing.Hash{tip}
}
