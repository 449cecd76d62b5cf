package pipe

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/files"
)

// The exit codes of commands.
const (
	ExitDone  = 0
	ExitNone  = 1 // there is no such post, or nothing was found
	ExitUsage = 2
)

// A Call is what a command may know of who calls it, and of the blog.
type Call struct {
	// Context is done when the client is gone or the call may last no longer; its cause is what the client is told.
	Context        context.Context
	Leaving        <-chan struct{} // closed when the server wants those to leave who only wait; nil for never
	Turn           sync.Locker     // held while the answer is worked on, and not while anything is waited for; nil for none
	Stdout, Stderr io.Writer       // a Write blocks until the client takes what is written
	Terminal       *Terminal       // nil for a pipe

	Blog    *blog.Blog
	Files   *files.Source // of the same blog
	Host    content.Host  // what readers type to come here; may be empty
	Version string        // of the program

	out  *bufio.Writer // to Stdout
	read blog.Trail    // that were printed
}

// A Terminal is the caller's, if there is one.
type Terminal struct {
	Width   int // in cells; 0 where it isn't known
	Colors  int // that it shows, as [page.Theme] counts them
	Profile colorprofile.Profile
}

// width is the terminal's or, where that isn't known, what most have.
func (t *Terminal) width() int { return cmp.Or(t.Width, defaultWidth) }

// An Outcome is what a call has come to.
type Outcome struct {
	Command string   // its name, empty for none of ours
	Code    int      // the exit code
	Posts   []string // the addresses of the posts that were printed, the first 20 of them
	Cut     bool     // the client hasn't taken all of the answer
}

// Run answers a command line, as a client sends it. An empty one is answered with the help.
func (c *Call) Run(line string) Outcome {
	if c.Turn == nil {
		c.Turn = new(sync.Mutex)
	}
	c.out = bufio.NewWriter(upTo{c})
	cmd, err, broken := c.work(line)
	err = cmp.Or(err, broken)
	o := Outcome{cmd.name, ExitDone, c.read, broken != nil}
	var usage usageError
	switch {
	case errors.As(err, &usage):
		o.Code = ExitUsage
		c.complain(err)
		if cmd.name != "" {
			fmt.Fprintf(c.Stderr, "usage: %s %s\n", c.Host.Command(""), cmd.usage())
		}
	case err != nil:
		o.Code = ExitNone
		c.complain(err)
	}
	return o
}

// work runs the command, and reports as well whether its answer was taken.
func (c *Call) work(line string) (cmd command, err, broken error) {
	c.Turn.Lock()
	defer c.Turn.Unlock()
	cmd, err = c.run(line)
	return cmd, err, c.out.Flush()
}

// complain says what was wrong, a line for each error.
func (c *Call) complain(err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintf(c.Stderr, "postern: %s\n", line)
	}
}

// run finds the command, and has it answer.
func (c *Call) run(line string) (command, error) {
	args, err := split(line)
	if err != nil {
		return command{}, err
	}
	if len(args) == 0 {
		args = []string{"help"}
	}
	cmd, ok := lookup(args[0])
	if !ok {
		return command{}, unknown(args[0], c.Host.Command(""))
	}
	flags, answer := cmd.flags()
	err = flags.Parse(args[1:])
	switch n := flags.NArg(); {
	case errors.Is(err, pflag.ErrHelp):
		return cmd, c.explain(cmd)
	case err != nil:
		return cmd, flagError(err)
	case n < cmd.least:
		return cmd, usageError("nothing stands after " + cmd.name)
	case n > cmd.most && cmd.most == 0:
		return cmd, usagef("%s takes nothing such as %s", cmd.name, quoted(flags.Arg(0)))
	case n > cmd.most:
		return cmd, usagef("%d are more than the %d that %s takes at once", n, cmd.most, cmd.name)
	}
	return cmd, answer(c, flags.Args())
}

// Opens returns the address of a post, with the heading behind # if there is one, that a command line asks for if it is
// `cat ADDRESS` and no more: what screens can open.
func Opens(now *content.Edition, line string) (address string, ok bool) {
	args, err := split(line)
	if err != nil || len(args) != 2 || args[0] != "cat" || strings.HasPrefix(args[1], "-") {
		return "", false
	}
	address, anchor, found := strings.Cut(args[1], "#")
	p, ok := postAt(now, address)
	if !ok {
		return "", false
	}
	if address = now.Address(p); found {
		address += "#" + anchor
	}
	return address, true
}

// upTo writes to a call's client until its context is done, and lets others work meanwhile.
type upTo struct{ *Call }

func (u upTo) Write(p []byte) (int, error) {
	if err := context.Cause(u.Context); err != nil {
		return 0, err
	}
	u.Turn.Unlock()
	defer u.Turn.Lock()
	return u.Stdout.Write(p)
}
