package admission

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/sshapp/admission/work"
)

// A Conn is one connection under the limits. It sets its own deadlines, and ignores those that the SSH library sets, which
// would replace them. It is safe for concurrent use, but for Read, which one goroutine calls.
type Conn struct {
	net.Conn
	Limits *Limits // of the gate; must not be changed

	gate    *Gate
	source  *source // of addr
	addr    netip.Prefix
	heard   atomic.Bool // the client has sent something
	wire    Bucket      // bytes that may be read; used by the reading goroutine only
	trusted atomic.Bool // bytes are read as they come
	packets packetQueue
	left    int // bytes until the client has sent much; used by the reading goroutine only

	firstLine []byte // what the client has sent of it; written until it is whole
	wholeLine bool

	mu       sync.Mutex // guards what follows
	closed   bool
	dropped  bool // the limits have closed it, and it is counted as refused
	expired  bool // it was closed because a limit of time is over
	channels int
	sessions int    // that run
	starts   Bucket // sessions that may begin
	expiry   *time.Timer
	extended bool // expiry is of Extend
	sentMuch bool
	atMuch   []*func() // run when the client has sent much
}

// wireBurst is how many bytes of a connection are read at once: a handshake takes 3 KB, a large paste 64.
const wireBurst = 128 << 10

// much is how many bytes a client has sent when [Conn.AtMuch] is due: a thousand keys, or more.
const much = 64 << 10

func newConn(raw net.Conn, g *Gate, addr netip.Prefix) *Conn {
	now := time.Now()
	c := &Conn{
		Conn:   raw,
		gate:   g,
		Limits: &g.limits,
		addr:   addr,
		wire:   NewBucket(g.limits.WireRate, wireBurst, now),
		starts: NewBucket(g.limits.SessionRate, g.limits.SessionRate, now),
		left:   much,
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeAfter(c.Limits.HandshakeTime)
	return c
}

// SetDeadline does nothing: the library's deadlines would replace ours.
func (c *Conn) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, for the same reason.
func (c *Conn) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, for the same reason.
func (c *Conn) SetWriteDeadline(time.Time) error { return nil }

// Read reads at the rate that the limits allow. That bounds the work that a client can cause, whatever it sends: keys,
// window changes, key exchanges without end, or packets of 9 bytes.
func (c *Conn) Read(p []byte) (int, error) {
	room := c.packets.wait(c.isClosed, c.Limits.Stall)
	if room == 0 {
		c.Close()
		return 0, net.ErrClosed
	}
	n, err := c.Conn.Read(p[:min(len(p), room)])
	c.packets.read(n)
	if n > 0 {
		c.heard.Store(true)
	}
	c.keepFirstLine(p[:n])
	c.countMuch(n)
	if c.Limits.WireRate > 0 && !c.trusted.Load() {
		if wait := c.wire.Spend(n, time.Now()); wait > 0 {
			time.Sleep(wait)
		}
	}
	return n, err
}

// AtMuch runs f, in a goroutine of its own, when the client has sent much, or now if it has. Work that only a client who sends
// much makes necessary waits for that, and others don't pay for it. stop forgets f if it doesn't run yet.
func (c *Conn) AtMuch(f func()) (stop func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sentMuch {
		go f()
		return func() {}
	}
	added := &f
	c.atMuch = append(c.atMuch, added)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.atMuch = slices.DeleteFunc(c.atMuch, func(f *func()) bool { return f == added })
	}
}

// countMuch counts n bytes that the client has sent.
func (c *Conn) countMuch(n int) {
	if c.left <= 0 {
		return
	}
	if c.left -= n; c.left > 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sentMuch = true
	for _, f := range c.atMuch {
		go (*f)()
	}
	c.atMuch = nil
}

// Write fails with [os.ErrDeadlineExceeded] when the client takes no byte for the limit's time.
func (c *Conn) Write(p []byte) (int, error) {
	c.packets.written(p)
	written := 0
	for {
		if d := c.Limits.Stall; d > 0 {
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

// Close closes the connection. Further calls do nothing.
func (c *Conn) Close() error {
	c.mu.Lock()
	first := !c.closed
	c.closed = true
	c.closeAfter(0)
	c.mu.Unlock()
	if !first {
		return nil
	}
	c.gate.release(c)
	return c.Conn.Close()
}

func (c *Conn) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// PreAuth is the library's callback for a client that asks for authentication. The connection must be its own.
func (c *Conn) PreAuth(auth gossh.ServerPreAuthConn) { c.packets.find(auth) }

// Authenticated ends the limit of time for the handshake.
func (c *Conn) Authenticated() {
	c.gate.authenticated(c)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeAfter(0)
	c.startIdleTimer()
}

// Turn returns a turn for one of the connection's sessions, whose client has gone when gone is closed.
func (c *Conn) Turn(gone <-chan struct{}) *work.Turn { return c.gate.queue.Turn(&c.source.work, gone) }

// PictureTurn returns a turn as [Conn.Turn] does, in a queue of its own: what draws pictures doesn't keep readers waiting.
func (c *Conn) PictureTurn(gone <-chan struct{}) *work.Turn {
	return c.gate.pictures.Turn(&c.source.pictures, gone)
}

// Trust has bytes read as they come from now on: a key has proved that the client is one whom the server's owner lets send
// much.
func (c *Conn) Trust() { c.trusted.Store(true) }

// Extend gives a client that has not authenticated another limit of time for it, from now on. It doesn't add up.
func (c *Conn) Extend(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.expiry != nil && !c.extended && c.Limits.HandshakeTime < d {
		c.extended = true
		c.closeAfter(d)
	}
}

// Source returns what counts as the client's address: an IPv4 address, or the /64 of an IPv6 address.
func (c *Conn) Source() netip.Prefix { return c.addr }

// Refused counts and logs something that the limits have refused to the client.
func (c *Conn) Refused(reason string) { c.gate.refused(reason, c.addr) }

// OpenChannel takes one of the connection's channels. If it returns false, the limits allow none now.
func (c *Conn) OpenChannel() bool {
	reason := c.takeChannel()
	if reason != "" {
		c.Refused(reason)
	}
	return reason == ""
}

// takeChannel returns why the limits don't allow a channel, empty if they do.
func (c *Conn) takeChannel() (reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case Exceeds(c.channels+1, c.Limits.Channels):
		return "channels"
	case c.Limits.SessionRate > 0 && !c.starts.take(1, time.Now()):
		return "sessions"
	}
	c.channels++
	return ""
}

// CloseChannel gives back a channel.
func (c *Conn) CloseChannel() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.channels--
}

// BeginSession notes that a session runs on the connection. The idle timer stops.
func (c *Conn) BeginSession() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions++
	c.closeAfter(0)
}

// EndSession notes that a session has ended, whether or not its client closes the channel.
func (c *Conn) EndSession() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sessions--
	c.startIdleTimer()
}

// startIdleTimer closes the connection when no session runs for the limit's idle time. The caller holds the lock.
func (c *Conn) startIdleTimer() {
	if c.sessions == 0 && !c.closed {
		c.closeAfter(c.Limits.Idle)
	}
}

// closeAfter sets when the connection closes; 0 is never. The caller holds the lock.
func (c *Conn) closeAfter(d time.Duration) {
	if c.expiry != nil {
		c.expiry.Stop()
		c.expiry = nil
	}
	if d > 0 {
		c.expiry = time.AfterFunc(d, c.expire)
	}
}

// expire closes a connection whose time is over.
func (c *Conn) expire() {
	c.mu.Lock()
	c.expired = true
	c.mu.Unlock()
	c.Close()
}

// drop closes a connection to make room for others, and counts and logs that.
func (c *Conn) drop(reason string) {
	c.mu.Lock()
	c.dropped = true
	c.mu.Unlock()
	c.Refused(reason)
	c.Close()
}
