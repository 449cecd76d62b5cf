package sshapp

import (
	"postern/sshapp/admission"

	gossh "golang.org/x/crypto/ssh"
)

// serverConfig returns the configuration for one connection. The algorithms are those that ssh-audit finds nothing against,
// and two MACs that it warns of, because they are of the text and not of what is sent: hmac-sha2-256 and hmac-sha2-512.
// libssh2 before 1.11, which curl and many languages use, has no others that are sound. As they come last, they are used only
// with clients that have nothing better. Strict key exchange, against Terrapin (CVE-2023-48795), which ChaCha20-Poly1305 needs,
// is always offered by golang.org/x/crypto/ssh.
func serverConfig(c *admission.Conn, methodsOf func(user string) authMethods) *gossh.ServerConfig {
	config := &gossh.ServerConfig{PreAuthConnCallback: c.PreAuth}
	authenticate(config, c, methodsOf)
	config.KeyExchanges = []string{
		gossh.KeyExchangeMLKEM768X25519, // post-quantum (draft-ietf-sshm-mlkem-hybrid-kex)
		gossh.KeyExchangeCurve25519,     // for OpenSSH before 9.9
	}
	config.Ciphers = []string{
		gossh.CipherAES256GCM, gossh.CipherAES128GCM, gossh.CipherChaCha20Poly1305,
		gossh.CipherAES256CTR, gossh.CipherAES192CTR, gossh.CipherAES128CTR,
	}
	config.MACs = []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM, gossh.HMACSHA256, gossh.HMACSHA512}
	return config
}
