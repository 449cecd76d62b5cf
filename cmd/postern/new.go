package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postern/content/problem"
	"postern/content/scaffold"
	"postern/sshapp/check"
)

func newNew() *cobra.Command {
	var dir string
	var openEditor bool
	var options scaffold.Options
	cmd := &cobra.Command{
		Use:   "new TITLE",
		Short: "Begin a post",
		Long: "New begins a post in the blog that DIR holds, as its other posts are begun: where the newest lie, named as they " +
			"are, with the keys that they have. It prints the new file's path, and never overwrites one.",
		Example: "  postern new \"On bread\" --tags bread,patience --edit",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			options.Title, options.Now = strings.Join(args, " "), time.Now()
			name, err := createPost(dir, options)
			if err != nil {
				return err
			}
			file := filepath.Join(dir, filepath.FromSlash(name))
			fmt.Fprintln(cmd.OutOrStdout(), file)
			if !openEditor {
				return nil
			}
			if err := edit(cmd, file); err != nil {
				return fmt.Errorf("%w; the new post is %s", err, file)
			}
			return checkFile(cmd, dir, name)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&dir, "dir", ".", "directory of the blog")
	flags.StringSliceVar(&options.Tags, "tags", nil, "its tags, with commas between them")
	flags.BoolVar(&options.Draft, "draft", false, "keep it from readers for now")
	flags.BoolVar(&options.Bundle, "bundle", false, "give it a directory of its own, with an index.md")
	flags.BoolVar(&openEditor, "edit", false, "open it in the editor that VISUAL or EDITOR names, then check it")
	return cmd
}

// createPost writes the file of a new post, and returns its path in the blog.
func createPost(dir string, options scaffold.Options) (string, error) {
	library, err := readBlog(dir)
	if err != nil {
		return "", err
	}
	name, text, err := scaffold.New(library, options)
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
	err = createFile(root, filepath.FromSlash(name), text)
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("%s exists already; choose another title", filepath.Join(dir, filepath.FromSlash(name)))
	}
	return name, err
}

// createFile writes a file that doesn't exist yet. When it returns, the file is on disk or, after an error, gone.
func createFile(root *os.Root, name, text string) error {
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

// edit opens a new post in the editor, at its end, and waits until the editor is closed.
func edit(cmd *cobra.Command, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	editor, err := editorCommand(file, 1+strings.Count(string(data), "\n"))
	if err != nil {
		return err
	}
	editor.Stdin, editor.Stdout, editor.Stderr = cmd.InOrStdin(), os.Stdout, cmd.ErrOrStderr()
	if err := editor.Run(); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(editor.Path), err)
	}
	return nil
}

// checkFile prints what is wrong with a file of the blog in dir.
func checkFile(cmd *cobra.Command, dir, name string) error {
	library, err := readBlog(dir)
	if err != nil {
		return err
	}
	report := check.File(library, name)
	for _, p := range report.Problems {
		fmt.Fprintln(cmd.ErrOrStderr(), p)
	}
	if report.Count(problem.Error) > 0 {
		return errReported
	}
	return nil
}
