package main

import (
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"postern/content/settings"
	"postern/keys"
)

func newKeys() *cobra.Command {
	var data, host, addr string
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Show the host key's fingerprint, known_hosts line and SSHFP record",
		Long: "Keys prints what lets readers know this server before their first visit: the fingerprint, to be published\n" +
			"where they find the address; the line for their ~/.ssh/known_hosts; the SSHFP record for a zone signed by DNSSEC.\n" +
			"Where there is no host key yet, it is made.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			at, err := settings.ParseHost(host)
			if err != nil {
				return fmt.Errorf("--%w", err)
			}
			name, port := at.Split()
			if _, listened, err := net.SplitHostPort(addr); err != nil {
				return fmt.Errorf("--addr %q is not an address; write it as :2222", addr)
			} else if port == "" {
				port = listened
			}
			key, err := keys.Host(data)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			fmt.Fprintln(out, keys.Fingerprint(key.PublicKey()))
			fmt.Fprintln(out, keys.KnownHosts(name, port, key.PublicKey()))
			if record, ok := keys.SSHFP(name, key.PublicKey()); ok {
				fmt.Fprintln(out, record)
			}
			return nil
		},
	}
	addData(cmd.Flags(), &data)
	cmd.Flags().StringVar(&host, "host", "localhost", "what readers type to come here, such as blog.example.com:2222")
	cmd.Flags().StringVar(&addr, "addr", defaultAddr, "address that serve listens on, for the port where the host has none")
	return cmd
}
