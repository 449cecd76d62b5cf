package keys

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"net"
	"strings"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// Describe returns a host key in the forms in which it is published, a line each: its fingerprint, the line for known_hosts, and
// the SSHFP record if there is one for its type. Port 22 may be left out.
func Describe(host, port string, key ssh.PublicKey) string {
	lines := []string{Fingerprint(key), KnownHosts(host, cmp.Or(port, "22"), key)}
	if record, ok := SSHFP(host, key); ok {
		lines = append(lines, record)
	}
	return strings.Join(lines, "\n") + "\n"
}

// Fingerprint returns a key's fingerprint as OpenSSH shows it, SHA256: and 43 characters.
func Fingerprint(key ssh.PublicKey) string { return gossh.FingerprintSHA256(key) }

// KnownHosts returns the line for a reader's ~/.ssh/known_hosts, so that ssh trusts the server at the first visit.
func KnownHosts(host, port string, key ssh.PublicKey) string {
	return knownhosts.Line([]string{net.JoinHostPort(host, port)}, key)
}

// SSHFP returns the DNS record with a key's fingerprint (RFC 4255), as a line of a zone file. The algorithm is 4 for Ed25519
// (RFC 7479, section 2), and the type of the fingerprint is 2 for SHA-256 (RFC 6594, section 3.2). For other types of keys ok is
// false.
func SSHFP(host string, key ssh.PublicKey) (record string, ok bool) {
	if key.Type() != gossh.KeyAlgoED25519 {
		return "", false
	}
	return fmt.Sprintf("%s. IN SSHFP 4 2 %x", strings.TrimSuffix(host, "."), sha256.Sum256(key.Marshal())), true
}
