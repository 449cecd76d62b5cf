package sshapp

import (
	"postern/sshapp/admission"

	gossh "golang.org/x/crypto/ssh"
)

// serverConfig returns the configuration for one connection. The algorithms are those that ssh-audit finds nothing against,
// the post-quantum exchange first (ML-KEM with X25519, draft-ietf-sshm-mlkem-hybrid-kex), and X25519 for OpenSSH before 9.9.
// Strict key exchange, against Terrapin (CVE-2023-48795), is always offered by golang.org/x/crypto/ssh.
func serverConfig(c *admission.Conn, methodsOf func(user string) authMethods) *gossh.ServerConfig {
	config := &gossh.ServerConfig{PreAuthConnCallback: c.PreAuth}
	authenticate(config, c, methodsOf)
	config.KeyExchanges = []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519}
	config.Ciphers = []string{gossh.CipherAES256GCM, gossh.CipherAES128GCM, gossh.CipherAES256CTR, gossh.CipherAES192CTR, gossh.CipherAES128CTR}
	config.MACs = []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM}
	return config
}
