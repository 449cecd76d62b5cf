package admission

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"log/slog"
	"net"
	"testing"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/sshapp/internal/memnet"
)

// opaque is a connection of a library that keeps its queue somewhere else.
type opaque struct{ gossh.ServerPreAuthConn }

// TestFindQueue fails when golang.org/x/crypto/ssh keeps its queue of packets elsewhere than v0.58.0 does: change incoming then.
func TestFindQueue(t *testing.T) {
	found := 0
	login(t, func(c *Conn, auth gossh.ServerPreAuthConn) {
		if queue, ok := incoming(auth); ok {
			found = queue.Cap()
		}
		c.PreAuth(auth)
	})
	if found != queueLength {
		t.Errorf("found a queue of %d packets, want %d", found, queueLength)
	}
}

// TestUnknownQueue: where the queue can't be found, everyone can still log in and send.
func TestUnknownQueue(t *testing.T) {
	login(t, func(c *Conn, auth gossh.ServerPreAuthConn) {
		c.PreAuth(opaque{auth})
		if !c.packets.unknown.Load() {
			t.Error("the queue was found")
		}
	})
}

func TestIncoming(t *testing.T) {
	type transport struct {
		incoming any //lint:ignore U1000 it is found by reflection
	}
	tests := []struct {
		conn any
		ok   bool
	}{
		{nil, false},
		{7, false},
		{opaque{}, false},
		{&opaque{}, false},
		{struct{ transport int }{7}, false},
		{struct{ transport *transport }{}, false},
		{struct{ transport any }{transport{}}, false},
		{struct{ transport any }{&transport{}}, false},
		{struct{ transport any }{&struct{ incoming chan int }{}}, false},
		{struct{ transport any }{&struct{ incoming chan int }{make(chan int, 1)}}, false},
		{&struct{ transport any }{&struct{ incoming chan int }{make(chan int, 2)}}, true},
		{struct{ transport any }{&struct{ incoming []int }{make([]int, 16)}}, false},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%T", tt.conn), func(t *testing.T) {
			if _, ok := incoming(tt.conn); ok != tt.ok {
				t.Errorf("found a queue: %t, want %t", ok, tt.ok)
			}
		})
	}
}

// login connects a client to a server behind a gate, which calls preAuth for the connection. The client logs in, and sends 64 KB
// that the server sends back.
func login(t *testing.T, preAuth func(*Conn, gossh.ServerPreAuthConn)) {
	synctest.Test(t, func(t *testing.T) {
		ln := memnet.Listen()
		defer ln.Close()
		go func() {
			raw, err := ln.Accept()
			if err != nil {
				t.Error(err)
				return
			}
			c := NewGate(DefaultLimits(), slog.New(slog.DiscardHandler)).Admit(raw)
			if err := echo(c, preAuth); err != nil {
				t.Error(err)
			}
		}()
		raw, err := ln.Dial(net.IPv4(192, 0, 2, 2))
		if err != nil {
			t.Fatal(err)
		}
		conn, channels, requests, err := gossh.NewClientConn(raw, "", &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if err != nil {
			t.Fatal(err)
		}
		client := gossh.NewClient(conn, channels, requests)
		defer time.Sleep(time.Second) // until the server has noticed that the client is gone
		defer client.Close()
		channel, rest, err := client.OpenChannel("echo", nil)
		if err != nil {
			t.Fatal(err)
		}
		go gossh.DiscardRequests(rest)
		sent := bytes.Repeat([]byte("postern "), 8<<10)
		go func() {
			_, _ = channel.Write(sent)
			_ = channel.CloseWrite()
		}()
		if got, err := io.ReadAll(channel); err != nil || !bytes.Equal(got, sent) {
			t.Errorf("%d bytes came back, %v; want %d", len(got), err, len(sent))
		}
	})
}

// echo serves one connection, and sends back what comes on its first channel.
func echo(c *Conn, preAuth func(*Conn, gossh.ServerPreAuthConn)) error {
	defer c.Close()
	config := &gossh.ServerConfig{
		NoClientAuth:         true,
		PreAuthConnCallback:  func(auth gossh.ServerPreAuthConn) { preAuth(c, auth) },
		NoClientAuthCallback: func(gossh.ConnMetadata) (*gossh.Permissions, error) { c.Authenticated(); return nil, nil },
	}
	signer, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		return err
	}
	config.AddHostKey(signer)
	conn, channels, requests, err := gossh.NewServerConn(c, config)
	if err != nil {
		return err
	}
	go gossh.DiscardRequests(requests)
	channel, rest, err := (<-channels).Accept()
	if err != nil {
		return err
	}
	go gossh.DiscardRequests(rest)
	if _, err := io.Copy(channel, channel); err != nil {
		return err
	}
	if err := channel.Close(); err != nil {
		return err
	}
	_ = conn.Wait()
	return nil
}
