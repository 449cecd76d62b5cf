package git_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/filemode"

	"postern/content/publish"
	"postern/sshapp/git"
)

// TestPush pushes one post after the other.
func TestPush(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	if !s.tip().IsZero() {
		t.Error("an empty site has a commit")
	}
	first := c.post("# Bread\n")
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil || !strings.Contains(out, "ok refs/heads/main") {
		t.Fatalf("%v, %q", err, out)
	}
	second := c.post("# Bread\n\nFlour.\n", first)
	if out, err := s.push(first, second, c.pack()); err != nil || !strings.Contains(out, "changed\tbread.md") {
		t.Fatalf("%v, %q", err, out)
	}
	if s.generation() != 2 || s.tip() != second || s.files("staging") > 0 {
		t.Errorf("generation %d, tip %s, %d files on their way", s.generation(), s.tip(), s.files("staging"))
	}
	same := c.commit(c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, "# Bread\n\nFlour.\n")}), second)
	if out, err := s.push(second, same, c.pack()); err != nil || s.generation() != 2 || s.tip() != same {
		t.Errorf("a commit that changes nothing: generation %d, tip %s, %v, %q", s.generation(), s.tip(), err, out)
	}
}

// TestGone: a push whose client goes before it is whole publishes nothing, and leaves nothing.
func TestGone(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	all := request(plumbing.ZeroHash, c.post("# Bread\n"), c.pack())
	in, feed := io.Pipe()
	go func() {
		_, _ = feed.Write(all[:len(all)-10])
		cancel(errors.New("the client is gone"))
		feed.CloseWithError(context.Cause(ctx))
	}()
	session := git.Session{Context: ctx, Publisher: s.Publisher, Author: ada, In: in, Out: io.Discard}
	if err := session.Receive(); err == nil || !strings.Contains(err.Error(), "the client is gone") {
		t.Errorf("it ends with %v", err)
	}
	if s.generation() != 0 || s.files("staging") > 0 {
		t.Errorf("generation %d, %d files are left", s.generation(), s.files("staging"))
	}
}

// TestTwoPushes pushes twice at once: one is published, and the other is told to pull.
func TestTwoPushes(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	first := c.post("# Bread\n")
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
		t.Fatalf("%v, %q", err, out)
	}
	answers := make(chan string)
	for i := range 2 {
		next := c.post(fmt.Sprintf("# Bread\n\n%d\n", i), first)
		pack := c.pack()
		go func() {
			out, _ := s.push(first, next, pack)
			answers <- out
		}()
	}
	both := <-answers + <-answers
	if strings.Count(both, "ok refs/heads/main") != 1 || strings.Count(both, "ng refs/heads/main") != 1 || s.generation() != 2 {
		t.Errorf("generation %d, %q", s.generation(), both)
	}
}

// FuzzReceive sends any bytes as a push: it is published if the client is told so, and nothing is left of it on its way.
func FuzzReceive(f *testing.F) {
	c := newClone(f)
	whole := request(plumbing.ZeroHash, c.post("# Bread\n"), c.pack())
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add([]byte("0000"))
	f.Add([]byte("ffff"))
	f.Add(whole[:200])
	f.Fuzz(func(t *testing.T, sent []byte) {
		s := newSite(t, publish.Limits{Bytes: 1 << 20, Files: 100, Keep: 3})
		out, err := s.receive(sent)
		if published := strings.Contains(out, "ok refs/heads/main"); published != (s.generation() > 0) {
			t.Errorf("generation %d, %v, %q", s.generation(), err, out)
		}
		if n := s.files("staging"); n > 0 {
			t.Errorf("%d files are left", n)
		}
	})
}
