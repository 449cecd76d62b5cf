package command

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/pflag"

	"postern/content/problem"
	"postern/sshapp/check"
	"postern/sshapp/publishing"
)

// defineDesk defines desk, which lists the files that authors have saved and not published, or takes one of them away.
func defineDesk(flags *pflag.FlagSet) runFunc {
	discard := flags.String("discard", "", "the `PATH` of a file to take off the desk, as desk lists it; what is published stays")
	return func(c *Call, _ []string) error {
		if *discard != "" {
			return c.pause(func() error { return c.discard(*discard) })
		}
		var saved []publishing.Saved
		err := c.pause(func() (err error) {
			saved, err = c.Author.Publisher.Saved()
			return err
		})
		if err != nil {
			return err
		}
		err = c.printRows(func(yield func([]string) bool) {
			for _, s := range saved {
				state := "changed"
				if s.New {
					state = "new"
				}
				if !yield([]string{state, s.Path}) {
					return
				}
			}
		})
		return c.orNone(err, "The desk is empty. What is saved over SFTP is on it until it is published.")
	}
}

func (c *Call) discard(path string) error {
	err := c.Author.Publisher.Store.Discard(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is not on the desk", problem.Quote(path))
	}
	return err
}

// defineCheck defines check, which prints the problems that the blog would have if all files on the desk were published.
func defineCheck(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		var report check.Report
		err := c.pause(func() error {
			preview, err := c.Author.Publisher.Preview()
			if err == nil {
				report, err = check.Blog(c.Context, preview.Library, func(int, int) {})
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := report.WriteText(c.out, "", time.Now()); err != nil {
			return err
		}
		if n := report.Count(problem.Error); n > 0 {
			return fmt.Errorf("%s, so these files can't be published", problem.Count(n, "error"))
		}
		return nil
	}
}
