package sshapp

import (
	"net"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// TestAlgorithmsOfClients: what clients offer has something in common with what the server does. The scripts of cmd/postern try
// the clients themselves, where they are installed.
func TestAlgorithmsOfClients(t *testing.T) {
	for name, offers := range map[string]gossh.Config{
		"OpenSSH 6.5": {
			KeyExchanges: []string{gossh.KeyExchangeCurve25519, gossh.KeyExchangeECDHP256},
			Ciphers:      []string{gossh.CipherAES128CTR, gossh.CipherAES128GCM, gossh.CipherChaCha20Poly1305},
			MACs:         []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM, gossh.HMACSHA1},
		},
		"Dropbear 2022.83": {
			KeyExchanges: []string{gossh.KeyExchangeCurve25519},
			Ciphers:      []string{gossh.CipherChaCha20Poly1305, gossh.CipherAES128CTR},
			MACs:         []string{gossh.HMACSHA1, gossh.HMACSHA256},
		},
		"Dropbear 2020.79": {
			KeyExchanges: []string{gossh.KeyExchangeCurve25519},
			Ciphers:      []string{gossh.CipherAES128CTR},
			MACs:         []string{gossh.HMACSHA1, gossh.HMACSHA256},
		},
		"libssh2 1.10": {
			KeyExchanges: []string{gossh.KeyExchangeECDHP256, gossh.KeyExchangeCurve25519},
			Ciphers:      []string{gossh.CipherAES256CTR},
			MACs:         []string{gossh.HMACSHA256, gossh.HMACSHA512, gossh.HMACSHA1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := open(t, nil)
				raw, err := h.net.Dial(net.IPv4(198, 51, 100, 7))
				if err != nil {
					t.Fatal(err)
				}
				defer raw.Close()
				c, _, _, err := gossh.NewClientConn(raw, "blog", &gossh.ClientConfig{Config: offers, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
				if err != nil {
					t.Fatal(err)
				}
				c.Close()
				settle()
			})
		})
	}
}
