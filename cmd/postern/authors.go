package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"postern/keys"
	"postern/sshapp/cluster"
	"postern/sshapp/postgres"
)

func newAuthors() *cobra.Command {
	var data, database string
	fileOf := func(ctx context.Context) (keys.Edit, error) { return authorsOf(ctx, data, database) }
	cmd := &cobra.Command{
		Use:   "authors",
		Short: "Say who may publish",
		Long: "Authors are known by their SSH keys, in the file authorized_keys of the data directory. It has OpenSSH's format, " +
			"with the options command, from, expiry-time and restrict. A server that runs takes changes up when a session " +
			"begins; those that are open end by themselves when they have lasted as long as they may.",
		Example: "  postern authors add ana ana.pub\n  ssh-add -L | head -1 | ssh server postern authors add ana\n  postern authors remove ana",
		Args:    cobra.NoArgs,
	}
	add := &cobra.Command{
		Use:   "add NAME [KEY.pub | -]",
		Short: "Let a public key publish",
		Long: "Add lets a public key publish, under a name that the history shows. The key is that of a file or, without one or " +
			"for -, of standard input.",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			line, err := readKey(cmd, args[1:])
			if err != nil {
				return err
			}
			file, err := fileOf(cmd.Context())
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
	list := &cobra.Command{
		Use:   "list",
		Short: "List the keys that may publish",
		Long:  "List prints the keys that may publish, a line each: name, fingerprint, and what restricts the key.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			warn := func(err error) { fmt.Fprintln(cmd.ErrOrStderr(), "postern:", err) }
			for _, a := range keys.NewAuthors(data, warn).List() {
				fmt.Fprintln(cmd.OutOrStdout(), describeAuthor(a))
			}
			return nil
		},
	}
	remove := &cobra.Command{
		Use:   "remove NAME",
		Short: "Let keys publish no more",
		Long:  "Remove lets the keys of a name, or the key of a fingerprint, publish no more, and prints them.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := fileOf(cmd.Context())
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
	for _, sub := range []*cobra.Command{add, list, remove} {
		addData(sub.Flags(), &data)
		if sub != list {
			addDatabase(sub.Flags(), &database)
		}
		cmd.AddCommand(sub)
	}
	return cmd
}

// authorsOf returns how the authors of a data directory are changed: in the database, if its machine shares them with others.
func authorsOf(ctx context.Context, data, database string) (keys.Edit, error) {
	if database == "" {
		if cluster.Joined(data) {
			return nil, errors.New("the authors of this machine are those of its database; name it with --database")
		}
		return keys.EditIn(data), nil
	}
	db, err := postgres.Open(database)
	if err != nil {
		return nil, err
	}
	return func(change func([]byte) ([]byte, error)) error { return cluster.EditAuthors(ctx, db, change) }, nil
}

// maxKeyFile bounds a public key's file in bytes: a line of an RSA key of 16,384 bits has 2,800.
const maxKeyFile = 16 << 10

// readKey reads a public key from the file that args name, or without one, or for -, from standard input.
func readKey(cmd *cobra.Command, args []string) (string, error) {
	in := cmd.InOrStdin()
	switch {
	case len(args) == 1 && args[0] != "-":
		f, err := os.Open(args[0])
		if err != nil {
			return "", err
		}
		defer f.Close()
		in = f
	case term.IsTerminal(os.Stdin.Fd()):
		fmt.Fprintln(cmd.ErrOrStderr(), "postern: paste the public key, the line in ~/.ssh/id_ed25519.pub, and press Ctrl-D")
	}
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
