package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postern/content"
)

func newNew() *cobra.Command {
	var dir string
	var edit bool
	var idea content.Idea
	cmd := &cobra.Command{
		Use:   "new TITLE",
		Short: "Begin a post",
		Long: "New begins a post in the blog that DIR holds, as its other posts are begun: where the newest lie, named as they\n" +
			"are, with the keys that they have. It prints the new file's path, and never overwrites one.",
		Example: "  postern new \"On bread\" --tags bread,patience --edit",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			idea.Title, idea.Now = strings.Join(args, " "), time.Now()
			name, err := begin(dir, idea)
			if err != nil {
				return err
			}
			file := filepath.Join(dir, filepath.FromSlash(name))
			fmt.Fprintln(cmd.OutOrStdout(), file)
			if !edit {
				return nil
			}
			if err := editNew(cmd, file); err != nil {
				return fmt.Errorf("%w; %s is made, and stays", err, file)
			}
			return checkFile(cmd, dir, name)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&dir, "dir", ".", "directory of the blog")
	flags.StringSliceVar(&idea.Tags, "tags", nil, "its tags, with commas between them")
	flags.BoolVar(&idea.Draft, "draft", false, "keep it from readers for now")
	flags.BoolVar(&idea.Bundle, "bundle", false, "give it a directory of its own, with an index.md")
	flags.BoolVar(&edit, "edit", false, "open it in the editor that VISUAL or EDITOR names, else in vi, then check it")
	return cmd
}

// begin writes the file that a post begins with, and returns its path in the blog.
func begin(dir string, idea content.Idea) (string, error) {
	b, err := load(dir)
	if err != nil {
		return "", err
	}
	name, text, err := b.library.Compose(idea)
	if err != nil {
		return "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o777); err != nil {
		return "", err
	}
	err = writeNew(root, filepath.FromSlash(name), text)
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("%s is there already; choose another title", filepath.Join(dir, filepath.FromSlash(name)))
	}
	return name, err
}

// writeNew writes a file that isn't there. It is on disk when it returns, or it isn't there.
func writeNew(root *os.Root, name, text string) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, root.Remove(name))
	}
	return nil
}

// editNew opens a new file in the editor, below its front matter.
func editNew(cmd *cobra.Command, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	editor, err := editing(file, 1+strings.Count(string(data), "\n"))
	if err != nil {
		return err
	}
	editor.Stdin, editor.Stdout, editor.Stderr = os.Stdin, os.Stdout, cmd.ErrOrStderr()
	if err := editor.Run(); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(editor.Path), err)
	}
	return nil
}

// checkFile says what is wrong with one file.
func checkFile(cmd *cobra.Command, dir, name string) error {
	b, err := load(dir)
	if err != nil {
		return err
	}
	problems := b.problemsOf(name)
	for _, p := range problems {
		fmt.Fprintln(cmd.ErrOrStderr(), p)
	}
	if slices.ContainsFunc(problems, func(p content.Problem) bool { return p.Severity == content.Error }) {
		return errReported
	}
	return nil
}
