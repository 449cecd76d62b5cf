package command

import (
	"strings"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/settings"
)

// A command is a row of the table from which calls, help and usage errors are made.
type command struct {
	name                     string
	operands                 string // as the help shows them
	minOperands, maxOperands int    // how many there may be
	summary                  string // what the command does, in a few words
	author                   bool   // it is for authors
	reports                  bool   // it is for authors of any blog, and not only of one that is published into
	member                   bool   // it is for readers who have proved a key
	client                   string // the program that calls it, where nobody types it; empty for the others

	// define adds the command's flags to a set, and returns the func that reads their values and answers. The usage of a flag
	// has the name of its value in backquotes, as pflag demands.
	define func(*pflag.FlagSet) runFunc
}

// A runFunc answers a call of one command. The client is told its error, with exit code 2 for a [usageError] and 1 for any
// other.
type runFunc func(c *Call, operands []string) error

// flags returns the command's flags, in the order of their definition, and the func that reads their values and answers.
func (cmd command) flags() (*pflag.FlagSet, runFunc) {
	flags := pflag.NewFlagSet(cmd.name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.Usage = func() {}
	return flags, cmd.define(flags)
}

// usage returns the command's name with its operands and flags.
func (cmd command) usage() string {
	parts := []string{cmd.name}
	if cmd.operands != "" {
		parts = append(parts, cmd.operands)
	}
	flags, _ := cmd.flags()
	flags.VisitAll(func(f *pflag.Flag) { parts = append(parts, "["+typedFlag(f)+"]") })
	return strings.Join(parts, " ")
}

// user returns the user name under which the command is typed; empty for any.
func (cmd command) user() string {
	switch {
	case cmd.author:
		return content.AuthorName
	case cmd.member:
		return content.MemberName
	}
	return ""
}

// ssh returns what is typed before the command's name.
func (cmd command) ssh(host settings.Host) string { return host.Command(cmd.user()) }

// typedFlag returns a flag as it is typed, such as "--tag T".
func typedFlag(f *pflag.Flag) string {
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand
	}
	value, _ := pflag.UnquoteUsage(f)
	return strings.TrimSpace(name + " " + value)
}
