package pipe

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"postern/sshapp/feed"
)

// maxFeed is the most posts that a feed may be asked for. Each takes a millisecond to make; all posts are what archive is
// for.
const maxFeed = 500

// feedOf writes a feed of the newest posts, those in other languages among them.
func feedOf(flags *pflag.FlagSet) answer {
	format := flags.String("format", "atom", "`F` is atom, rss or json")
	tag := flags.String("tag", "", "of the posts with the tag `T`")
	n := flags.IntP("n", "n", feed.Posts, fmt.Sprintf("of at most `N` posts, up to %d", maxFeed))
	summary := flags.Bool("summary", false, "without the posts' texts")
	return func(c *Call, _ []string) error {
		formats := feed.Formats()
		as := slices.IndexFunc(formats, func(f feed.Format) bool { return f.Name == *format })
		switch {
		case as < 0:
			return usagef("there is no format %s; a feed is written in atom, rss or json", quoted(*format))
		case *n < 1 || *n > maxFeed:
			return usagef("-n %d is not between 1 and %d", *n, maxFeed)
		}
		now := c.Blog.Edition()
		posts := now.Posts()
		if *tag != "" {
			if posts = now.Tagged(*tag); len(posts) == 0 {
				return fmt.Errorf("no post has the tag %s", quoted(*tag))
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
