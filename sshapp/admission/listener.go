package admission

import (
	"net"
	"sync"
	"time"
)

// keepAlive detects a client that has vanished within two minutes, and costs an idle reader one packet a minute.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: time.Minute, Interval: 15 * time.Second, Count: 4}

// A Listener counts its open connections from the accept on, and has TCP look for clients that have vanished. The SSH library
// counts only connections that have authenticated: a process that ended when none of those is left would drop the visitors
// who are about to.
type Listener struct {
	net.Listener
	open sync.WaitGroup
}

// NewListener returns a listener that accepts from ln.
func NewListener(ln net.Listener) *Listener { return &Listener{Listener: ln} }

// Accept implements [net.Listener].
func (l *Listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetKeepAliveConfig(keepAlive) // if it fails here, the connection is gone already
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
}

// Close implements [net.Conn].
func (c *countedConn) Close() error {
	defer c.closed()
	return c.Conn.Close()
}
