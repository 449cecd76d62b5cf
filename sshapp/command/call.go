// Package command answers `ssh HOST COMMAND`: a command line in, bytes for a pipe out, and an exit code. It knows no SSH.
// [Call.Run] finds the command in the table of table.go; each command has a file of its own.
//
// Without a terminal, stdout has nothing but the answer, which is valid UTF-8 without escape sequences or carriage returns,
// and ends in a newline. Errors go to stderr. An answer is written while it is made, so that a client that is slow or gone
// costs nothing.
package command

import (
	"bufio"
	"cmp"
	"context"
	"io"
	"sync"

	"github.com/charmbracelet/colorprofile"

	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/files"
)

// A Call is what a command may know of its client and of the blog.
type Call struct {
	// Context is done when the client is gone or the call has lasted too long; the client is told its cause.
	Context        context.Context
	Leaving        <-chan struct{} // closed when the server wants calls that only wait to end; nil for never
	Turn           sync.Locker     // held while the answer is made, but not while the call waits for anything; nil for none
	Stdout, Stderr io.Writer       // a Write blocks until the client takes what is written
	Terminal       *Terminal       // nil for a pipe

	Blog    *blog.Blog
	Files   *files.Source // of the same blog
	Host    settings.Host // what readers type to come here; may be empty
	Version string        // of the program

	out     *bufio.Writer    // to Stdout
	printed blog.OpenedPosts // the posts that were printed
}

// A Terminal is the client's terminal.
type Terminal struct {
	Width   int // in cells; 0 if it isn't known
	Colors  int // how many it shows, as [page.Theme] counts them
	Profile colorprofile.Profile
}

// defaultWidth is the width of a terminal that tells none, and of a text in a pipe, in cells.
const defaultWidth = 80

func (t *Terminal) width() int { return cmp.Or(t.Width, defaultWidth) }

// A clientWriter writes to a call's client until its context is done. It gives up the call's turn while it writes.
type clientWriter struct{ *Call }

func (w clientWriter) Write(p []byte) (int, error) {
	if err := context.Cause(w.Context); err != nil {
		return 0, err
	}
	w.Turn.Unlock()
	defer w.Turn.Lock()
	return w.Stdout.Write(p)
}
