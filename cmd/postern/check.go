package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"postern/content/problem"
	"postern/content/settings"
	"postern/sshapp/check"
)

func newCheck() *cobra.Command {
	var asJSON, strict bool
	cmd := &cobra.Command{
		Use:   "check [DIR | FILE]",
		Short: "Name every problem of a blog or a file",
		Long: "Check reads a blog as serve does, by default the one in the current directory, and prints every problem as " +
			"file:line:column: severity: what is wrong; what to do. Then it prints the files that are not taken for posts, what " +
			"the clock will do to posts, and a line that counts it all. It exits with 1 when there is an error.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "."
			if len(args) > 0 {
				name = args[0]
			}
			dir, report, err := checkPath(cmd, name)
			if err != nil {
				return err
			}
			if asJSON {
				err = report.WriteJSON(cmd.OutOrStdout())
			} else {
				err = report.WriteText(cmd.OutOrStdout(), dir, time.Now())
			}
			if err == nil && (report.Count(problem.Error) > 0 || strict && report.Count(problem.Warning) > 0) {
				return errReported
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one object with all posts, what is left out, and the problems")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 for a warning too")
	return cmd
}

// checkPath checks a directory or a file, and shows on a terminal how far it is. It returns the blog's directory too.
func checkPath(cmd *cobra.Command, name string) (string, check.Report, error) {
	bar := newProgress(cmd.ErrOrStderr(), "checking")
	defer bar.stop()
	dir, file, err := findBlog(name)
	if err != nil {
		return "", check.Report{}, err
	}
	library, err := readBlog(dir)
	if err != nil {
		return "", check.Report{}, err
	}
	var report check.Report
	if file == "" {
		report, _ = check.Blog(cmd.Context(), library, bar.set)
	} else {
		report = check.File(library, file)
	}
	if cmd.Context().Err() != nil { // interrupted
		return "", check.Report{}, errReported
	}
	if file != "" && file != settings.File && report.Empty() {
		return "", check.Report{}, fmt.Errorf("%s is not a post: it is not Markdown", filepath.Join(dir, file))
	}
	return dir, report, nil
}
