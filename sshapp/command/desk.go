package command

import (
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"postern/content/problem"
	"postern/sshapp/check"
	"postern/sshapp/publishing"
)

// defineDesk defines desk, which lists the files that authors have saved and not published.
func defineDesk(flags *pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		var saved []publishing.Saved
		err := c.pause(func() (err error) {
			saved, err = c.Author.Publisher.Saved()
			return err
		})
		if err != nil {
			return err
		}
		return c.printRows(func(yield func([]string) bool) {
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
	}
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
			return fmt.Errorf("%d of these are errors, so their files can't be published", n)
		}
		return nil
	}
}
