package command

import (
	"math/rand/v2"
	"slices"

	"github.com/spf13/pflag"

	"postern/sshapp/blog"
)

// defineRandom defines random, which prints the line that ls has for one post, chosen at random.
func defineRandom(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		edition := c.Blog.Edition()
		posts := blog.Listing{Edition: edition}.Posts()
		if len(posts) == 0 {
			return errNotFound
		}
		i := rand.IntN(len(posts))
		return c.printPosts(edition, slices.Values(posts[i:i+1]))
	}
}
