package sshapp

import (
	"context"
	"net"
	"sync"
)

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
	l.open.Add(1)
	return &countedConn{Conn: c, closed: sync.OnceFunc(l.open.Done)}, nil
}

// wait waits until all connections are closed, or ctx is done. No more may be accepted by then.
func (l *countedListener) wait(ctx context.Context) {
	ctx, none := context.WithCancel(ctx)
	go func() {
		l.open.Wait()
		none()
	}()
	<-ctx.Done()
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
