package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postern/keys"
	"postern/sshapp/cluster"
	"postern/sshapp/postgres"
)

// authorsFlags say whose authors are meant.
type authorsFlags struct{ data, database string }

func newAuthors() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "authors",
		Short: "Say who may publish",
		Long: "Authors are known by their SSH keys, in the file authorized_keys of the data directory. It has OpenSSH's format, " +
			"with the options command, from, expiry-time and restrict. A server that runs takes changes up when a session " +
			"begins; those that are open end by themselves when they have lasted as long as they may.",
		Example: "  postern authors add ana ana.pub\n  ssh-add -L | head -1 | ssh server postern authors add ana\n  postern authors remove ana",
		Args:    cobra.NoArgs,
	}
	var f authorsFlags
	add, list, remove := newAddAuthor(&f), newListAuthors(&f), newRemoveAuthor(&f)
	cmd.AddCommand(add, list, remove)
	for _, sub := range cmd.Commands() {
		addData(sub.Flags(), &f.data)
	}
	addDatabase(add.Flags(), &f.database)
	addDatabase(remove.Flags(), &f.database)
	return cmd
}

func newAddAuthor(f *authorsFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "add NAME [KEY.pub | -]",
		Short: "Let a public key publish",
		Long: "Add lets a public key publish, under a name that the history shows. The key is that of a file or, without one or " +
			"for -, of standard input.",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "-"
			if len(args) > 1 {
				name = args[1]
			}
			line, err := readKey(cmd, name)
			if err != nil {
				return err
			}
			file, err := f.file(cmd)
			if err != nil {
				return err
			}
			a, err := keys.AddAuthor(file, args[0], line)
			if err == nil {
				fmt.Fprintln(cmd.OutOrStdout(), describeAuthor(a))
			}
			return err
		},
	}
}

func newListAuthors(f *authorsFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the keys that may publish",
		Long:  "List prints the keys that may publish, a line each: name, fingerprint, and what restricts the key.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			warn := func(err error) { fmt.Fprintln(cmd.ErrOrStderr(), "postern:", err) }
			all := keys.NewAuthors(f.data, warn).List()
			for _, a := range all {
				fmt.Fprintln(cmd.OutOrStdout(), describeAuthor(a))
			}
			if len(all) == 0 {
				warn(fmt.Errorf("nobody may publish into %s; let somebody with postern authors add NAME KEY.pub", f.data))
			}
			return nil
		},
	}
}

func newRemoveAuthor(f *authorsFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Let keys publish no more",
		Long:  "Remove lets the keys of a name, or the key of a fingerprint, publish no more, and prints them.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := f.file(cmd)
			if err != nil {
				return err
			}
			removed, err := keys.RemoveAuthor(file, args[0])
			if errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("no author is called %q; postern authors list names them all", args[0])
			}
			for _, a := range removed {
				fmt.Fprintln(cmd.OutOrStdout(), describeAuthor(a))
			}
			return err
		},
	}
}

// file returns the edit of the authors' file: that in the database, if the machine shares it with others. Which one it is goes to
// standard error: without --data it may be one that no server reads.
func (f *authorsFlags) file(cmd *cobra.Command) (keys.Edit, error) {
	if f.database == "" {
		if cluster.Joined(f.data) {
			return nil, errors.New("the authors of this machine are those of its database; name it with --database")
		}
		fmt.Fprintln(cmd.ErrOrStderr(), "postern: the authors in", filepath.Join(f.data, keys.AuthorsFile))
		return keys.EditIn(f.data), nil
	}
	db, err := postgres.Open(f.database)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "postern: the authors in the database")
	return func(change func([]byte) ([]byte, error)) error { return cluster.EditAuthors(cmd.Context(), db, change) }, nil
}

// maxKeyFile bounds a public key's file in bytes: a line of an RSA key of 16,384 bits has 2,800.
const maxKeyFile = 16 << 10

// readKey reads a public key from a file, or from standard input for "-".
func readKey(cmd *cobra.Command, name string) (string, error) {
	if name == "-" && onTerminal(cmd.InOrStdin()) {
		fmt.Fprintln(cmd.ErrOrStderr(), "postern: paste the public key, the line in ~/.ssh/id_ed25519.pub, and press Ctrl-D")
	}
	in, err := openInput(cmd, name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	line, err := io.ReadAll(io.LimitReader(in, maxKeyFile))
	return string(line), err
}

// describeAuthor returns a line about a key: name, fingerprint, and what restricts it.
func describeAuthor(a keys.Author) string {
	parts := []string{a.Name, keys.Fingerprint(a.Key)}
	if a.Command != "" {
		parts = append(parts, fmt.Sprintf("command=%q", a.Command))
	}
	if len(a.From) > 0 {
		parts = append(parts, fmt.Sprintf("from=%q", strings.Join(a.From, ",")))
	}
	if !a.Expires.IsZero() {
		parts = append(parts, "expires "+a.Expires.Format(time.RFC3339))
	}
	return strings.Join(parts, "\t")
}
