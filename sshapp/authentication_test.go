package sshapp

import (
	"crypto/ed25519"
	"errors"
	"io"
	"log/slog"
	"math/big"
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
	conn := admission.NewGate(admission.DefaultLimits(), slog.New(slog.DiscardHandler)).Admit(raw)
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

// An oddKey is a public key of any bytes, which is never asked to sign.
type oddKey struct {
	format string
	blob   []byte
	signed *bool
}

func (k oddKey) Type() string               { return k.format }
func (k oddKey) Marshal() []byte            { return k.blob }
func (k oddKey) PublicKey() gossh.PublicKey { return k }
func (k oddKey) Verify([]byte, *gossh.Signature) error {
	return errors.New("never")
}
func (k oddKey) Sign(io.Reader, []byte) (*gossh.Signature, error) {
	return k.SignWithAlgorithm(nil, nil, k.format)
}
func (k oddKey) SignWithAlgorithm(io.Reader, []byte, string) (*gossh.Signature, error) {
	*k.signed = true
	return nil, errors.New("never")
}

// TestKeysThatCostMuch: any key lets a reader in, but none that takes long to look at. The library refuses them; they are here
// because every client can send one.
func TestKeysThatCostMuch(t *testing.T) {
	rsa := func(bits uint, exponent int64) []byte {
		return gossh.Marshal(struct {
			Name string
			E, N *big.Int
		}{gossh.KeyAlgoRSA, big.NewInt(exponent), new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), bits-1), big.NewInt(1))})
	}
	nested := testSigner(t).PublicKey().Marshal()
	for range 500 {
		nested = gossh.Marshal(struct {
			Name             string
			Nonce, Key       []byte
			Serial           uint64
			Type             uint32
			ID               string
			Principals       []byte
			After, Before    uint64
			Critical, Extens []byte
			Reserved, Signer []byte
			Signature        []byte
		}{Name: gossh.CertAlgoED25519v01, Key: make([]byte, 32), Type: gossh.UserCert, Signer: nested})
	}
	for name, key := range map[string]oddKey{
		"RSA of 2^20 bits":      {format: gossh.KeyAlgoRSA, blob: rsa(1<<20, 65537)},
		"RSA, exponent of 2^31": {format: gossh.KeyAlgoRSA, blob: rsa(2048, 1<<31+1)},
		"a certificate of 500":  {format: gossh.CertAlgoED25519v01, blob: nested},
		"DSA":                   {format: "ssh-dss", blob: []byte("\x00\x00\x00\x07ssh-dss")},
		"nothing":               {format: gossh.KeyAlgoED25519},
	} {
		signed := false
		key.signed = &signed
		if err := login(t, "anyone", withoutNone, gossh.PublicKeys(key)); err == nil || signed {
			t.Errorf("%s: the key is accepted: %v", name, err)
		}
	}
}
