package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"postern/content"
	"postern/content/publish"
	"postern/sshapp/blog"
	"postern/sshapp/publishing"
	"postern/sshapp/reads"
)

// An Author is a client that has proved that it has an author's key, and that may run the commands for authors.
type Author struct {
	publish.Author
	Blog      *blog.Blog            // as authors see it
	Publisher *publishing.Publisher // nil if the server serves a directory, and not a published site
	Reads     *reads.Counter        // nil if nothing is counted
	Metrics   func(io.Writer) error // writes the server's counters
	Stdin     io.Reader             // what the client sends; nil if that is typed on a terminal
}

// ErrKeptByHand is the error of publishing to a server that serves a directory.
var ErrKeptByHand = errors.New("the server serves a directory, into which nothing can be published; run postern serve there without a directory")

// permits returns the error of a call that may not run a command; nil if it may. Who came under a reserved name in vain gets a
// warning in any case.
func (c *Call) permits(cmd command) error {
	switch {
	case !cmd.author && !cmd.member && c.Refusal != nil:
		_, err := fmt.Fprintf(stderrWriter{c}, "postern: you read as everybody does: %v\n", c.Refusal)
		return err
	case !cmd.author && !cmd.member, cmd.member && c.Memory != nil:
		return nil
	case c.Author == nil && c.Refusal != nil:
		return c.Refusal
	case cmd.member:
		return fmt.Errorf("%s is for readers who are remembered; type: %s %s", cmd.name, cmd.ssh(c.Host), cmd.name)
	case c.Author == nil && cmd.client != "":
		return fmt.Errorf("%s is for authors; connect as %s@HOST", cmd.client, content.AuthorName)
	case c.Author == nil:
		return fmt.Errorf("%s is for authors; type: %s %s", cmd.name, cmd.ssh(c.Host), cmd.name)
	case c.Author.Publisher == nil && !cmd.reports:
		return fmt.Errorf("%s is not possible here: %w", cmp.Or(cmd.client, cmd.name), ErrKeptByHand)
	}
	return nil
}

// input returns what the client sends, for a command that needs it.
func (c *Call) input() (io.Reader, error) {
	if c.Author.Stdin == nil {
		return nil, usagef("the post is read from standard input, which is a terminal here; leave out -t, and type < FILE behind the command")
	}
	return c.Author.Stdin, nil
}

// A stderrWriter writes to a call's stderr. It pauses the call's turn while it waits.
type stderrWriter struct{ *Call }

func (w stderrWriter) Write(p []byte) (n int, err error) {
	w.Turn.Pause(func() { n, err = w.Stderr.Write(p) })
	return n, err
}

// pause calls do while the call's turn is paused, since publishing waits for the client, the disk and other publications.
func (c *Call) pause(do func() error) (err error) {
	c.Turn.Pause(func() { err = do() })
	return err
}

// change calls do, which publishes something, and prints what has changed.
func (c *Call) change(do func() (publishing.Result, error)) error {
	var r publishing.Result
	err := c.pause(func() (err error) {
		r, err = do()
		return err
	})
	if err != nil {
		return err
	}
	return r.Print(c.out, stderrWriter{c}, c.Host)
}
