package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"postern/content"
)

func newCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check [DIR]",
		Short: "Name every problem in a blog",
		Long: "Check reads a blog as serve does and prints every problem as file:line: what is wrong; what to do.\n" +
			"It exits with 1 when there is an error.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, _, err := load(args)
			if err != nil {
				return err
			}
			failed := false
			for _, p := range lib.Problems() {
				fmt.Fprintln(cmd.OutOrStdout(), p)
				failed = failed || p.Severity == content.Error
			}
			if failed {
				return errReported
			}
			return nil
		},
	}
}
