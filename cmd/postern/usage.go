package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A command line that is not valid is answered with what is wrong and what to type.

// setUsageErrors has a command and its subcommands answer in our words, and not in those of the library.
func setUsageErrors(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(flagError)
	for _, c := range cmd.Commands() {
		setUsageErrors(c)
	}
	valid := cmd.Args
	if valid == nil {
		return
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch {
		case valid(cmd, args) == nil:
			return nil
		case len(args) == 0:
			return fmt.Errorf("%s needs more than that; type %s", cmd.Name(), synopsis(cmd))
		}
		return fmt.Errorf("%q is more than %s takes; type %s", args[len(args)-1], cmd.Name(), synopsis(cmd))
	}
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
		return fmt.Errorf("there is no flag %s; %s --help lists the flags", name, cmd.CommandPath())
	case errors.As(err, &incomplete):
		return fmt.Errorf("--%s needs a value; %s --help describes it", incomplete.GetFlag().Name, cmd.CommandPath())
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return valueError("--"+invalid.GetFlag().Name, err)
	}
	return err
}

// valueError returns an error in the value of a flag; name is that of the flag or of its environment variable.
func valueError(name string, err error) error {
	var invalid *pflag.InvalidValueError
	if !errors.As(err, &invalid) {
		return fmt.Errorf("%s: %w", name, err)
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
		return fmt.Errorf("%s %q: %w", name, invalid.GetValue(), invalid.Unwrap())
	}
	return fmt.Errorf("%s %q is %s", name, invalid.GetValue(), problem)
}
