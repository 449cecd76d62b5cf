package keys

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// ReadCertificate returns a signer that presents a host certificate for a host key (ssh-keygen -h -s, PROTOCOL.certkeys). It is
// for clients that trust the certificate's authority; the others go on with the key itself.
func ReadCertificate(path string, host ssh.Signer, now time.Time) (ssh.Signer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("host certificate: %w", err)
	}
	data, err := readSmall(path, info)
	if err != nil {
		return nil, fmt.Errorf("host certificate: %w", err)
	}
	key, _, _, _, err := gossh.ParseAuthorizedKey(data)
	cert, ok := key.(*gossh.Certificate)
	switch {
	case err != nil || !ok:
		return nil, fmt.Errorf("host certificate %s: not a certificate; name the file that ends in -cert.pub", path)
	case cert.CertType != gossh.HostCert:
		return nil, fmt.Errorf("host certificate %s: it is for users; sign the key with ssh-keygen -h", path)
	case !bytes.Equal(cert.Key.Marshal(), host.PublicKey().Marshal()):
		return nil, fmt.Errorf("host certificate %s: it is for the key %s, and the host key is %s", path, Fingerprint(cert.Key), Fingerprint(host.PublicKey()))
	case cert.ValidBefore != gossh.CertTimeInfinity && uint64(now.Unix()) >= cert.ValidBefore:
		return nil, fmt.Errorf("host certificate %s: it has expired; sign the key again", path)
	}
	return gossh.NewCertSigner(cert, host)
}
