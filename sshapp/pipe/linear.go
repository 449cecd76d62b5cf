package pipe

import (
	"strings"

	"github.com/spf13/pflag"
)

// Linear is the command that has a session with a terminal read line by line: it is answered by who holds the terminal.
const Linear = "linear"

// lines answers who asks for that without a terminal.
func lines(*pflag.FlagSet) answer {
	return func(c *Call, _ []string) error {
		typed := strings.Replace(c.Host.Command(""), "ssh ", "ssh -t ", 1)
		return usagef("linear needs a terminal; type %s linear", typed)
	}
}
