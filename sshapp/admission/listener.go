package admission

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// keepAlive returns how TCP asks whether a client is still there: after a time in which it has sent nothing, and for a minute more
// until it is taken to have vanished.
func keepAlive(idle time.Duration) net.KeepAliveConfig {
	return net.KeepAliveConfig{Enable: idle > 0, Idle: idle, Interval: 15 * time.Second, Count: 4}
}

// A Listener counts its open connections from the accept on, and has TCP look for clients that have vanished. The SSH library
// counts only connections that have authenticated: a process that ended when none of those is left would drop the visitors
// who are about to.
type Listener struct {
	net.Listener
	keepAlive net.KeepAliveConfig
	open      sync.WaitGroup
}

// NewListener returns a listener that accepts from ln. TCP asks for a sign of life of clients that have sent nothing for a time;
// for 0 it doesn't.
func NewListener(ln net.Listener, idle time.Duration) *Listener {
	return &Listener{Listener: ln, keepAlive: keepAlive(idle)}
}

// Accept implements [net.Listener].
func (l *Listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetKeepAliveConfig(l.keepAlive) // if it fails here, the connection is gone already
	}
	l.open.Add(1)
	return &countedConn{Conn: c, closed: sync.OnceFunc(l.open.Done)}, nil
}

// Closed returns a channel that is closed when all connections are. The listener must be closed before.
func (l *Listener) Closed() <-chan struct{} {
	empty := make(chan struct{})
	go func() {
		l.open.Wait()
		close(empty)
	}()
	return empty
}

type countedConn struct {
	net.Conn
	closed func()
	heard  atomic.Bool // the client, or its proxy, has sent something
}

// Read implements [net.Conn].
func (c *countedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 && !c.heard.Load() {
		c.heard.Store(true)
	}
	return n, err
}

// Close implements [net.Conn].
func (c *countedConn) Close() error {
	defer c.closed()
	return c.Conn.Close()
}
