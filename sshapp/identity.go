package sshapp

import (
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
// for the proof that a connection began with, and by nothing else. A key that was only offered makes nobody an author; it is
// named, to who offered it, as one that can't publish. A connection may stay open for long, so the authors' file is asked about
// the key that was proved whenever a session begins.

// An identity is who a client is.
type identity struct {
	author  publishing.Author // without a name for who may not publish
	command string            // the only one that the author's key may run; empty if it may run any
	refusal string            // why a reader who came under the name of authors is none; empty for others
}

// provedKey is the key, in the extra data of a connection's permissions, of the author's key that its client has proved.
type provedKey struct{}

// refusalExtension is the extension of a connection's permissions that says why its client is a reader.
const refusalExtension = "refusal@postern"

// identityOf returns who the client of a connection is now.
func (s *server) identityOf(sc *gossh.ServerConn) identity {
	if sc.Permissions == nil || sc.User() != content.AuthorName {
		return identity{}
	}
	key, ok := sc.Permissions.ExtraData[provedKey{}].(gossh.PublicKey)
	if !ok {
		return identity{refusal: sc.Permissions.Extensions[refusalExtension]}
	}
	author, err := s.findAuthor(sc, key)
	if err != nil {
		return identity{refusal: err.Error()}
	}
	return identity{
		author:  publishing.Author{Name: author.Name, Key: keys.Fingerprint(key)},
		command: author.Command,
	}
}

func (i identity) isAuthor() bool { return i.author.Name != "" }

// maxOffered bounds how many keys that were refused are named to who offered them.
const maxOffered = 3

// authorTime is how long an author has to prove a key that is listed: there may be a passphrase to type, or a token to touch.
// It is OpenSSH's LoginGraceTime.
const authorTime = 2 * time.Minute

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
		conn.Extend(authorTime)
		return &gossh.Permissions{ExtraData: map[any]any{provedKey{}: key}}, nil
	}
	m.KeyboardInteractiveCallback = func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
		if _, err := ask("", "", nil, nil); err != nil {
			return nil, err
		}
		why := "no key was offered that may publish"
		if len(refused) > 0 {
			why = strings.Join(refused, "; ")
		}
		return &gossh.Permissions{Extensions: map[string]string{refusalExtension: why}}, nil
	}
	return m
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
