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

// errReported ends a command that has said on its own what is wrong.
var errReported = errors.New("reported")

// run is the program but for the process around it. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := fang.Execute(ctx, root, fang.WithVersion(version()), fang.WithErrorHandler(report))
	if err != nil {
		return 1
	}
	return 0
}

// report says what is wrong in a line, as a Unix tool does.
func report(w io.Writer, _ fang.Styles, err error) {
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
	root.AddCommand(newServe(), newNew(), newPreview(), newCheck(), newKeys(), newVersion())
	inOurVoice(root)
	return root
}

// fromEnvironment sets each flag that the command line doesn't set from its twin in the environment.
func fromEnvironment(flags *pflag.FlagSet) error {
	var errs []error
	flags.VisitAll(func(f *pflag.Flag) {
		value, ok := os.LookupEnv(variable(f.Name))
		if !ok || f.Changed || f.Name == "help" || f.Name == "version" {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			errs = append(errs, wrongValue(variable(f.Name), err))
		}
	})
	return errors.Join(errs...)
}

// variable is the environment's name of a flag.
func variable(flag string) string {
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

// version is what the Go toolchain knows: a release's number where the program was installed as a module, else the
// commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
