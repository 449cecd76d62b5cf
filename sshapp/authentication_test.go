package sshapp

import (
	"crypto/ed25519"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/sshapp/admission"
	"postern/sshapp/internal/memnet"
)

func testSigner(t testing.TB) gossh.Signer {
	t.Helper()
	signer, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// login has a client authenticate where the methods are those of methodsOf. (The client of golang.org/x/crypto/ssh always tries
// "none" first, so what comes after it is seen only where that isn't enough.)
func login(t testing.TB, user string, methodsOf func(string) authMethods, with ...gossh.AuthMethod) error {
	t.Helper()
	ln := memnet.Listen()
	defer ln.Close()
	ended := make(chan error)
	go func() {
		raw, err := ln.Dial(attacker)
		if err == nil {
			defer raw.Close()
			_, _, _, err = gossh.NewClientConn(raw, "blog", &gossh.ClientConfig{User: user, Auth: with, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		}
		ended <- err
	}()
	raw, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	conn := admission.NewGate(admission.DefaultLimits(), slog.New(slog.DiscardHandler), admission.NewPressure(0, nil)).Admit(raw)
	config := serverConfig(conn, methodsOf)
	config.AddHostKey(testSigner(t))
	if _, _, _, err := gossh.NewServerConn(conn, config); err == nil {
		defer conn.Close()
	}
	return <-ended
}

// A withoutNone is what a client meets that can't try "none".
func withoutNone(string) authMethods {
	m := readerMethods()
	m.none = false
	return m
}

func TestReadersAreLetInByAnything(t *testing.T) {
	if err := login(t, "anyone", func(string) authMethods { return readerMethods() }); err != nil {
		t.Errorf("none: %v", err)
	}
	if err := login(t, "anyone", withoutNone, gossh.Password("guess")); err != nil {
		t.Errorf("a password: %v", err)
	}
	if err := login(t, "anyone", withoutNone, gossh.PublicKeys(testSigner(t))); err != nil {
		t.Errorf("a key: %v", err)
	}
}

// TestNamesThatAskForAKey: a name may be offered keys alone, and then a client has no reason to ask for a password.
func TestNamesThatAskForAKey(t *testing.T) {
	refused := errors.New("not this key")
	keys := func(string) authMethods {
		m := authMethods{}
		m.PublicKeyCallback = func(gossh.ConnMetadata, gossh.PublicKey) (*gossh.Permissions, error) { return nil, refused }
		return m
	}
	err := login(t, "someone", keys, gossh.PublicKeys(testSigner(t)), gossh.PasswordCallback(func() (string, error) {
		t.Error("a password is asked for")
		return "", nil
	}))
	if err == nil {
		t.Error("a wrong key gets in")
	}
	if err := login(t, "someone", withoutNone); err == nil {
		t.Error("a client with nothing gets in")
	}
}

// A slowSigner takes longer to sign than authentication may take.
type slowSigner struct{ gossh.Signer }

func (s slowSigner) Sign(rand io.Reader, data []byte) (*gossh.Signature, error) {
	time.Sleep(admission.DefaultLimits().HandshakeTime + time.Second)
	return s.Signer.Sign(rand, data)
}

// TestAnOfferedKeyIsNoProof: who offers a key, and has not signed with it, has not authenticated.
func TestAnOfferedKeyIsNoProof(t *testing.T) {
	bubble(t, func(t *testing.T) {
		if err := login(t, "anyone", withoutNone, gossh.PublicKeys(slowSigner{testSigner(t)})); err == nil {
			t.Error("the limit of time ends when a key is offered")
		}
	})
}
