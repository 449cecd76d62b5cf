package sshapp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"charm.land/ssh"

	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/command"
	"postern/sshapp/state"
	"postern/sshapp/terminal"
)

// An endCause is why a command was ended before it was done.
type endCause struct{ end, message string }

func (c endCause) Error() string { return c.message }

// What ends a command early. The client is sent the message.
var (
	causeHangup   = endCause{endHangup, "the client is gone"}
	causeAge      = endCause{endAge, "this has lasted as long as it may"}
	causeShutdown = endCause{endShutdown, "the server is stopping; try again in a moment"}
	causeIdle     = endCause{endIdle, "closed, since nothing was asked for a long time"}
	causeKey      = endCause{endQuit, "interrupted"}
)

// endCauseOf returns what has ended a command early, if anything has.
func endCauseOf(ctx context.Context) (short endCause, ok bool) {
	ok = errors.As(context.Cause(ctx), &short)
	return short, ok
}

// command answers a session without screens, as a Unix tool would: the answer on stdout, what was wrong on stderr. On a dumb
// terminal that is what a pipe gets, and Ctrl-C.
func (s *server) command(sess ssh.Session) {
	c := channelOf(sess)
	_, _, tty := sess.Pty()
	c.record.end = endCommand
	s.totals.commands.Add(1)
	if c.commandTooLong {
		fmt.Fprintf(sess.Stderr(), "postern: a command has at most %d bytes\n", s.config.Limits.Command)
		c.record.code = command.ExitUsage
		return
	}
	ctx, end := s.commandContext(c)
	defer end(nil)
	memory, refusal := s.remember(c, false)
	defer memory.Leave()
	author := s.author(c)
	if author != nil && !tty {
		author.Stdin = input(ctx, c)
	} else {
		go c.readInput(end, tty)
	}
	call := command.Call{
		Context:  ctx,
		Shutdown: s.leaving,
		Turn:     c.conn.Turn(ctx.Done()),
		Stdout:   sess,
		Stderr:   sess.Stderr(),
		Blog:     s.config.Blog,
		Files:    s.files,
		Host:     s.host(),
		Version:  s.config.Version,
		Author:   author,
		Memory:   memory,
		Count:    func(post string, way state.Way) { s.countRead(c, post, way) },
	}
	if refusal != "" {
		call.Refusal = errors.New(refusal)
	}
	if tty && !isDumb(sess) {
		call.Terminal = &command.Terminal{
			Width:   c.Size().Width,
			Colors:  colorsOf(c),
			Profile: terminal.Profile(c.colors()),
		}
	}
	line := cmp.Or(c.identity.command, sess.RawCommand())
	if line == "" {
		line = s.defaultCommand(addressIn(sess.User()))
	}
	o := call.Run(line)
	c.record.command, c.record.code, c.record.posts = o.Command, o.Code, o.Posts
	if short, ok := endCauseOf(ctx); ok {
		c.record.end = short.end
	} else if o.Truncated {
		c.record.end = endHangup
	}
}

// author returns who calls the commands that publish; nil for a reader.
func (s *server) author(c *channel) *command.Author {
	if !c.identity.isAuthor() {
		return nil
	}
	return &command.Author{
		Author:    c.identity.author,
		Blog:      s.blogFor(c),
		Publisher: s.config.Publisher,
		Reads:     s.config.Reads,
		Metrics:   s.writeMetrics,
	}
}

// defaultCommand is the command that a session without one stands for. A user name that is an address, or nearly one, asks for the
// post, and so does one with a hyphen or a slash, as most addresses have and few accounts. Any other may be that of the client's
// account, which ssh sends where no address was typed.
func (s *server) defaultCommand(user string) string {
	edition := s.config.Blog.Edition()
	_, ok := edition.Find(user)
	if ok || strings.ContainsAny(user, "-/") || blog.NearPost(edition, nil, user) != "" {
		return "cat -- " + command.Quote(user)
	}
	return ""
}

// commandContext returns a context that is done when a command has to end: its client has gone, its time is over, or the server
// stops.
func (s *server) commandContext(c *channel) (context.Context, context.CancelCauseFunc) {
	ctx, end := context.WithCancelCause(context.Background())
	stop := func() {}
	if life := c.limits.Life; life > 0 {
		ctx, stop = context.WithTimeoutCause(ctx, life, causeAge)
	}
	go func() {
		defer stop()
		select {
		case <-c.gone:
			end(causeHangup)
		case <-s.closing:
			end(causeShutdown)
		case <-ctx.Done():
		}
	}()
	return ctx, end
}

// input returns what a client sends, as fast as it is taken: the channel's window holds the rest (2 MB). A Read that waits ends
// with ctx; the error is the cause.
func input(ctx context.Context, client io.Reader) *io.PipeReader {
	in, feed := io.Pipe()
	context.AfterFunc(ctx, func() { feed.CloseWithError(context.Cause(ctx)) })
	go func() {
		_, err := io.Copy(feed, client)
		feed.CloseWithError(err)
	}()
	return in
}

// readInput reads and drops what a client sends to a command, since the SSH library would keep it. On a terminal, the byte of
// Ctrl-C ends the command.
func (c *channel) readInput(end context.CancelCauseFunc, tty bool) {
	const ctrlC = 3
	var p [256]byte
	for {
		n, err := c.Read(p[:])
		for _, b := range p[:n] {
			if tty && b == ctrlC {
				end(causeKey)
			}
		}
		if err != nil {
			return
		}
	}
}

// host returns the host that readers type to reach the blog.
func (s *server) host() settings.Host {
	return cmp.Or(s.config.Host, settings.Host(s.config.Blog.Edition().Settings().Host))
}
