package sshapp

import (
	"io"
	"net"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// TestAlgorithms pins what is offered.
func TestAlgorithms(t *testing.T) {
	addr, _ := openTCP(t, nil)
	raw, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	io.WriteString(raw, "SSH-2.0-test\r\n")
	buf := make([]byte, 4096)
	var all string
	for strings.Count(all, "none") < 2 { // of compression, the last of the lists (RFC 4253, section 7.1)
		n, err := raw.Read(buf)
		if err != nil {
			break
		}
		all += string(buf[:n])
	}
	if !strings.HasPrefix(all, "SSH-2.0-Postern\r\n") {
		t.Errorf("the banner is %.40q", all)
	}
	const (
		ciphers = "aes256-gcm@openssh.com,aes128-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr"
		macs    = "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512\x00"
	)
	for _, want := range []string{"mlkem768x25519-sha256,curve25519-sha256", "kex-strict-s-v00@openssh.com", "ssh-ed25519", ciphers, macs} {
		if !strings.Contains(all, want) {
			t.Errorf("it doesn't offer %s: %q", want, all)
		}
	}
	for _, weak := range []string{"sha1", "cbc", "dss", "ssh-rsa", "3des", "arcfour", "nistp", "group"} {
		if strings.Contains(all, weak) {
			t.Errorf("it offers %s: %q", weak, all)
		}
	}
}

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
