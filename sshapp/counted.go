package sshapp

import (
	"net"
	"sync"
	"time"
)

// keepAlive finds a client that is gone without a word within two minutes, and costs an idle reader a packet a minute.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: time.Minute, Interval: 15 * time.Second, Count: 4}

// A countedListener knows which of its connections are open, from the accept on. The library counts those that have
// authenticated: a process that ended when none of them is left would drop the visitors who are about to.
type countedListener struct {
	net.Listener
	open sync.WaitGroup
}

// Accept implements [net.Listener].
func (l *countedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetKeepAliveConfig(keepAlive) // one that fails here is over
	}
	l.open.Add(1)
	return &countedConn{Conn: c, closed: sync.OnceFunc(l.open.Done)}, nil
}

// empty returns a channel that is closed when all connections are. No more may be accepted by then.
func (l *countedListener) empty() <-chan struct{} {
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
