package command

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"postern/content/problem"
	"postern/sshapp/feed"
	"postern/sshapp/state"
)

// maxFeedPosts is how many posts a feed can have. Each takes a millisecond to make; the archive has all posts.
const maxFeedPosts = 500

// defineFeed defines feed, which writes a feed of the newest posts in all languages.
func defineFeed(flags *pflag.FlagSet) runFunc {
	format := flags.String("format", "atom", "`F` is atom, rss or json")
	tag := flags.String("tag", "", "of the posts with the tag `T`")
	n := flags.IntP("n", "n", feed.Posts, fmt.Sprintf("of at most `N` posts, up to %d", maxFeedPosts))
	summary := flags.Bool("summary", false, "without the posts' texts")
	return func(c *Call, _ []string) error {
		formats := feed.Formats()
		as := slices.IndexFunc(formats, func(f feed.Format) bool { return f.Name == *format })
		switch {
		case as < 0:
			return usagef("there is no format %s; the formats are atom, rss and json", problem.Quote(*format))
		case *n < 1 || *n > maxFeedPosts:
			return usagef("-n %d is not between 1 and %d", *n, maxFeedPosts)
		}
		edition := c.Blog.Edition()
		posts := edition.Posts()
		if *tag != "" {
			if posts = edition.Tagged(*tag); len(posts) == 0 {
				return errorf("no post has the tag %s", problem.Quote(*tag))
			}
		}
		f := c.Files.Feed(c.Turn, edition, posts[:min(*n, len(posts))])
		f.Tag, f.Brief = *tag, *summary
		if *tag == "" && !*summary && *n == feed.Posts {
			f.Self = formats[as].File
		}
		c.answers = []answer{{way: state.Feed}}
		return f.Write(c.out, formats[as])
	}
}
