package command

import (
	"slices"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"postern/content/problem"
	"postern/content/publish"
	"postern/sshapp/publishing"
)

// defineHistory defines history, which lists the publications, the newest first.
func defineHistory(flags *pflag.FlagSet) runFunc {
	n := flags.IntP("n", "n", 0, "the newest `N`; 0 for all")
	asJSON := flags.Bool("json", false, "one JSON object, with the paths that each has changed")
	return func(c *Call, _ []string) error {
		if err := checkCount(*n); err != nil {
			return err
		}
		var all []publish.Publication
		err := c.pause(func() (err error) {
			all, err = c.Author.Publisher.Store.History(0)
			return err
		})
		if err != nil {
			return err
		}
		slices.Reverse(all)
		if *n > 0 {
			all = all[:min(*n, len(all))]
		}
		if *asJSON {
			err = printJSON(c, "publications", slices.Values(all))
		} else {
			err = c.printRows(func(yield func([]string) bool) {
				for _, p := range all {
					if !yield([]string{strconv.Itoa(p.Generation), p.Time.UTC().Format(time.RFC3339), p.Author.Name, p.Way, publishing.Describe(p)}) {
						return
					}
				}
			})
		}
		return c.orNone(err, "Nothing has been published yet.")
	}
}

// defineDiff defines diff, which shows what a publication has changed.
func defineDiff(*pflag.FlagSet) runFunc {
	return func(c *Call, operands []string) error {
		n, err := parseGeneration(operands[0])
		if err != nil {
			return err
		}
		return c.pause(func() error { return c.Author.Publisher.Diff(c.Context, c.out, n) })
	}
}

// defineUndo defines undo, which publishes an older generation again.
func defineUndo(flags *pflag.FlagSet) runFunc {
	dryRun := flags.Bool("dry-run", false, "say what would change, and change nothing")
	return func(c *Call, operands []string) error {
		change := publish.Change{Author: c.Author.Author, DryRun: *dryRun}
		if len(operands) > 0 {
			var err error
			if change.Undoes, err = parseGeneration(operands[0]); err != nil {
				return err
			}
		}
		return c.change(func() (publishing.Result, error) { return c.Author.Publisher.Undo(c.Context, change) })
	}
}

// parseGeneration reads the number of a generation.
func parseGeneration(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n <= 0 {
		return 0, usagef("%s is not the number of a generation; history lists them", problem.Quote(s))
	}
	return n, nil
}
