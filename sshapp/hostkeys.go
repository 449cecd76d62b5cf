package sshapp

import (
	"crypto/rand"
	"slices"
	"sync"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// While the host key is about to change, clients are told of the next one (OpenSSH's PROTOCOL, section 2.5). Those that know how
// have the server prove that it holds that key, and trust both from then on.

const (
	announceKeys = "hostkeys-00@openssh.com"
	proveKeys    = "hostkeys-prove-00@openssh.com"
)

// announcedKey is the key of the *sync.Once in a connection's context that announces the keys.
type announcedKey struct{}

// announce tells a client that has authenticated of the host key and the next one, once a connection.
func (s *server) announce(sc *gossh.ServerConn, ctx ssh.Context) {
	once, ok := ctx.Value(announcedKey{}).(*sync.Once)
	if !ok {
		return
	}
	once.Do(func() {
		var keys []byte
		for _, signer := range []ssh.Signer{s.config.HostKey, s.config.NextHostKey} {
			keys = append(keys, gossh.Marshal(struct{ Key []byte }{signer.PublicKey().Marshal()})...)
		}
		_, _, _ = sc.SendRequest(announceKeys, false, keys) // a client that has gone needs none
	})
}

// maxProofs bounds how many keys a client may have proved at once. There are two.
const maxProofs = 2

// proveNext answers a client that wants to see a proof of keys that were announced: a signature for each of them.
func (s *server) proveNext(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (ok bool, signatures []byte) {
	sc, ok := ctx.Value(ssh.ContextKeyConn).(*gossh.ServerConn)
	if !ok {
		return false, nil
	}
	for rest, n := req.Payload, 0; len(rest) > 0; n++ {
		var asked struct {
			Key  []byte
			Rest []byte `ssh:"rest"`
		}
		if n == maxProofs || gossh.Unmarshal(rest, &asked) != nil {
			return false, nil
		}
		signature := s.prove(asked.Key, sc.SessionID())
		if signature == nil {
			return false, nil
		}
		signatures = append(signatures, gossh.Marshal(struct{ Signature []byte }{signature})...)
		rest = asked.Rest
	}
	return len(signatures) > 0, signatures
}

// prove returns a signature by one of the server's keys over a connection; nil if the server doesn't have the key.
func (s *server) prove(key, sessionID []byte) []byte {
	for _, signer := range []ssh.Signer{s.config.HostKey, s.config.NextHostKey} {
		if !slices.Equal(signer.PublicKey().Marshal(), key) {
			continue
		}
		signature, err := signer.Sign(rand.Reader, gossh.Marshal(struct {
			Purpose      string
			Session, Key []byte
		}{proveKeys, sessionID, key}))
		if err == nil {
			return gossh.Marshal(signature)
		}
	}
	return nil
}
