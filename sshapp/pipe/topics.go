package pipe

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/blog"
)

// tags lists the tags, and how many posts have each.
func tags(flags *pflag.FlagSet) answer {
	asJSON := flags.Bool("json", false, "one JSON object")
	return func(c *Call, _ []string) error {
		all := c.Blog.Edition().Tags()
		if !*asJSON {
			return c.topics(all)
		}
		type tag struct {
			Name  string `json:"name"`
			Posts int    `json:"posts"`
		}
		return object(c, "tags", func(yield func(tag) bool) {
			for _, t := range all {
				if !yield(tag{t.Name, len(t.Posts)}) {
					return
				}
			}
		})
	}
}

// series lists the series, and how many posts each has.
func series(*pflag.FlagSet) answer {
	return func(c *Call, _ []string) error { return c.topics(c.Blog.Edition().Series()) }
}

func (c *Call) topics(all []content.Topic) error {
	return c.table(func(yield func([]string) bool) {
		for _, t := range all {
			if !yield([]string{t.Name, strconv.Itoa(len(t.Posts))}) {
				return
			}
		}
	})
}

// random prints the line that ls has for a post, of any of them.
func random(*pflag.FlagSet) answer {
	return func(c *Call, _ []string) error {
		now := c.Blog.Edition()
		posts := blog.Listing{Edition: now}.Posts()
		if len(posts) == 0 {
			return errNothing
		}
		i := rand.IntN(len(posts))
		return c.list(now, slices.Values(posts[i:i+1]))
	}
}
