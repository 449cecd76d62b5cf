package command

import (
	"errors"
	"fmt"
	"io"

	"postern/content"
	"postern/content/publish"
	"postern/sshapp/publishing"
)

// Some commands are for authors: who has proved a key that may publish. Their errors and exit codes are those of the others.

// An Author is who calls the commands that publish.
type Author struct {
	publish.Author
	Publisher *publishing.Publisher // nil if the server doesn't serve a site that is published into
	Stdin     io.Reader             // what the client sends; nil if it types on a terminal
}

// ErrKeptByHand says why nobody can publish into a blog that the server serves from a directory.
var ErrKeptByHand = errors.New("this blog is a directory that is kept by hand on the server; to publish into it, run postern serve without a directory there")

// permits says why the call may not run a command; nil if it may. Who came as an author and is none is told so in any case.
func (c *Call) permits(cmd command) error {
	switch {
	case !cmd.author && c.NotAuthor != nil:
		_, err := fmt.Fprintf(stderrWriter{c}, "postern: you read as everybody does: %v\n", c.NotAuthor)
		return err
	case !cmd.author:
		return nil
	case c.Author == nil && c.NotAuthor != nil:
		return c.NotAuthor
	case c.Author == nil:
		return fmt.Errorf("%s is for who may publish; type: %s %s", cmd.name, c.Host.Command(content.AuthorName), cmd.name)
	case c.Author.Publisher == nil:
		return fmt.Errorf("%s is not possible here: %w", cmd.name, ErrKeptByHand)
	}
	return nil
}

// input returns what the client sends, for a command that has to have it.
func (c *Call) input() (io.Reader, error) {
	if c.Author.Stdin == nil {
		return nil, usageError("the post is read from standard input, which is a terminal here; leave out -t, and type < FILE behind it")
	}
	return clientReader{c}, nil
}

// A clientReader reads what a call's client sends. Others have their turn while it reads.
type clientReader struct{ *Call }

func (r clientReader) Read(p []byte) (n int, err error) {
	r.Turn.Pause(func() { n, err = r.Author.Stdin.Read(p) })
	return n, err
}

// A stderrWriter writes to a call's stderr. Others have their turn while it writes.
type stderrWriter struct{ *Call }

func (w stderrWriter) Write(p []byte) (n int, err error) {
	w.Turn.Pause(func() { n, err = w.Stderr.Write(p) })
	return n, err
}

// apart does something out of turn: publishing waits for the disk, and for other publications.
func (c *Call) apart(do func() error) (err error) {
	c.Turn.Pause(func() { err = do() })
	return err
}

// change publishes something and prints what has changed.
func (c *Call) change(do func() (publishing.Result, error)) error {
	var r publishing.Result
	err := c.apart(func() (err error) {
		r, err = do()
		return err
	})
	if err != nil {
		return err
	}
	return r.Print(c.out, stderrWriter{c}, c.Host)
}
