package sshapp

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/keys"
	"postern/sshapp/admission"
	"postern/sshapp/publishing"
)

// Who a client is was proved by a key, or isn't known. What must hold: it is told by the permissions that the library returns
// for the proof that a connection began with, and by nothing else. A key that was only offered makes nobody anything; under the
// name of authors it is named, to who offered it, as one that can't publish. A connection may stay open for long, so the authors' file is asked about
// the key that was proved whenever a session begins.

// An identity is who a client is.
type identity struct {
	author  publishing.Author // without a name for who may not publish
	command string            // the only one that the author's key may run; empty if it may run any
	member  []byte            // the key of a reader who wants to be known again, in SSH's wire format; nil for others
	refusal string            // why who came under a reserved name reads as everybody does; empty for others

	asAuthor bool // the reserved name was that of authors; only with a refusal
}

// provedKey is the key, in the extra data of a connection's permissions, of the public key that its client has proved.
type provedKey struct{}

// refusalExtension is the extension of a connection's permissions that says why its client is a reader.
const refusalExtension = "refusal@postern"

// identityOf returns who the client of a connection is now.
func (s *server) identityOf(sc *gossh.ServerConn) identity {
	if sc.Permissions == nil || !content.IsReserved(sc.User()) {
		return identity{}
	}
	key, ok := sc.Permissions.ExtraData[provedKey{}].(gossh.PublicKey)
	switch {
	case !ok:
		return identity{refusal: sc.Permissions.Extensions[refusalExtension], asAuthor: sc.User() == content.AuthorName}
	case sc.User() == content.MemberName:
		return identity{member: key.Marshal()}
	}
	author, err := s.findAuthor(sc, key)
	if err != nil {
		return identity{refusal: err.Error(), asAuthor: true}
	}
	return identity{
		author:  publishing.Author{Name: author.Name, Key: keys.Fingerprint(key)},
		command: author.Command,
	}
}

func (i identity) isAuthor() bool { return i.author.Name != "" }

// maxOffered bounds how many keys that were refused are named to who offered them.
const maxOffered = 3

// How long a client has to prove a key that will do: there may be a passphrase to type, or a token to touch. For authors it is
// OpenSSH's LoginGraceTime. For readers any key will do, so it is how long anybody can hold a place among those that have not
// authenticated.
const (
	authorTime = 2 * time.Minute
	memberTime = 30 * time.Second
)

// authorMethods are the methods under the name of authors, for one connection. Who proves a listed key is an author. Who can't
// gets in as a reader, without being asked for anything, and is told why; but for clients in batch mode, which are let in by
// keys alone.
func (s *server) authorMethods(conn *admission.Conn) authMethods {
	var refused []string
	var m authMethods
	m.PublicKeyCallback = func(meta gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
		if _, err := s.findAuthor(meta, key); err != nil {
			if len(refused) < maxOffered {
				refused = append(refused, err.Error())
			}
			return nil, err
		}
		return whenProved(conn, authorTime, key), nil
	}
	m.KeyboardInteractiveCallback = letInWithout(func() string {
		if len(refused) == 0 {
			return "no key was offered that may publish"
		}
		return strings.Join(refused, "; ")
	})
	return m
}

var errCertificate = errors.New("a certificate is not taken for a key")

// memberMethods are the methods under the name of readers who want to be known again, for one connection. The first key that
// is offered will do. Certificates are refused, since a reader is known by the key that they are for, which clients offer too.
func (s *server) memberMethods(conn *admission.Conn) authMethods {
	var m authMethods
	m.PublicKeyCallback = func(_ gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
		if _, ok := key.(*gossh.Certificate); ok {
			return nil, errCertificate
		}
		return whenProved(conn, memberTime, key), nil
	}
	m.KeyboardInteractiveCallback = letInWithout(func() string {
		return "no key was offered; ssh-keygen makes one"
	})
	return m
}

// whenProved returns the permissions of a client that goes on to prove a key within a time.
func whenProved(conn *admission.Conn, within time.Duration, key gossh.PublicKey) *gossh.Permissions {
	conn.Extend(within)
	return &gossh.Permissions{ExtraData: map[any]any{provedKey{}: key}}
}

// letInWithout lets a client in that can't prove a key, as a reader who is told why. It asks for nothing, but a client in batch
// mode doesn't even try.
func letInWithout(why func() string) func(gossh.ConnMetadata, gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
	return func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
		if _, err := ask("", "", nil, nil); err != nil {
			return nil, err
		}
		return &gossh.Permissions{Extensions: map[string]string{refusalExtension: why()}}, nil
	}
}

// findAuthor returns the author whom a key belongs to, if it may be used now and from there.
func (s *server) findAuthor(meta gossh.ConnMetadata, key gossh.PublicKey) (keys.Author, error) {
	if s.config.Authors == nil {
		return keys.Author{}, refusedKey(key)
	}
	author, ok := s.config.Authors.Find(key)
	if !ok {
		return keys.Author{}, refusedKey(key)
	}
	from, _ := netip.ParseAddrPort(meta.RemoteAddr().String()) // no address matches where there is none
	if err := author.Permits(from.Addr(), time.Now()); err != nil {
		return keys.Author{}, fmt.Errorf("%w: %w", refusedKey(key), err)
	}
	return author, nil
}

func refusedKey(key gossh.PublicKey) error {
	return fmt.Errorf("this key may not publish: %s", keys.Fingerprint(key))
}
