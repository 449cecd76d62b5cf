package command_test

import (
	"bytes"
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"postern/content"
	"postern/sshapp/command"
)

// A changing blog is one whose posts a test replaces.
type changing struct{ now atomic.Pointer[published] }

// published is a library, and a channel that is closed when another replaces it.
type published struct {
	lib     *content.Library
	changed chan struct{}
}

func (b *changing) publish(t *testing.T, files fstest.MapFS) {
	t.Helper()
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if old := b.now.Swap(&published{lib, make(chan struct{})}); old != nil {
		close(old.changed)
	}
	synctest.Wait()
}

// output is what a command has written so far. It is safe for concurrent use.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *output) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *output) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

// TestWait: wait prints a line for each post when it is published, by its file or by the clock, and only once.
func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		posts := kitchen()
		b := &changing{}
		b.publish(t, posts)
		shutdown := make(chan struct{})
		wait := func(line string) (*output, context.CancelCauseFunc, chan command.Outcome) {
			c := newCaller(t, posts)
			blog := *c.call.Blog
			blog.Edition = func() *content.Edition { return b.now.Load().lib.At(time.Now()) }
			blog.Changed = func() <-chan struct{} { return b.now.Load().changed }
			ctx, cancel := context.WithCancelCause(context.Background())
			call, out := c.call, &output{}
			call.Context, call.Blog, call.Shutdown, call.Stdout, call.Stderr = ctx, &blog, shutdown, out, &c.stderr
			done := make(chan command.Outcome, 1)
			go func() { done <- call.Run(line) }()
			return out, cancel, done
		}
		all, hangUp, ended := wait("wait")
		tagged, _, two := wait("wait -n 2 --tag food")
		expect := func(out *output, want string) {
			t.Helper()
			synctest.Wait()
			if out.String() != want {
				t.Errorf("at %s its output is %q, want %q", time.Now().Format(time.DateTime), out, want)
			}
		}
		expect(all, "")

		posts["new.md"] = &fstest.MapFile{Data: []byte("---\ntitle: New\ndate: 2026-11-22\n---\nx\n")}
		posts["older.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Older\ndate: 2026-05-22\ntags: [food]\n---\nx\n")}
		b.publish(t, posts)
		want := "2026-05-22\tolder\tOlder\n2026-11-22\tnew\tNew\n"
		expect(all, want)
		expect(tagged, "2026-05-22\tolder\tOlder\n")

		// A post that is changed, renamed, removed or restored is not printed.
		posts["new.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Newer\ndate: 2026-11-21\n---\ny\n")}
		posts["renamed.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Older\nslug: older\ndate: 2026-05-23\n---\nx\n")}
		delete(posts, "older.md")
		b.publish(t, posts)
		newer := posts["new.md"]
		delete(posts, "new.md")
		b.publish(t, posts)
		posts["new.md"] = newer
		b.publish(t, posts)
		expect(all, want)
		delete(posts, "new.md")
		posts["other-name.md"] = newer
		b.publish(t, posts)
		expect(all, want)
		before := posts
		b.publish(t, fstest.MapFS{})
		b.publish(t, before)
		expect(all, want)

		time.Sleep(12*time.Hour - time.Second) // the future post is dated tomorrow, at midnight
		expect(all, want)
		time.Sleep(time.Second)
		want += "2026-11-23\tfuture\tSecret two\n"
		expect(all, want)
		expect(tagged, "2026-05-22\tolder\tOlder\n2026-11-23\tfuture\tSecret two\n")
		if o := <-two; o.Code != 0 || o.Command != "wait" {
			t.Errorf("after its second post: %+v", o)
		}

		hangUp(context.Canceled)
		if o := <-ended; o.Code != 1 {
			t.Errorf("after a hangup: %+v", o)
		}
		_, _, ended = wait("wait")
		close(shutdown)
		if o := <-ended; o.Code != 1 {
			t.Errorf("when the server stops: %+v", o)
		}
	})
}
