package sshapp

import (
	"errors"
	"postern/sshapp/admission"

	gossh "golang.org/x/crypto/ssh"
)

var errUserName = errors.New("the user name is too long")

// maxAuthTries is how often one connection may try to authenticate, as OpenSSH's MaxAuthTries: everyone gets in at the first.
const maxAuthTries = 6

// serverConfig lets everyone in without asking for a key or a password, so that a client never offers its keys, which map
// to people. The algorithms are those that ssh-audit finds nothing against, the post-quantum exchange first (ML-KEM with
// X25519, draft-ietf-sshm-mlkem-hybrid-kex), and X25519 for OpenSSH before 9.9. Strict key exchange, against Terrapin
// (CVE-2023-48795), is always offered by golang.org/x/crypto/ssh.
func serverConfig(c *admission.Conn) *gossh.ServerConfig {
	config := &gossh.ServerConfig{
		MaxAuthTries:        maxAuthTries,
		NoClientAuth:        true,
		PreAuthConnCallback: c.PreAuth,
		NoClientAuthCallback: func(meta gossh.ConnMetadata) (*gossh.Permissions, error) {
			if admission.Exceeds(len(meta.User()), c.Limits.User) {
				c.Refused("user name")
				return nil, errUserName
			}
			c.Authenticated()
			return &gossh.Permissions{}, nil
		},
	}
	config.KeyExchanges = []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519}
	config.Ciphers = []string{gossh.CipherAES256GCM, gossh.CipherAES128GCM, gossh.CipherAES256CTR, gossh.CipherAES192CTR, gossh.CipherAES128CTR}
	config.MACs = []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM}
	return config
}
