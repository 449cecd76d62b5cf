package main

import (
	"os"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"postern/sshapp/cell"
)

// setHelp has the subcommands of a command describe their flags in lines that fit the terminal. fang, which prints the rest, would
// let the terminal break them, within words too.
func setHelp(cmd *cobra.Command) {
	for _, c := range cmd.Commands() {
		c.SetHelpFunc(func(c *cobra.Command, args []string) {
			wrapFlags(c, helpWidth())
			c.Root().HelpFunc()(c, args)
		})
		setHelp(c)
	}
}

// helpColors returns the colours of the help: two of the terminal's own that can be read on any background.
func helpColors(lipgloss.LightDarkFunc) fang.ColorScheme {
	return fang.ColorScheme{Command: lipgloss.Cyan, Flag: lipgloss.Green}
}

// helpWidth returns the columns that fang writes for.
func helpWidth() int {
	const most = 120
	width, _, err := term.GetSize(os.Stdout.Fd())
	if err != nil {
		return most
	}
	return min(width, most)
}

// wrapFlags wraps what is said of a command's flags, with their defaults, to what a width leaves beside the names of its flags and
// subcommands.
func wrapFlags(cmd *cobra.Command, width int) {
	const around, least = 6, 20 // columns beside the names, and for what is said
	names := len("-h --help")
	for _, c := range cmd.Commands() {
		names = max(names, len(c.Use+" [--flags]"))
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = max(names, len("--"+f.Name)) })
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		value := "\u00a0(" + f.DefValue + ")" // on the line of the last word
		lines := cell.Wrap(f.Usage+value, max(least, width-names-around))
		f.Usage = strings.TrimSuffix(strings.Join(lines, "\n"), value)
	})
}

// newHelp returns the command that describes others, in place of the library's, which takes any name.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Describe a command",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			switch {
			case err == nil && len(rest) == 0:
				return about.Help()
			case !about.HasSubCommands():
				return usagef("%q is more than help takes; type %s --help", rest[0], about.CommandPath())
			}
			return describe(about, rest)
		},
	}
}
