package sshapp

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"net"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe" // for go:linkname, too

	gossh "golang.org/x/crypto/ssh"
)

// Well-behaved clients are all that golang.org/x/crypto/ssh offers, so what a hostile one sends goes past its connection
// layer: packets of any content, encrypted by its transport.

//go:linkname writePacket golang.org/x/crypto/ssh.(*handshakeTransport).writePacket
func writePacket(transport unsafe.Pointer, packet []byte) error

//go:linkname newTransport golang.org/x/crypto/ssh.newTransport
func newTransport(conn io.ReadWriteCloser, random io.Reader, isClient bool) unsafe.Pointer

//go:linkname newClientTransport golang.org/x/crypto/ssh.newClientTransport
func newClientTransport(conn keyingTransport, ours, theirs []byte, config *gossh.ClientConfig, addr string, remote net.Addr) unsafe.Pointer

//go:linkname exchangeVersions golang.org/x/crypto/ssh.exchangeVersions
func exchangeVersions(conn io.ReadWriter, ours []byte) ([]byte, error)

//go:linkname waitSession golang.org/x/crypto/ssh.(*handshakeTransport).waitSession
func waitSession(transport unsafe.Pointer) error

// keyingTransport is an interface of the library's: its table of methods, and a *transport.
type keyingTransport struct{ methods, transport unsafe.Pointer }

// transportOf returns a client's *handshakeTransport.
func transportOf(c *gossh.Client) reflect.Value {
	return reflect.ValueOf(c.Conn).Elem().FieldByName("transport").Elem()
}

// sendRaw sends the payload of a packet as it is (RFC 4253, section 6).
func sendRaw(c *gossh.Client, payload []byte) error {
	return writePacket(transportOf(c).UnsafePointer(), payload)
}

// exchangeKeys does a client's key exchange, and no more: what comes next is the caller's to say. Another client lends the
// table of methods.
func exchangeKeys(t testing.TB, raw net.Conn, other *gossh.Client) unsafe.Pointer {
	t.Helper()
	config := &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()}
	config.SetDefaults()
	ours := []byte("SSH-2.0-test")
	theirs, err := exchangeVersions(raw, ours)
	if err != nil {
		t.Fatal(err)
	}
	lent := (*keyingTransport)(unsafe.Pointer(transportOf(other).Elem().FieldByName("conn").UnsafeAddr()))
	conn := keyingTransport{lent.methods, newTransport(raw, rand.Reader, true)}
	transport := newClientTransport(conn, ours, theirs, config, "", raw.RemoteAddr())
	if err := waitSession(transport); err != nil {
		t.Fatal(err)
	}
	return transport
}

// dataForNobody is channel data for a channel that doesn't exist (RFC 4254, section 5.2): the server's end of the protocol
// fails at it.
func dataForNobody() []byte {
	p := binary.BigEndian.AppendUint32([]byte{94}, 4711)
	return append(binary.BigEndian.AppendUint32(p, 1), 'x')
}

// globalRequest is a request that wants no reply (RFC 4254, section 4).
func globalRequest() []byte {
	p := binary.BigEndian.AppendUint32([]byte{80}, 1)
	return append(p, 'x', 0)
}

// malformed sends a packet that is malformed and a hundred more, in one segment.
func malformed(t testing.TB, dial func(wrap func(net.Conn) net.Conn) *gossh.Client) {
	t.Helper()
	var wire *lumpy
	c := dial(func(c net.Conn) net.Conn { wire = &lumpy{Conn: c}; return wire })
	defer c.Close()
	wire.hold()
	if err := sendRaw(c, dataForNobody()); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if err := sendRaw(c, globalRequest()); err != nil {
			t.Fatal(err)
		}
	}
	wire.release()
	_ = c.Wait()
}

// TestAttackMalformedPacketWithManyBehind: the reader and the writer of golang.org/x/crypto/ssh would wait for each other
// for good, three goroutines a connection.
func TestAttackMalformedPacketWithManyBehind(t *testing.T) {
	underAttack(t, func(c *Config) { c.Limits.ConnRate = 0 }, func(t *testing.T, h *house) {
		for range 50 {
			malformed(t, h.mustAs)
		}
	})
}

// TestAttackMalformedPacketWithManyBehindOverTCP is the same where the reader and the writer run on cores of their own.
func TestAttackMalformedPacketWithManyBehindOverTCP(t *testing.T) {
	addr, _ := openTCP(t, func(c *Config) { c.Limits.ConnRate = 0 })
	settled(t, addr)
	before := readLoops()
	for range 100 {
		malformed(t, func(wrap func(net.Conn) net.Conn) *gossh.Client {
			raw, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			conn, chans, reqs, err := gossh.NewClientConn(wrap(raw), "", &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
			if err != nil {
				t.Fatal(err)
			}
			return gossh.NewClient(conn, chans, reqs)
		})
	}
	noneRead(t, before)
}

// TestAttackMalformedPacketBeforeAuthentication: the reader and the key exchange would wait for good, two goroutines a
// connection, before anyone is authenticated.
func TestAttackMalformedPacketBeforeAuthentication(t *testing.T) {
	addr, _ := openTCP(t, func(c *Config) { c.Limits.ConnRate = 0 })
	other := dialTCP(t, addr)
	before := readLoops()
	for range 100 {
		raw, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		wire := &lumpy{Conn: raw}
		transport := exchangeKeys(t, wire, other)
		wire.hold()
		for range 100 {
			if err := writePacket(transport, globalRequest()); err != nil { // and no request for authentication
				t.Fatal(err)
			}
		}
		wire.release()
		io.Copy(io.Discard, raw)
		raw.Close()
	}
	noneRead(t, before)
}

// noneRead waits until no more connections are read than before.
func noneRead(t *testing.T, before int) {
	t.Helper()
	for deadline := time.After(5 * time.Second); readLoops() > before; {
		select {
		case <-deadline:
			t.Fatalf("%d of 100 connections have left goroutines", readLoops()-before)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// readLoops counts the connections in this process that are being read.
func readLoops() int {
	stacks := make([]byte, 8<<20)
	return strings.Count(string(stacks[:runtime.Stack(stacks, true)]), "ssh.(*handshakeTransport).readLoop(")
}
