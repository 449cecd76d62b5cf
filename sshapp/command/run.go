package command

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"postern/content/problem"
	"postern/content/publish"
	"postern/sshapp/admission/work"
	"postern/sshapp/deploy"
)

// The exit codes of commands.
const (
	ExitOK       = 0
	ExitNotFound = 1 // there is no such post, nothing was found, or the call was cut short
	ExitUsage    = 2
)

// An Outcome is the result of a call.
type Outcome struct {
	Command   string   // the command's name; empty if there is no such command
	Code      int      // the exit code
	Posts     []string // the addresses of the posts that were printed, at most the first 20
	Truncated bool     // the client has not taken the whole answer
}

// Run answers a command line as the client sent it, and an empty one with the help. It returns when the answer is written, or
// when it can't be written any more. Call it once.
func (c *Call) Run(line string) Outcome {
	c.out = bufio.NewWriter(clientWriter{c})
	cmd, err, writeErr := c.runInTurn(line)
	err = cmp.Or(err, writeErr)
	o := Outcome{cmd.name, ExitOK, c.printed, writeErr != nil}
	var usage *usageError
	switch {
	case errors.As(err, &usage):
		o.Code = ExitUsage
		c.printError(err)
		if cmd.name != "" {
			fmt.Fprintln(c.Stderr, c.words().Say("usage: %s %s", cmd.ssh(c.Host), cmd.usage()))
		}
	case errors.Is(err, deploy.ErrRefused):
		o.Code = ExitNotFound
	case err != nil:
		o.Code = ExitNotFound
		c.printError(err)
	}
	return o
}

// runInTurn runs the command in the call's turn. It returns the error of the last write and that of the command apart.
func (c *Call) runInTurn(line string) (cmd command, err, writeErr error) {
	if !c.Turn.Do(work.Command, 0, func() { cmd, err = c.run(line) }) {
		return cmd, err, context.Cause(c.Context)
	}
	if writeErr = c.out.Flush(); writeErr == nil && c.Count != nil { // the rest of the answer needs no turn
		for _, a := range c.answers {
			c.Count(a.post, a.way)
		}
	}
	return cmd, err, writeErr
}

// printError prints each line of an error to stderr. Problems of files begin with the file's name, as `postern check` prints them,
// so that editors find the place.
func (c *Call) printError(err error) {
	var refused *publish.CheckError
	if errors.As(err, &refused) {
		fmt.Fprintf(c.Stderr, "postern: %v\n", err)
		return
	}
	for line := range strings.SplitSeq(inWords(c.words(), err), "\n") {
		fmt.Fprintf(c.Stderr, "postern: %s\n", line)
	}
}

func (c *Call) run(line string) (command, error) {
	args, err := Split(line)
	if err != nil {
		return command{}, usagef("%s", inWords(c.words(), err))
	}
	if len(args) == 0 {
		args = []string{"help"}
	}
	cmd, ok := lookup(args[0])
	if !ok {
		return command{}, unknownCommand(args[0], c.ssh())
	}
	if err := c.permits(cmd); err != nil {
		return cmd, err
	}
	flags, run := cmd.flags()
	err = flags.Parse(args[1:])
	switch n := flags.NArg(); {
	case errors.Is(err, pflag.ErrHelp):
		return cmd, c.describe(cmd)
	case err != nil:
		return cmd, flagError(err)
	case n < cmd.minOperands:
		return cmd, usagef("%s needs an argument", cmd.name)
	case n > cmd.maxOperands && cmd.maxOperands == 0:
		return cmd, usagef("%s takes no arguments, but was given %s", cmd.name, problem.Quote(flags.Arg(0)))
	case n > cmd.maxOperands:
		return cmd, usagef("%s takes at most %s, but was given %d", cmd.name, c.words().Count(cmd.maxOperands, "%d argument", "%d arguments"), n)
	}
	return cmd, run(c, flags.Args())
}
