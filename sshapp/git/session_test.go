package git_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/go-git/go-git/v6/plumbing"

	"postern/content/publish"
	"postern/sshapp/admission/work"
	"postern/sshapp/git"
)

// A waiting is a client that notes whether a session has the turn while it waits for it.
type waiting struct {
	io.Reader
	queue        *work.Queue
	used, inTurn int
}

func (w *waiting) look() {
	w.used++
	w.inTurn += w.queue.Running()
}

func (w *waiting) Read(p []byte) (int, error) {
	w.look()
	return w.Reader.Read(p)
}

func (w *waiting) Write(p []byte) (int, error) {
	w.look()
	return len(p), nil
}

// TestTurn: others have their turn while a push waits for its client.
func TestTurn(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	queue := work.NewQueue(1, 1<<20)
	first := c.post("# Bread\n")
	client := &waiting{bytes.NewReader(request(plumbing.ZeroHash, first, c.pack())), queue, 0, 0}
	session := git.Session{Context: t.Context(), Publisher: s.Publisher, Author: ada, Turn: queue.Turn(new(work.Source), nil), In: client, Out: client}
	var err error
	if !session.Turn.Do(work.Command, 0, func() { err = session.Receive() }) || err != nil || s.generation() != 1 {
		t.Errorf("generation %d, %v", s.generation(), err)
	}
	if client.used == 0 || client.inTurn > 0 || queue.Running() > 0 {
		t.Errorf("it had the turn %d of %d times, and %d run", client.inTurn, client.used, queue.Running())
	}
}
