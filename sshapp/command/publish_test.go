package command_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"postern/content"
	"postern/content/publish"
	"postern/sshapp/admission/work"
	"postern/sshapp/command"
	"postern/sshapp/publishing"
)

// A turnSpy is a context and an input that note whether a command has the turn while it uses them.
type turnSpy struct {
	context.Context
	io.Reader
	queue        *work.Queue
	used, inTurn int
}

func (s *turnSpy) look() {
	s.used++
	s.inTurn += s.queue.Running()
}

func (s *turnSpy) Err() error {
	s.look()
	return s.Context.Err()
}

func (s *turnSpy) Read(p []byte) (int, error) {
	s.look()
	return s.Reader.Read(p)
}

// TestPublishingTakesNoTurn: readers don't wait while an author's command waits for its client or for the disk.
func TestPublishingTakesNoTurn(t *testing.T) {
	manual, err := content.NewScan(kitchen())
	if err != nil {
		t.Fatal(err)
	}
	p, err := publishing.Open(t.TempDir(), publish.DefaultLimits(), "the manual", manual)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	c := newCaller(t, fstest.MapFS{"bread.md": kitchen()["bread.md"]})
	queue := work.NewQueue(1, 0)
	for _, line := range []string{"publish", "diff 1"} {
		spy := &turnSpy{Context: t.Context(), Reader: strings.NewReader("---\ntitle: Bread\ndate: 2026-01-02\n---\n"), queue: queue}
		c.call.Context, c.call.Turn = spy, queue.Turn(new(work.Source), nil)
		c.call.Author = &command.Author{Author: publish.Author{Name: "ada"}, Publisher: p, Stdin: spy}
		if code, stdout, stderr := c.run(line); code != 0 || stdout == "" {
			t.Fatalf("%s: code %d, %q, %q", line, code, stdout, stderr)
		}
		if spy.used == 0 || spy.inTurn > 0 {
			t.Errorf("%s: had the turn %d of %d times", line, spy.inTurn, spy.used)
		}
	}
}
