package command

import (
	"strconv"

	"github.com/spf13/pflag"

	"postern/content"
)

// defineTags defines tags, which lists the tags, and how many posts have each.
func defineTags(flags *pflag.FlagSet) runFunc {
	asJSON := flags.Bool("json", false, "one JSON object")
	return func(c *Call, _ []string) error {
		all := c.Blog.Edition().Tags()
		if !*asJSON {
			return c.printTopics(all)
		}
		type tag struct {
			Name  string `json:"name"`
			Posts int    `json:"posts"`
		}
		return printJSON(c, "tags", func(yield func(tag) bool) {
			for _, t := range all {
				if !yield(tag{t.Name, len(t.Posts)}) {
					return
				}
			}
		})
	}
}

// defineSeries defines series, which lists the series, and how many posts each has.
func defineSeries(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error { return c.printTopics(c.Blog.Edition().Series()) }
}

func (c *Call) printTopics(all []content.Topic) error {
	return c.printRows(func(yield func([]string) bool) {
		for _, t := range all {
			if !yield([]string{t.Name, strconv.Itoa(len(t.Posts))}) {
				return
			}
		}
	})
}
