package command_test

import (
	"bytes"
	"context"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/command"
	"postern/sshapp/files"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// today is the time in all tests of this package.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// kitchen returns a blog with one of each kind of post and link that commands distinguish.
func kitchen() fstest.MapFS {
	return fstest.MapFS{
		"postern.toml": {Data: []byte("title = \"A test\"\ndescription = \"What it says.\"\nlanguage = \"en\"\n")},
		"bread.md": {Data: []byte(`---
title: On bread
date: 2026-11-20
tags: [food, patience]
series: Kitchen
author: Ann
description: Flour and water.
---
Take flour. See [the other](soup.md), [a site](<https://example.com/a b>), [it again](https://example.com/a%20b),
[the draft](draft.md) and [below](#the-oven).

## The oven

Hot, and <https://example.org/>.

### Its door

Closed.
`)},
		"soup.md":     {Data: []byte("---\ntitle: Soup & more\ndate: 2026-10-02\ntags: [food]\nseries: Kitchen\naliases: [broth]\n---\nBoil *water*.")},
		"soup.es.md":  {Data: []byte("---\ntitle: Sopa\ndate: 2026-10-02\ntags: [comida]\n---\nHervir agua.\n")},
		"crlf.md":     {Data: []byte("---\r\ntitle: Ends\r\ndate: 2025-01-02\r\n---\r\nOne\r\ntwo\r\n")},
		"escape.md":   {Data: []byte("---\ntitle: Escape\ndate: 2024-01-02\n---\nRed \x1b[31mtext\xff.\n")},
		"draft.md":    {Data: []byte("---\ntitle: Secret one\ndate: 2026-01-01\ndraft: true\ntags: [secret]\n---\nsecret\n")},
		"future.md":   {Data: []byte("---\ntitle: Secret two\ndate: 2026-11-23\ntags: [food]\n---\nsecret\n")},
		"unlisted.md": {Data: []byte("---\ntitle: Secret three\ndate: 2026-01-01\nunlisted: true\ntags: [secret]\n---\nOnly by its ~~name~~ address.\n")},
	}
}

// A caller runs commands on a blog, as one client after another.
type caller struct {
	t              testing.TB
	call           command.Call
	stdout, stderr bytes.Buffer
	outcome        command.Outcome
}

func newCaller(t testing.TB, posts fstest.MapFS) *caller {
	t.Helper()
	lib, err := content.Load(posts)
	if err != nil {
		t.Fatal(err)
	}
	edition := func() *content.Edition { return lib.At(today) }
	return &caller{t: t, call: command.Call{
		Context: context.Background(),
		Files:   files.NewSource(edition, func() settings.Host { return "blog.example.com" }, "key"),
		Blog: &blog.Blog{
			Edition: edition,
			Theme:   theme.Terminal,
			Pages:   page.NewCache(1 << 20),
		},
		Host:    "blog.example.com",
		Version: "1.2.3",
	}}
}

// run runs a command line, and checks what must hold for every answer to a pipe.
func (c *caller) run(line string) (code int, stdout, stderr string) {
	c.t.Helper()
	c.stdout.Reset()
	c.stderr.Reset()
	call := c.call
	call.Stdout, call.Stderr = &c.stdout, &c.stderr
	c.outcome = call.Run(line)
	return c.outcome.Code, c.stdout.String(), c.stderr.String()
}

// onTerminal gives the client a terminal.
func (c *caller) onTerminal(width int) {
	c.call.Terminal = &command.Terminal{Width: width, Colors: 1 << 24, Profile: colorprofile.ANSI256}
}

// blocked is a client that takes nothing until it is closed.
type blocked chan struct{}

func (b blocked) Write(p []byte) (int, error) {
	<-b
	return len(p), nil
}

// TestTurns: a call holds the turn while it works, and not while it waits for its client or for a post.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue := work.NewQueue(1, 0)
		client := make(blocked)
		ctx, hangUp := context.WithCancel(context.Background())
		begin := func(line string, change func(*command.Call)) chan command.Outcome {
			c := newCaller(t, kitchen())
			call := c.call
			call.Context, call.Turn, call.Stdout, call.Stderr = ctx, queue.Turn(new(work.Source), ctx.Done()), &c.stdout, &c.stderr
			change(&call)
			done := make(chan command.Outcome, 1)
			go func() { done <- call.Run(line) }()
			synctest.Wait()
			return done
		}
		waiting := []chan command.Outcome{
			begin("ls", func(c *command.Call) { c.Stdout = client }),
			begin("cat nothing", func(c *command.Call) { c.Stderr = client }),
			begin("wait", func(*command.Call) {}),
		}
		worked := false
		done := begin("ls", func(c *command.Call) {
			edition := c.Blog.Edition
			c.Blog.Edition = func() *content.Edition {
				worked = queue.Running() == 1
				return edition()
			}
		})
		select {
		case o := <-done:
			if o.Code != command.ExitOK || !worked {
				t.Errorf("it ended with %d, and had the turn: %t", o.Code, worked)
			}
		default:
			t.Fatal("a call waits for those who wait")
		}
		close(client)
		hangUp()
		for _, done := range waiting {
			<-done
		}
	})
}

// clean reports whether text may be written to a pipe: it has no control characters.
func clean(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return false
		}
	}
	return utf8.ValidString(s)
}
