package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A usageError says what is wrong with a command line, and what to type. The exit code is 2.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// setUsageErrors has a command and its subcommands answer in our words, and not in those of the library.
func setUsageErrors(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(flagError)
	for _, c := range cmd.Commands() {
		setUsageErrors(c)
	}
	if !cmd.Runnable() { // it has nothing but subcommands
		cmd.Args, cmd.RunE = cobra.ArbitraryArgs, describe
		return
	}
	valid := cmd.Args
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch {
		case valid(cmd, args) == nil:
			return nil
		case len(args) == 0:
			return usagef("%s needs more than that; type %s", cmd.Name(), synopsis(cmd))
		}
		return usagef("%q is more than %s takes; type %s", args[len(args)-1], cmd.Name(), synopsis(cmd))
	}
}

// describe prints the help of a command that has nothing but subcommands, unless args name one that it doesn't have.
func describe(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	const typos = 2
	cmd.SuggestionsMinimumDistance = typos
	if near := cmd.SuggestionsFor(args[0]); args[0] != "" && len(near) > 0 {
		return usagef("there is no command %q; type %s %s", args[0], cmd.CommandPath(), near[0])
	}
	return usagef("there is no command %q; %s --help lists the commands", args[0], cmd.CommandPath())
}

// synopsis returns how a command is typed.
func synopsis(cmd *cobra.Command) string {
	return strings.TrimSuffix(cmd.CommandPath(), cmd.Name()) + cmd.Use
}

// flagError returns an error of the library in our words.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var incomplete *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return usagef("there is no flag %s; %s --help lists the flags", name, cmd.CommandPath())
	case errors.As(err, &incomplete):
		return usagef("--%s needs a value; %s --help describes it", incomplete.GetFlag().Name, cmd.CommandPath())
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return valueError("--"+invalid.GetFlag().Name, err)
	}
	return usageError{err}
}

// valueError returns an error in the value of a flag; name is that of the flag or of its environment variable.
func valueError(name string, err error) error {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return usagef("%s: %w", name, err)
	}
	f := invalid.GetFlag()
	problem := ""
	switch f.Value.Type() {
	case "int", "int64":
		problem = "not a whole number, or too large; write one such as " + f.DefValue
	case "size":
		problem = "not a size in bytes; write one such as 64KiB, 512MiB or 2GiB"
	case "duration":
		problem = "not a duration; write it with its unit, such as " + f.DefValue
	case "bool":
		problem = "neither true nor false"
	default:
		return usagef("%s %q: %w", name, invalid.GetValue(), invalid.Unwrap())
	}
	return usagef("%s %q is %s", name, invalid.GetValue(), problem)
}
