package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"postern/content/durable"
	"postern/keys"
	"postern/sshapp/backup"
	"postern/sshapp/state"
)

func newBackup() *cobra.Command {
	var data string
	var withSecrets bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy a running server's data into a file",
		Long: "Backup writes a tar archive of the data directory: the published site with its history and what is saved, the keys " +
			"of authors, and what readers have agreed to have kept. Readers notice nothing; who publishes waits until it is " +
			"done. The host key and the secret that readers' numbers are made with are left out, unless --secrets is given. " +
			"FILE may be - for standard output.",
		Example: "  postern backup /backups/blog.tar\n  ssh server postern backup - | gzip > blog.tar.gz",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			write := func(w io.Writer) error { return backup.Write(cmd.Context(), w, data, withSecrets) }
			err := writeTo(args[0], data, cmd.OutOrStdout(), write)
			if err == nil && !withSecrets {
				fmt.Fprintf(cmd.ErrOrStderr(), "postern: without %s and %s; --secrets adds them\n", keys.HostKeyFile, state.SecretFile)
			}
			return err
		},
	}
	addData(cmd.Flags(), &data)
	cmd.Flags().BoolVar(&withSecrets, "secrets", false, "with the host key and the readers' secret: whoever has the file can pose as the server")
	return cmd
}

// writeTo has a file written, which must not be in a directory, or standard output for "-". The file is there when it is whole.
func writeTo(file, notIn string, stdout io.Writer, write func(io.Writer) error) error {
	if file == "-" {
		return write(stdout)
	}
	whole, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	dir, err := filepath.Abs(notIn)
	if err != nil {
		return err
	}
	if strings.HasPrefix(whole, dir+string(filepath.Separator)) {
		return fmt.Errorf("%s is in the data directory, and would be a part of the next backup; write it elsewhere", file)
	}
	if _, err := os.Stat(filepath.Dir(whole)); err != nil {
		return directoryError(filepath.Dir(file), err)
	}
	return durable.Replace(whole, func(f *os.File) error { return write(f) })
}

func newRestore() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup into a data directory",
		Long: "Restore puts what postern backup has written into a data directory, which must be empty or not there. Run it as " +
			"the user that the server runs as, and before the server starts. FILE may be - for standard input.",
		Example: "  postern restore /backups/blog.tar --data /var/lib/postern\n  gunzip < blog.tar.gz | postern restore -",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := openInput(cmd, args[0])
			if err != nil {
				return err
			}
			defer in.Close()
			done, err := backup.Restore(in, data)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d files are restored in %s\n", done.Files, data)
			if !done.Secrets {
				fmt.Fprintf(cmd.ErrOrStderr(), "postern: the backup has no secrets; copy %s and %s here, or the server makes new ones:"+
					" readers are warned of a changed host key, and those who are remembered are asked again\n", keys.HostKeyFile, state.SecretFile)
			}
			return nil
		},
	}
	addData(cmd.Flags(), &data)
	return cmd
}

// openInput opens the file that a command reads, or standard input for "-".
func openInput(cmd *cobra.Command, name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(cmd.InOrStdin()), nil
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", name)
	}
	return f, err
}
