package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"postern/content"
)

func newCheck() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Name every problem in a blog",
		Long: "Check reads a blog as serve does and prints every problem as file:line: what is wrong; what to do, and then the\n" +
			"files that are not taken for posts. It exits with 1 when there is an error.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := load(args)
			if err != nil {
				return err
			}
			report := b.library.Report()
			report.Problems = b.problems(cmd.Context(), func() {})
			if err := write(cmd.OutOrStdout(), report, asJSON); err != nil {
				return err
			}
			if slices.ContainsFunc(report.Problems, func(p content.Problem) bool { return p.Severity == content.Error }) {
				return errReported
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one object with all posts, what is left out, and the problems")
	return cmd
}

func write(w io.Writer, r content.Report, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	for _, p := range r.Problems {
		if _, err := fmt.Fprintf(w, "%s\n", p); err != nil {
			return err
		}
	}
	for _, l := range r.LeftOut {
		if _, err := fmt.Fprintf(w, "%s: left out: %s\n", l.Path, l.Why); err != nil {
			return err
		}
	}
	return nil
}
