package sshapp

import (
	"errors"
	"sync"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/admission"
)

var errMethod = errors.New("this user name doesn't authenticate in this way")

// maxAuthTries is how often one connection may try to authenticate. Readers get in at the first try. An author's agent offers
// one key after the other, and OpenSSH's 6 (MaxAuthTries) are too few for those that people have.
const maxAuthTries = 20

// authMethods are the methods of authentication (RFC 4252) that are offered under a user name. A client that tries "none"
// where it isn't enough is told of those that its name has, and of no others, and then must keep to that name.
type authMethods struct {
	none bool // no proof is needed
	gossh.ServerAuthCallbacks
}

// methods returns a func that returns the methods that are offered under a user name, on one connection.
func (s *server) methods(c *admission.Conn) func(user string) authMethods {
	authors := sync.OnceValue(func() authMethods { return s.authorMethods(c) })
	return func(user string) authMethods {
		switch user {
		case content.AuthorName:
			return authors()
		case content.MemberName:
			return s.memberMethods(c)
		}
		return readerMethods()
	}
}

// readerMethods are the methods under every other name.
//
// "none" lets readers in, and as clients try it first, they never offer their keys, which map to people. A few clients can't try
// it, or not by default: they are let in with any password and any key. What they send is not compared, kept or logged.
func readerMethods() authMethods {
	return authMethods{none: true, ServerAuthCallbacks: gossh.ServerAuthCallbacks{
		PasswordCallback: func(gossh.ConnMetadata, []byte) (*gossh.Permissions, error) {
			return &gossh.Permissions{}, nil
		},
		PublicKeyCallback: func(gossh.ConnMetadata, gossh.PublicKey) (*gossh.Permissions, error) {
			return &gossh.Permissions{}, nil
		},
	}}
}

// authenticate sets how clients of a connection authenticate. The user name may differ between two tries, so the methods are
// looked up for each.
func authenticate(config *gossh.ServerConfig, c *admission.Conn, methodsOf func(user string) authMethods) {
	methods := func(meta gossh.ConnMetadata) authMethods {
		if admission.Exceeds(len(meta.User()), c.Limits.User) {
			c.Refused("user name")
			return authMethods{}
		}
		return methodsOf(meta.User())
	}
	config.MaxAuthTries = maxAuthTries
	config.PublicKeyAuthAlgorithms = gossh.SupportedAlgorithms().PublicKeyAuths // without SHA-1 and DSA
	config.NoClientAuth = true
	config.NoClientAuthCallback = func(meta gossh.ConnMetadata) (*gossh.Permissions, error) {
		if m := methods(meta); !m.none {
			return nil, &gossh.PartialSuccessError{Next: m.ServerAuthCallbacks} // or the library would offer what other names have
		}
		return &gossh.Permissions{}, nil
	}
	config.PasswordCallback = func(meta gossh.ConnMetadata, password []byte) (*gossh.Permissions, error) {
		m := methods(meta)
		if m.PasswordCallback == nil {
			return nil, errMethod
		}
		return m.PasswordCallback(meta, password)
	}
	config.PublicKeyCallback = func(meta gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
		m := methods(meta)
		if m.PublicKeyCallback == nil {
			return nil, errMethod
		}
		return m.PublicKeyCallback(meta, key)
	}
	config.KeyboardInteractiveCallback = func(meta gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
		m := methods(meta)
		if m.KeyboardInteractiveCallback == nil {
			return nil, errMethod
		}
		return m.KeyboardInteractiveCallback(meta, ask)
	}
	config.AuthLogCallback = func(_ gossh.ConnMetadata, _ string, err error) {
		if err == nil { // which is never so for a key that was only offered
			c.Authenticated()
		}
	}
}
