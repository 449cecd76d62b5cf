package pipe

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// help shows all commands, on one screen of 24 lines, or one of them in full.
func help(*pflag.FlagSet) answer {
	return func(c *Call, operands []string) error {
		if len(operands) == 0 {
			return c.overview()
		}
		cmd, ok := lookup(operands[0])
		if !ok {
			return unknown(operands[0], c.Host.Command(""))
		}
		return c.explain(cmd)
	}
}

func (c *Call) overview() error {
	settings := c.Blog.Edition().Settings()
	fmt.Fprintln(c.out, c.pen(false).bold(settings.Title))
	if settings.Description != "" {
		fmt.Fprintln(c.out, settings.Description)
	}
	ssh := c.Host.Command("")
	rows := [][2]string{
		{},
		{ssh, "opens the blog, with ssh -t where ssh makes no terminal"},
		{c.Host.Command("SLUG"), "opens a post; without a terminal, prints it"},
		{ssh + " COMMAND", "answers for a pipe; the commands are:"},
		{},
	}
	for _, cmd := range commands() {
		rows = append(rows, [2]string{strings.TrimSpace(cmd.name + " " + cmd.operands), cmd.does})
	}
	rows = append(rows, [2]string{}, [2]string{ssh + " help ls", "says all of one command"})
	column := 0
	for _, r := range rows {
		column = max(column, len(r[0]))
	}
	for _, r := range rows {
		line := fmt.Sprintf("  %-*s  %s", column, r[0], r[1])
		fmt.Fprintln(c.out, strings.TrimRight(line, " "))
	}
	return nil
}

// explain shows how a command is typed, and its flags.
func (c *Call) explain(cmd command) error {
	fmt.Fprintf(c.out, "%s %s\n\n%s %s.\n", c.Host.Command(""), cmd.usage(), c.pen(false).bold(cmd.name), cmd.does)
	flags, _ := cmd.flags()
	if flags.HasFlags() {
		c.out.WriteString("\n")
	}
	flags.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		fmt.Fprintf(c.out, "  %-14s %s\n", spelled(f), usage)
	})
	return nil
}

func version(*pflag.FlagSet) answer {
	return func(c *Call, _ []string) error {
		_, err := fmt.Fprintf(c.out, "postern %s\n", c.Version)
		return err
	}
}
