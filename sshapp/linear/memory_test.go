package linear_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"postern/sshapp/blog"
	"postern/sshapp/linear"
	"postern/sshapp/state"
)

// TestMemory: a reader who is remembered is told all of it in words.
func TestMemory(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today.AddDate(0, 0, -10)))
		log := slog.New(slog.DiscardHandler)
		db := state.NewDatabase(dir, log)
		keeper := state.NewKeeper(dir, db, log)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			keeper.Run(ctx)
			close(ended)
		}()
		defer func() {
			stop()
			<-ended
			db.Close()
		}()
		var body strings.Builder
		for i := range 40 {
			fmt.Fprintf(&body, "Paragraph %d of it.\n\n", i)
		}
		files := fstest.MapFS{"2026-11-01-long.md": {Data: []byte("---\ntitle: Long\n---\n" + body.String())}}
		b, replace := load(t, files)
		var memory *state.Memory
		visit := func(target string) *linear.Session {
			t.Helper()
			m, err := keeper.Visit([]byte("the reader's key"), true)
			if err != nil {
				t.Fatal(err)
			}
			memory = m
			s := linear.New(b, blog.Reader{Host: "blog.example.com", Memory: m}, target)
			s.Resize(80, 12)
			return s
		}
		leave := func() {
			memory.Leave()
			time.Sleep(5 * 24 * time.Hour)
		}
		says := func(got string, want ...string) {
			t.Helper()
			for _, text := range want {
				if !strings.Contains(got, text) {
					t.Errorf("it doesn't say %q:\n%s", text, got)
				}
			}
		}

		s := visit("")
		says(s.Greeting(), "Shall this blog remember you?", "13 months", "ssh me@blog.example.com forget", "Type yes if so, or read on.")
		says(s.Answer("bookmarks"), "Type yes to be remembered first.")
		s.Answer("1")
		if leave(); memory.Agreed() {
			t.Error("who reads on has agreed")
		}

		s = visit("")
		s.Greeting()
		says(s.Answer("yes"), "You are remembered from now on.")
		says(s.Answer("yes"), "already")
		says(s.Answer("bookmarks"), "There are no bookmarks yet.")
		says(s.Answer("new"), "Nothing is new")
		says(s.Answer("1"), "Heading 1: Long", "Paragraph 2 of it.")
		says(s.Answer(""), "Paragraph 3 of it.")
		says(s.Answer("bookmark"), "Bookmarked: Paragraph 3 of it.\n")
		says(s.Answer("list"), "% of 1 min")
		leave()

		files["2026-11-20-fresh.md"] = &fstest.MapFile{Data: []byte("---\ntitle: A fresh one\n---\nShort.\n")}
		replace(files)
		s = visit("")
		says(s.Greeting(), "1 new since you were last here, 2026-11-17. Type new to hear them.", "1. A fresh one, 2026-11-20, new, 1 min", "% of 1 min")
		says(s.Answer("new"), "New: 1, newest first.", "A fresh one")
		says(s.Answer("1"), "Short.")
		says(s.Answer("list"), "1. A fresh one, 2026-11-20, read, 1 min")
		if got := s.Answer("long"); !strings.HasPrefix(got, "Long, from where you left it. Type top for the beginning.\nParagraph 8 of it.\n") {
			t.Errorf("it goes on with %q", got)
		}
		says(s.Answer("bookmarks"), "Bookmarks: 1, newest first.", "1. Long, 2026-11-17. Paragraph 3 of it.")
		if got := s.Answer("1"); !strings.HasPrefix(got, "Paragraph 3 of it.\n") {
			t.Errorf("the bookmark leads to %q", got)
		}
		says(s.Answer("bookmark"), "The bookmark is gone: Paragraph 3 of it.")
		leave()
	})
	b, _ := load(t, exampleBlog(t))
	s := linear.New(b, blog.Reader{Host: "blog.example.com"}, "")
	s.Greeting()
	for _, line := range []string{"yes", "new", "bookmarks"} {
		if got := s.Answer(line); got != "To be remembered, come with a key: ssh me@blog.example.com\n" {
			t.Errorf("without a key, %s says %q", line, got)
		}
	}
}
