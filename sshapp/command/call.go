// Package command answers `ssh HOST COMMAND`: a command line in, bytes for a pipe out, and an exit code. It knows nothing of SSH.
// [Call.Run] finds the command in the table of table.go; each command has a file of its own.
//
// Without a terminal, stdout has nothing but the answer, which is valid UTF-8 without escape sequences or carriage returns,
// and ends with a newline. Errors go to stderr. An answer is written while it is made, so that it never stands in memory as a
// whole, and nothing more is made for a client that is gone.
package command

import (
	"bufio"
	"cmp"
	"context"
	"io"

	"github.com/charmbracelet/colorprofile"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/files"
	"postern/sshapp/phrase"
	"postern/sshapp/state"
)

// A Call is one call of a command: its client, and the blog. It is not safe for concurrent use.
type Call struct {
	// Context is done when the client is gone or the call has lasted too long. Its cause is the call's error.
	Context        context.Context
	Shutdown       <-chan struct{} // closed to end calls that only wait for news; nil for never
	Turn           *work.Turn      // in which the answer is made; nil for no limit
	Stdout, Stderr io.Writer       // a Write blocks until the client takes what is written
	Terminal       *Terminal       // nil for a pipe

	Blog    *blog.Blog
	Files   *files.Source // of the same blog
	Host    settings.Host // what readers type to come here; may be empty
	Version string        // of the program

	Author  *Author       // nil for a reader
	Memory  *state.Memory // nil for a reader who has proved no key
	Refusal error         // why a client that came under a reserved name reads as everybody does; nil for others

	// Count is called with each post that the client has taken the whole answer with, and how it did. An empty post stands for what
	// has many. Nil if nothing is counted.
	Count func(post string, way state.Way)

	out     *bufio.Writer    // to Stdout
	answers []answer         // that are counted if the client takes all of them
	printed blog.OpenedPosts // the posts that were printed
}

// An answer is a post in an answer, or what has many posts if it is empty.
type answer struct {
	post string
	way  state.Way
}

// words returns the language in which readers are answered: the blog's own.
func (c *Call) words() *phrase.Language { return blog.Listing{Edition: c.Blog.Edition()}.Words() }

// ssh returns what the client types before a command.
func (c *Call) ssh() string {
	switch {
	case c.Author != nil:
		return c.Host.Command(content.AuthorName)
	case c.Memory != nil:
		return c.Host.Command(content.MemberName)
	}
	return c.Host.Command("")
}

// A Terminal is what is known of the client's terminal.
type Terminal struct {
	Width   int // in cells; 0 if it isn't known
	Colors  int // how many it shows, as a theme counts them
	Profile colorprofile.Profile
}

// defaultWidth is the width of a terminal whose size isn't known, and of a text in a pipe, in cells.
const defaultWidth = 80

func (t *Terminal) width() int { return cmp.Or(t.Width, defaultWidth) }

// A clientWriter writes to a call's client until the context is done. Others have their turn while it writes, so that a slow
// client doesn't make them wait.
type clientWriter struct{ *Call }

func (w clientWriter) Write(p []byte) (n int, err error) {
	if err := context.Cause(w.Context); err != nil {
		return 0, err
	}
	w.Turn.Pause(func() { n, err = w.Stdout.Write(p) })
	return n, err
}
