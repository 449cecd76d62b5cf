package sshapp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"charm.land/ssh"
	"github.com/pkg/sftp"

	"postern/sshapp/files"
	"postern/sshapp/state"
	"postern/sshapp/upload"
)

// sftp answers the subsystem that sftp, scp and sshfs ask for, with the blog as files. A reader gets what was published when the
// session began, read-only, and begins in the directory of the posts, so that `scp HOST:SLUG.md .` fetches one. An author gets
// the site.
func (s *server) sftp(sess ssh.Session) {
	c := channelOf(sess)
	c.record.end, c.record.command = endCommand, "sftp"
	s.totals.sftp.Add(1)
	defer s.countBytes(c)
	ctx, end := s.commandContext(c)
	defer end(nil)
	var requests *io.PipeReader
	if c.identity.isAuthor() { // who sends many requests ahead of the answers when writing a file
		alarm := time.AfterFunc(cmp.Or(c.limits.Idle, noLimit), func() { end(causeIdle) })
		defer alarm.Stop()
		requests = input(ctx, alarmed{c, alarm})
	} else {
		var feed *io.PipeWriter
		requests, feed = io.Pipe()
		in := &inbox{wake: c.wake}
		go in.fill(c, c.limits.Input)
		go c.forward(in, feed, ctx.Done(), end)
	}
	defer requests.Close() // or who feeds them would wait for ever
	defer context.AfterFunc(ctx, func() { requests.CloseWithError(context.Cause(ctx)) })()

	if only := c.identity.command; only != "" {
		c.record.code = 1
		fmt.Fprintf(sess.Stderr(), "postern: this key may run one command only: %s\n", only)
		_ = sess.Exit(c.record.code)
		return
	}
	err := s.serveFiles(ctx, c, newSFTPStream(requests, c, ctx.Done()), sess.Stderr())
	if errors.Is(err, io.EOF) {
		return
	}
	if short, ok := endCauseOf(ctx); ok {
		c.record.end, err = short.end, short
	}
	if c.record.end == endHangup { // as sshfs, lftp and curl leave: nothing is wrong
		return
	}
	c.record.code = 1
	fmt.Fprintf(sess.Stderr(), "postern: %v\n", err)
	_ = sess.Exit(c.record.code)
}

// serveFiles answers a client's requests until it ends the session. The error is [io.EOF] if it did.
func (s *server) serveFiles(ctx context.Context, c *channel, stream io.ReadWriteCloser, stderr io.Writer) error {
	turn := c.conn.Turn(ctx.Done())
	g := &sftpHandler{tree: s.files.Tree(turn), readOnly: s.readOnly(c), turn: turn, log: s.config.Log, stderr: stderr}
	g.count = func(name string) { s.countFile(c, name) }
	defer func() { c.record.posts = g.posts }()
	if g.readOnly != nil {
		return sftp.NewRequestServer(stream, g.handlers(), sftp.WithStartDirectory("/"+files.PostsDir)).Serve()
	}
	site := upload.New(s.config.Publisher, c.identity.author, "sftp")
	defer site.Close()
	g.tree = site
	a := &sftpAuthor{g, site, ctx}
	err := sftp.NewRequestServer(stream, a.handlers(), sftp.WithStartDirectory(path.Join("/", site.Home()))).Serve()
	s.printPublished(ctx, site, stderr)
	return err
}

// printPublished prints to stderr what an author's session has published, since scp says nothing of what it has copied.
func (s *server) printPublished(ctx context.Context, site *upload.Workspace, stderr io.Writer) {
	all, err := site.Published(ctx)
	if err != nil {
		s.config.Log.Error("history", "error", err)
	}
	for _, r := range all {
		if r.Print(stderr, stderr, s.host()) != nil {
			return
		}
	}
}

// countFile counts that the client of a channel has read a whole file of the blog's.
func (s *server) countFile(c *channel, name string) {
	address, ok := strings.CutPrefix(name, files.PostsDir+"/")
	if !ok {
		if !strings.Contains(name, "/") { // where the feeds are
			s.countRead(c, "", state.Feed)
		}
		return
	}
	edition := s.config.Blog.Edition()
	if p, ok := edition.Find(strings.TrimSuffix(address, ".md")); ok {
		s.countRead(c, edition.Address(p), state.Files)
	}
}

// forward hands on what a client sends. It ends the session when nothing came for as long as one may be idle.
func (c *channel) forward(from *inbox, to *io.PipeWriter, done <-chan struct{}, end context.CancelCauseFunc) {
	idle := cmp.Or(c.limits.Idle, noLimit)
	alarm := time.AfterFunc(idle, func() { end(causeIdle) })
	defer alarm.Stop()
	p := make([]byte, 4<<10)
	for {
		n, err := from.take(p)
		if err != nil {
			to.CloseWithError(err)
			return
		}
		if n == 0 {
			select {
			case <-c.woken:
			case <-done:
				return
			}
			continue
		}
		alarm.Reset(idle)
		if _, ended := to.Write(p[:n]); ended != nil {
			return
		}
	}
}

// An alarmed reads what a client sends, and puts the end of its session off each time.
type alarmed struct {
	*channel
	alarm *time.Timer
}

func (a alarmed) Read(p []byte) (int, error) {
	n, err := a.channel.Read(p)
	a.alarm.Reset(cmp.Or(a.limits.Idle, noLimit))
	return n, err
}
