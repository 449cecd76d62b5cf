package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// What is said of a command line that is none: what is wrong, and what to type.

// inOurVoice has a command and those below it say so themselves, and not the library that reads the command line.
func inOurVoice(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(wrongFlag)
	for _, c := range cmd.Commands() {
		inOurVoice(c)
	}
	right := cmd.Args
	if right == nil {
		return
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch {
		case right(cmd, args) == nil:
			return nil
		case len(args) == 0:
			return fmt.Errorf("%s needs more than that; type %s", cmd.Name(), synopsis(cmd))
		}
		return fmt.Errorf("%q is more than %s takes; type %s", args[len(args)-1], cmd.Name(), synopsis(cmd))
	}
}

// synopsis is how a command is typed.
func synopsis(cmd *cobra.Command) string { return cmd.Root().Name() + " " + cmd.Use }

// wrongFlag says what is wrong with a flag.
func wrongFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var lone *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return fmt.Errorf("there is no flag %s; %s --help names those that there are", name, cmd.CommandPath())
	case errors.As(err, &lone):
		return fmt.Errorf("--%s needs a value behind it; %s --help says which", lone.GetFlag().Name, cmd.CommandPath())
	}
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		return wrongValue("--"+wrong.GetFlag().Name, err)
	}
	return err
}

// wrongValue says what is wrong with the value that a flag was given under a name.
func wrongValue(name string, err error) error {
	var wrong *pflag.InvalidValueError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("%s: %w", name, err)
	}
	f := wrong.GetFlag()
	is := ""
	switch f.Value.Type() {
	case "int", "int64":
		is = "no whole number, or too large a one; write one such as " + f.DefValue
	case "duration":
		is = "no duration; write it with its unit, such as " + f.DefValue
	case "bool":
		is = "neither true nor false"
	default:
		return fmt.Errorf("%s %q: %w", name, wrong.GetValue(), wrong.Unwrap())
	}
	return fmt.Errorf("%s %q is %s", name, wrong.GetValue(), is)
}
