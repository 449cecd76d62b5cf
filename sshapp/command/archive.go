package command

import (
	"github.com/spf13/pflag"

	"postern/sshapp/state"
)

// defineArchive defines archive, which writes all posts as they were written, with their pictures, as a tar. It is binary,
// so a terminal gets a usage error instead.
func defineArchive(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		if c.Terminal != nil {
			return usagef("an archive can't be shown on a terminal; leave out -t, and pipe it to tar x")
		}
		c.answers = []answer{{way: state.Files}}
		return c.Files.Tree(c.Turn).Archive(c.out)
	}
}
