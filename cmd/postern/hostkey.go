package main

import (
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"postern/keys"
	"postern/sshapp"
)

// hostKeyFlags say where the host key is, if it is not in the data directory.
type hostKeyFlags struct{ file, certificate string }

func (h *hostKeyFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&h.file, "host-key-file", "", "host key that is delivered as a secret, in place of that in the data directory, such as one that several machines share")
}

// path returns where the host key was delivered: to the file that the flag names, or as a credential of the service
// (LoadCredential= in systemd.exec(5)); empty if it was not.
func (h *hostKeyFlags) path() string {
	if h.file != "" {
		return h.file
	}
	if dir := os.Getenv("CREDENTIALS_DIRECTORY"); dir != "" {
		path := filepath.Join(dir, keys.HostKeyFile)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// read fills in the keys of a server's configuration. Without a key in the data directory it makes one, unless one was delivered.
func (h *hostKeyFlags) read(c *sshapp.Config, data string) (err error) {
	path := h.path()
	if path == "" {
		path = filepath.Join(data, keys.HostKeyFile)
		c.HostKey, err = keys.Host(data)
	} else {
		c.HostKey, err = keys.ReadHostFile(path)
	}
	if err != nil {
		return err
	}
	if h.certificate != "" {
		if c.HostCertificate, err = keys.ReadCertificate(h.certificate, c.HostKey, time.Now()); err != nil {
			return err
		}
	}
	c.NextHostKey, err = keys.ReadNextFile(path)
	return err
}

// noteNext notes in the data directory that a server announces the next key there. The note lets rotate --finish use that key, and
// whoever serves without it serves as well.
func (h *hostKeyFlags) noteNext(c sshapp.Config, data string) {
	if c.NextHostKey == nil || h.path() != "" {
		return
	}
	if err := keys.Announced(data, c.NextHostKey.PublicKey()); err != nil {
		c.Log.Warn("next host key", "error", err)
	}
}
