package pipe

import (
	"fmt"
	"strings"
	"unicode/utf8"

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
	c.pairs([][2]string{
		{ssh, "the blog, on a terminal (ssh -t)"},
		{c.Host.Command("SLUG"), "a post; without a terminal, its text"},
		{ssh + " COMMAND", "an answer, as text:"},
	})
	var rows [][2]string
	for _, cmd := range commands() {
		rows = append(rows, [2]string{strings.TrimSpace(cmd.name + " " + cmd.operands), cmd.does})
	}
	c.pairs(rows)
	c.pairs([][2]string{{ssh + " help ls", "all of one command"}})
	return nil
}

// pairs prints rows of what to type and what that does, under a blank line.
func (c *Call) pairs(rows [][2]string) {
	widest := 0
	for _, r := range rows {
		widest = max(widest, utf8.RuneCountInString(r[0]))
	}
	c.out.WriteByte('\n')
	for _, r := range rows {
		fmt.Fprintf(c.out, "  %-*s  %s\n", widest, r[0], r[1])
	}
}

// explain shows how a command is typed, and its flags.
func (c *Call) explain(cmd command) error {
	fmt.Fprintf(c.out, "%s %s\n\n%s %s.\n", c.Host.Command(""), cmd.usage(), c.pen(false).bold(cmd.name), cmd.does)
	var rows [][2]string
	flags, _ := cmd.flags()
	flags.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		rows = append(rows, [2]string{spelled(f), usage})
	})
	if len(rows) > 0 {
		c.pairs(rows)
	}
	return nil
}

func version(*pflag.FlagSet) answer {
	return func(c *Call, _ []string) error {
		_, err := fmt.Fprintf(c.out, "postern %s\n", c.Version)
		return err
	}
}
