package pipe

import "github.com/spf13/pflag"

// archive writes all posts as they were written, with their pictures, as a tar.
func archive(*pflag.FlagSet) answer {
	return func(c *Call, _ []string) error { return c.Files.Tree().Archive(c.out) }
}
