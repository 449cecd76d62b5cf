package command

import (
	"postern/sshapp/blog"

	"github.com/spf13/pflag"
)

// Linear is the name of the command with which a session with a terminal is read line by line. The server runs it: here it is
// only listed, and refused to clients without a terminal.
const Linear = "linear"

func defineLinear(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		return usagef("linear needs a terminal; type %s", blog.LinearCommand(c.Host))
	}
}
