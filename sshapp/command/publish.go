package command

import (
	"bytes"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/problem"
	"postern/content/publish"
	"postern/sshapp/publishing"
)

// definePublish defines publish, which publishes the file on standard input, or with --all the files on the desk.
func definePublish(flags *pflag.FlagSet) runFunc {
	all := flags.Bool("all", false, "all files on the desk, and none from standard input")
	dryRun := flags.Bool("dry-run", false, "check it, and publish nothing")
	return func(c *Call, operands []string) error {
		if *all && len(operands) > 0 {
			return usagef("--all publishes the files on the desk; leave out %s", problem.Quote(operands[0]))
		}
		return c.change(func() (publishing.Result, error) {
			change, err := c.Author.Publisher.Begin(c.Author.Author, "publish")
			if err != nil {
				return publishing.Result{}, err
			}
			defer change.Close()
			change.DryRun = *dryRun
			if *all {
				err = change.PutSaved()
			} else {
				err = c.putPost(change, operands)
			}
			if err != nil {
				return publishing.Result{}, err
			}
			return change.Commit(c.Context)
		})
	}
}

// putPost reads a file from standard input into a change.
func (c *Call) putPost(change *publishing.Change, operands []string) error {
	in, err := c.input()
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(in, content.MaxFile+1))
	switch {
	case err != nil:
		return err
	case len(text) == 0:
		return usagef("standard input is empty; type < FILE behind the command")
	case len(text) > content.MaxFile:
		return fmt.Errorf("the post is larger than %d MB", content.MaxFile>>20)
	}
	name := ""
	if len(operands) > 0 {
		name = operands[0]
	}
	path, err := c.Author.Publisher.Place(name, text)
	if err != nil {
		return err
	}
	return change.Put(path, bytes.NewReader(text))
}

// defineUnpublish defines unpublish, which removes a post from the published site, and keeps it on the desk.
func defineUnpublish(flags *pflag.FlagSet) runFunc {
	dryRun := flags.Bool("dry-run", false, "say what would change, and change nothing")
	return func(c *Call, operands []string) error {
		library := c.Author.Publisher.Site.Library()
		post, err := findPost(library.All(), operands[0])
		if err != nil {
			return err
		}
		change := publish.Change{Author: c.Author.Author, DryRun: *dryRun}
		return c.change(func() (publishing.Result, error) {
			return c.Author.Publisher.Unpublish(c.Context, change, post.Path)
		})
	}
}
