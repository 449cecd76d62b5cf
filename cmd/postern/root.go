package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// errReported ends a command that has itself printed what is wrong.
var errReported = errors.New("reported")

// run runs a command line and returns the exit code: 1 if what it asks for is not done, or a check finds an error, and 2 if it is
// not valid, as the commands over SSH do.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := fang.Execute(ctx, root, fang.WithVersion(version()), fang.WithErrorHandler(printError), fang.WithColorSchemeFunc(helpColors))
	switch {
	case err == nil:
		return 0
	case errors.As(err, new(usageError)):
		return 2
	}
	return 1
}

// printError prints an error in a line, as a Unix tool does.
func printError(w io.Writer, _ fang.Styles, err error) {
	if !errors.Is(err, errReported) {
		fmt.Fprintf(w, "postern: %v\n", err)
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "postern",
		Short: "A blog that lives behind SSH",
		Long: "Postern serves a directory of Markdown as a blog over SSH: readers type ssh and read.\n" +
			"Every flag can also be set by an environment variable: --addr by POSTERN_ADDR, and so on.",
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return fromEnvironment(cmd.Flags()) },
	}
	root.AddCommand(newServe(), newNew(), newPreview(), newCheck(), newKeys(), newAuthors(), newDeploy(), newBackup(), newRestore(), newMigrate(), newVersion())
	root.SetHelpCommand(newHelp())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		completion.Short = "Print a script that completes commands"
	}
	setUsageErrors(root)
	setHelp(root)
	return root
}

// fromEnvironment sets each flag that the command line doesn't set from its environment variable.
func fromEnvironment(flags *pflag.FlagSet) error {
	var errs []error
	flags.VisitAll(func(f *pflag.Flag) {
		value, ok := os.LookupEnv(variableName(f.Name))
		if !ok || f.Changed || f.Name == "help" || f.Name == "version" {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			errs = append(errs, valueError(variableName(f.Name), err))
		}
	})
	return errors.Join(errs...)
}

// variableName returns the name of a flag's environment variable.
func variableName(flag string) string {
	return "POSTERN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show which version this is",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "postern", version())
			return err
		},
	}
}

// version returns what the Go toolchain knows: a release's number if the program was installed as a module, else the
// commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
