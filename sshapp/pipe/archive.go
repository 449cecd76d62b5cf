package pipe

import "github.com/spf13/pflag"

// archive writes all posts as they were written, with their pictures, as a tar: to pipes alone, for it is no text.
func archive(*pflag.FlagSet) answer {
	return func(c *Call, _ []string) error {
		if c.Terminal != nil {
			return usageError("an archive is nothing for a terminal; leave out -t, and pipe it to tar x")
		}
		return c.Files.Tree().Archive(c.out)
	}
}
