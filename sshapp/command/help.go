package command

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"
)

// defineHelp defines help, which prints all commands, in at most 24 lines, or the usage of one command.
func defineHelp(*pflag.FlagSet) runFunc {
	return func(c *Call, operands []string) error {
		if len(operands) == 0 {
			return c.overview()
		}
		cmd, ok := lookup(operands[0])
		if !ok {
			return unknownCommand(operands[0], c.ssh())
		}
		return c.describe(cmd)
	}
}

// overview prints all commands.
func (c *Call) overview() error {
	settings := c.Blog.Edition().Settings()
	fmt.Fprintln(c.out, c.styler(false).bold(settings.Title))
	if settings.Description != "" {
		fmt.Fprintln(c.out, settings.Description)
	}
	ssh, words := c.ssh(), c.words()
	c.printPairs([][2]string{
		{c.Host.Command(""), words.Say("the blog, on a terminal (ssh -t)")},
		{c.Host.Command("SLUG"), words.Say("a post; with ssh -T, its text")},
		{ssh + " COMMAND", words.Say("an answer, as text:")},
	})
	var rows [][2]string
	for _, cmd := range table() {
		if cmd.author && c.Author == nil || cmd.member && c.Memory == nil {
			continue
		}
		rows = append(rows, [2]string{strings.TrimSpace(cmd.name + " " + cmd.operands), words.Say(cmd.summary)})
	}
	c.printPairs(rows)
	c.printPairs([][2]string{{ssh + " help ls", words.Say("all of one command")}})
	return nil
}

// printPairs prints a blank line, and then rows of what to type and what that does.
func (c *Call) printPairs(rows [][2]string) {
	widest := 0
	for _, r := range rows {
		widest = max(widest, utf8.RuneCountInString(r[0]))
	}
	c.out.WriteByte('\n')
	for _, r := range rows {
		fmt.Fprintf(c.out, "  %-*s  %s\n", widest, r[0], r[1])
	}
}

// describe prints how a command is typed, and its flags.
func (c *Call) describe(cmd command) error {
	fmt.Fprintf(c.out, "%s %s\n\n%s %s.\n", cmd.ssh(c.Host), cmd.usage(), c.styler(false).bold(cmd.name), c.words().Say(cmd.summary))
	var rows [][2]string
	flags, _ := cmd.flags()
	flags.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		rows = append(rows, [2]string{typedFlag(f), usage})
	})
	if len(rows) > 0 {
		c.printPairs(rows)
	}
	return nil
}

func defineVersion(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		_, err := fmt.Fprintf(c.out, "postern %s\n", c.Version)
		return err
	}
}
