package command

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"postern/sshapp/feed"
)

// maxFeed is the most posts that a feed may be asked for. Each takes a millisecond to make; archive has all
// posts.
const maxFeed = 500

// defineFeed defines feed, which writes a feed of the newest posts in all languages.
func defineFeed(flags *pflag.FlagSet) runFunc {
	format := flags.String("format", "atom", "`F` is atom, rss or json")
	tag := flags.String("tag", "", "of the posts with the tag `T`")
	n := flags.IntP("n", "n", feed.Posts, fmt.Sprintf("of at most `N` posts, up to %d", maxFeed))
	summary := flags.Bool("summary", false, "without the posts' texts")
	return func(c *Call, _ []string) error {
		formats := feed.Formats()
		as := slices.IndexFunc(formats, func(f feed.Format) bool { return f.Name == *format })
		switch {
		case as < 0:
			return usagef("there is no format %s; the formats are atom, rss and json", quote(*format))
		case *n < 1 || *n > maxFeed:
			return usagef("-n %d is not between 1 and %d", *n, maxFeed)
		}
		now := c.Blog.Edition()
		posts := now.Posts()
		if *tag != "" {
			if posts = now.Tagged(*tag); len(posts) == 0 {
				return fmt.Errorf("no post has the tag %s", quote(*tag))
			}
		}
		f := c.Files.Feed(now, posts[:min(*n, len(posts))])
		f.Tag, f.Brief = *tag, *summary
		if *tag == "" && !*summary && *n == feed.Posts {
			f.Self = formats[as].File
		}
		return f.Write(c.out, formats[as])
	}
}
