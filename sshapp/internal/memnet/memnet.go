// Package memnet is a network in memory, for tests under fake time: connections with a buffer in each direction, as TCP's
// have, and with addresses and deadlines.
package memnet

import (
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// buffer is how many bytes one direction holds before a Write blocks.
const buffer = 64 << 10

// A Listener accepts what Dial connects. It is safe for concurrent use.
type Listener struct {
	addr    net.Addr
	accepts chan net.Conn
	once    sync.Once
	closed  chan struct{}
}

// Listen returns a listener.
func Listen() *Listener {
	return &Listener{
		addr:    &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 22},
		accepts: make(chan net.Conn),
		closed:  make(chan struct{}),
	}
}

// Accept implements [net.Listener].
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.accepts:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements [net.Listener].
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements [net.Listener].
func (l *Listener) Addr() net.Addr { return l.addr }

// Dial connects from an address.
func (l *Listener) Dial(from net.IP) (net.Conn, error) {
	there, here := newPipe(), newPipe()
	remote := &net.TCPAddr{IP: from, Port: 40000}
	client := &conn{in: here, out: there, local: remote, remote: l.addr}
	server := &conn{in: there, out: here, local: l.addr, remote: remote}
	select {
	case l.accepts <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

type conn struct {
	in, out       *pipe
	local, remote net.Addr
}

func (c *conn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *conn) Write(p []byte) (int, error) { return c.out.write(p) }
func (c *conn) LocalAddr() net.Addr         { return c.local }
func (c *conn) RemoteAddr() net.Addr        { return c.remote }

// Close closes the connection: what was not read by then never is.
func (c *conn) Close() error {
	c.in.close()
	c.out.close()
	c.in.discard()
	return nil
}

func (c *conn) SetDeadline(t time.Time) error {
	c.in.setDeadline(&c.in.readBy, t)
	c.out.setDeadline(&c.out.writeBy, t)
	return nil
}

func (c *conn) SetReadDeadline(t time.Time) error {
	c.in.setDeadline(&c.in.readBy, t)
	return nil
}

func (c *conn) SetWriteDeadline(t time.Time) error {
	c.out.setDeadline(&c.out.writeBy, t)
	return nil
}

// A pipe is one direction of a connection.
type pipe struct {
	mu              sync.Mutex // guards what follows
	changed         *sync.Cond
	data            []byte
	closed          bool
	readBy, writeBy time.Time
}

func newPipe() *pipe {
	p := &pipe{}
	p.changed = sync.NewCond(&p.mu)
	return p
}

func passed(t time.Time) bool { return !t.IsZero() && !time.Now().Before(t) }

func (p *pipe) read(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		switch {
		case passed(p.readBy):
			return 0, os.ErrDeadlineExceeded
		case len(p.data) > 0:
			n := copy(b, p.data)
			p.data = p.data[n:]
			p.changed.Broadcast()
			return n, nil
		case p.closed:
			return 0, io.EOF
		}
		p.changed.Wait()
	}
}

func (p *pipe) write(b []byte) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		switch {
		case p.closed:
			return n, io.ErrClosedPipe
		case passed(p.writeBy):
			return n, os.ErrDeadlineExceeded
		case len(b) == 0:
			return n, nil
		case len(p.data) < buffer:
			k := min(len(b), buffer-len(p.data))
			p.data = append(p.data, b[:k]...)
			b, n = b[k:], n+k
			p.changed.Broadcast()
			continue
		}
		p.changed.Wait()
	}
}

func (p *pipe) discard() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.data = nil
}

func (p *pipe) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.changed.Broadcast()
}

func (p *pipe) setDeadline(at *time.Time, t time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	*at = t
	p.changed.Broadcast()
	if !t.IsZero() {
		time.AfterFunc(time.Until(t), p.changed.Broadcast)
	}
}
