package sshapp

import (
	"container/list"
	"errors"
	"net"
	"net/netip"
	"os"
	"sync"
	"time"
)

// A conn is one connection under the limits. The deadlines are its own: the library below Wish sets some too, which would
// wipe them, and those are ignored.
type conn struct {
	net.Conn
	gate    *gate
	limits  *Limits
	addr    netip.Prefix
	turn    turn
	pending *list.Element // among those that have not authenticated; guarded by the gate
	wire    bucket        // used by the one goroutine that reads
	backlog backlog

	mu       sync.Mutex // guards what follows
	closed   bool
	channels int
	running  int // sessions
	sessions bucket
	expiry   *time.Timer // closes a connection that has not authenticated, or has no session
}

// wireBurst is how many bytes of a connection are read at once: a handshake takes 3 KB, a large paste 64.
const wireBurst = 128 << 10

func newConn(raw net.Conn, g *gate, addr netip.Prefix) *conn {
	now := time.Now()
	c := &conn{
		Conn:     raw,
		gate:     g,
		limits:   &g.limits,
		addr:     addr,
		wire:     newBucket(g.limits.WireRate, wireBurst, now),
		sessions: newBucket(g.limits.SessionRate, g.limits.SessionRate, now),
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire(c.limits.HandshakeTime)
	return c
}

// SetDeadline does nothing: the library's deadlines would take the place of ours.
func (c *conn) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, likewise.
func (c *conn) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, likewise.
func (c *conn) SetWriteDeadline(time.Time) error { return nil }

// Read reads at the rate that the limits allow. It bounds what a client can make the server do, whatever it sends: keys,
// window changes, key exchanges without end, or packets of 9 bytes.
func (c *conn) Read(p []byte) (int, error) {
	room := c.backlog.wait(c.isClosed, c.limits.Stall)
	if room == 0 {
		c.Close()
		return 0, net.ErrClosed
	}
	n, err := c.Conn.Read(p[:min(len(p), room)])
	c.backlog.read(n)
	if c.limits.WireRate > 0 {
		if wait := c.wire.spend(n, time.Now()); wait > 0 {
			time.Sleep(wait)
		}
	}
	return n, err
}

// Write gives up when the client takes no byte for the limit's time.
func (c *conn) Write(p []byte) (int, error) {
	c.backlog.written(p)
	written := 0
	for {
		if d := c.limits.Stall; d > 0 {
			_ = c.Conn.SetWriteDeadline(time.Now().Add(d))
		}
		n, err := c.Conn.Write(p[written:])
		written += n
		if n > 0 && errors.Is(err, os.ErrDeadlineExceeded) && written < len(p) {
			continue
		}
		return written, err
	}
}

// Close closes the connection, once.
func (c *conn) Close() error {
	c.mu.Lock()
	first := !c.closed
	c.closed = true
	c.expire(0)
	c.mu.Unlock()
	if !first {
		return nil
	}
	c.gate.left(c)
	return c.Conn.Close()
}

// authenticated lifts the limit of the handshake.
func (c *conn) authenticated() {
	c.gate.authenticated(c)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire(0)
	c.closeUnlessUsed()
}

// openChannel takes one of the connection's channels, if there is one left.
func (c *conn) openChannel() bool {
	reason := c.takeChannel()
	if reason != "" {
		c.gate.refusals.add(reason, c.addr)
	}
	return reason == ""
}

func (c *conn) takeChannel() (refused string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case over(c.channels+1, c.limits.Channels):
		return "channels"
	case c.limits.SessionRate > 0 && !c.sessions.take(1, time.Now()):
		return "sessions"
	}
	c.channels++
	return ""
}

// closeChannel gives a channel back.
func (c *conn) closeChannel() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.channels--
}

// begin notes that a session runs on the connection.
func (c *conn) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running++
	c.expire(0)
}

// end notes that a session has ended, whether or not its client closes the channel.
func (c *conn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running--
	c.closeUnlessUsed()
}

// closeUnlessUsed closes a connection on which no session runs for as long as a session may be idle.
func (c *conn) closeUnlessUsed() {
	if c.running == 0 && !c.closed {
		c.expire(c.limits.Idle)
	}
}

// expire sets when the connection is closed; 0 is never. The caller holds the lock.
func (c *conn) expire(after time.Duration) {
	if c.expiry != nil {
		c.expiry.Stop()
		c.expiry = nil
	}
	if after > 0 {
		c.expiry = time.AfterFunc(after, func() { c.Close() })
	}
}

func (c *conn) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}
