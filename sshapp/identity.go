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
// named, to who offered it, as one that can't publish.

// An identity is who a client is.
type identity struct {
	author  publishing.Author // without a name for who may not publish
	command string            // the only one that the author's key may run; empty if it may run any
	refusal string            // why a reader who came under the name of authors is none; empty for others
}

// What the permissions of a connection hold.
const (
	authorExtension  = "author@postern"
	keyExtension     = "key@postern"
	commandExtension = "command@postern"
	refusalExtension = "refusal@postern"
)

// identityOf returns who the client of a connection is.
func identityOf(sc *gossh.ServerConn) identity {
	if sc.Permissions == nil || sc.User() != content.AuthorName {
		return identity{}
	}
	proved := sc.Permissions.Extensions
	return identity{
		author:  publishing.Author{Name: proved[authorExtension], Key: proved[keyExtension]},
		command: proved[commandExtension],
		refusal: proved[refusalExtension],
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
		author, err := s.findAuthor(meta, key)
		if err != nil {
			if len(refused) < maxOffered {
				refused = append(refused, err.Error())
			}
			return nil, err
		}
		conn.Extend(authorTime)
		return &gossh.Permissions{Extensions: map[string]string{
			authorExtension: author.Name, keyExtension: keys.Fingerprint(key), commandExtension: author.Command,
		}}, nil
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
