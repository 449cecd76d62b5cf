package command

import (
	"strings"

	"github.com/spf13/pflag"
)

// Linear is the name of the command that has a session with a terminal read line by line. The server runs it; here it is
// only listed, and refused without a terminal.
const Linear = "linear"

func defineLinear(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		typed := strings.Replace(c.Host.Command(""), "ssh ", "ssh -t ", 1)
		return usagef("linear needs a terminal; type %s linear", typed)
	}
}
