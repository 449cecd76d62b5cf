package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"postern/content/settings"
	"postern/keys"
	"postern/sshapp/cluster"
)

func newKeys() *cobra.Command {
	var data, host string
	var create bool
	var delivered hostKeyFlags
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Show what readers know the server by",
		Long: "Keys prints what lets readers know this server before their first visit: the fingerprint, to be published where " +
			"they find the address; the line for their ~/.ssh/known_hosts; the SSHFP record for a zone signed by DNSSEC. Which " +
			"file it reads goes to standard error. A host without a port has port 22.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			name, port, err := parseVisited(host)
			if err != nil {
				return err
			}
			path, read, from := filepath.Join(data, keys.HostKeyFile), keys.ReadHost, data
			if file := delivered.path(); file != "" {
				path, read, from = file, keys.ReadHostFile, file
			} else if create {
				read = keys.Host
			}
			key, err := read(from)
			if errors.Is(err, fs.ErrNotExist) && delivered.path() == "" {
				return fmt.Errorf("there is no host key in %s; name the server's data directory with --data, or make a key there with --create", data)
			}
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.ErrOrStderr(), "postern: the host key", path)
			_, err = io.WriteString(cmd.OutOrStdout(), keys.Describe(name, port, key.PublicKey()))
			return err
		},
	}
	cmd.AddCommand(newRotate())
	addData(cmd.Flags(), &data)
	delivered.add(cmd.Flags())
	cmd.Flags().StringVar(&host, "host", "localhost"+defaultAddr, "what readers type to come here, such as blog.example.com")
	cmd.Flags().BoolVar(&create, "create", false, "make a host key if there is none, as serve does")
	return cmd
}

func newRotate() *cobra.Command {
	var data, host string
	var finish bool
	cmd := &cobra.Command{
		Use:   "rotate",
		Short: "Change the host key without a warning",
		Long: "Rotate makes the next host key. From its next start or SIGHUP on the server announces it to everybody who " +
			"connects, and OpenSSH learns it (UpdateHostKeys). Some weeks later --finish puts it into the place of the old one: " +
			"who has come in the meantime notices nothing, and who has not is warned that the key has changed. It prints the " +
			"next key as keys does.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			name, port, err := parseVisited(host)
			if err != nil {
				return err
			}
			path := filepath.Join(data, keys.HostKeyFile)
			change, then := keys.CreateNext, "send the server SIGHUP, and it announces this key; a while later: postern keys rotate --finish"
			switch {
			case finish:
				change, then = keys.UseNext, "send the server SIGHUP, and it has this key; the old one is kept in "+path+keys.OldSuffix
			case cluster.Joined(data):
				then = "copy " + path + keys.NextSuffix + " to the other machines, send all servers SIGHUP, and they announce this key; a while later, on each: postern keys rotate --finish"
			}
			key, err := change(data)
			switch {
			case errors.Is(err, fs.ErrExist):
				return fmt.Errorf("there is a next host key already, %s; --finish puts it into the place of the old one", path+keys.NextSuffix)
			case errors.Is(err, keys.ErrNotAnnounced):
				return fmt.Errorf("%w, so all readers would be warned; send the server SIGHUP and wait some weeks, or, if they shall be warned: mv %s %s", err, path+keys.NextSuffix, path)
			case errors.Is(err, fs.ErrNotExist) && finish:
				return fmt.Errorf("there is no next host key in %s; begin with postern keys rotate, without --finish", data)
			case errors.Is(err, fs.ErrNotExist):
				return fmt.Errorf("there is no host key in %s; name the server's data directory with --data, or begin with postern keys --create", data)
			case err != nil:
				return err
			}
			fmt.Fprintln(cmd.ErrOrStderr(), "postern:", then)
			_, err = io.WriteString(cmd.OutOrStdout(), keys.Describe(name, port, key.PublicKey()))
			return err
		},
	}
	addData(cmd.Flags(), &data)
	cmd.Flags().StringVar(&host, "host", "localhost"+defaultAddr, "what readers type to come here, such as blog.example.com")
	cmd.Flags().BoolVar(&finish, "finish", false, "put the next host key into the place of the old one")
	return cmd
}

// parseVisited reads the flag of what readers type to come here.
func parseVisited(host string) (name, port string, err error) {
	h, err := settings.ParseHost(cmp.Or(host, "localhost"+defaultAddr))
	if err != nil {
		return "", "", usagef("--%w", err)
	}
	name, port = h.Split()
	return name, port, nil
}
