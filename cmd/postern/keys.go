package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"postern/content/settings"
	"postern/keys"
)

func newKeys() *cobra.Command {
	var data, host string
	var create bool
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Show the host key's fingerprint, known_hosts line and SSHFP record",
		Long: "Keys prints what lets readers know this server before their first visit: the fingerprint, to be published\n" +
			"where they find the address; the line for their ~/.ssh/known_hosts; the SSHFP record for a zone signed by DNSSEC.\n" +
			"Which file it reads goes to standard error. A host without a port has port 22.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			at, err := settings.ParseHost(cmp.Or(host, "localhost"+defaultAddr))
			if err != nil {
				return fmt.Errorf("--%w", err)
			}
			read := keys.ReadHost
			if create {
				read = keys.Host
			}
			key, err := read(data)
			if errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("there is no host key in %s; name the server's data directory with --data, or make a key there with --create", data)
			}
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.ErrOrStderr(), "postern: the host key", filepath.Join(data, keys.HostKeyFile))
			out := cmd.OutOrStdout()
			fmt.Fprintln(out, keys.Fingerprint(key.PublicKey()))
			name, port := at.Split()
			fmt.Fprintln(out, keys.KnownHosts(name, cmp.Or(port, "22"), key.PublicKey()))
			if record, ok := keys.SSHFP(name, key.PublicKey()); ok {
				fmt.Fprintln(out, record)
			}
			return nil
		},
	}
	addData(cmd.Flags(), &data)
	cmd.Flags().StringVar(&host, "host", "localhost"+defaultAddr, "what readers type to come here, such as blog.example.com")
	cmd.Flags().BoolVar(&create, "create", false, "make a host key if there is none, as serve does")
	return cmd
}
