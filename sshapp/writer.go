package sshapp

import (
	"io"
	"time"
)

// Write writes to the client's stdout.
func (c *channel) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return (&writer{c, c.Channel}).Write(p)
}

// Stderr returns the client's stderr, under the same limits.
func (c *channel) Stderr() io.ReadWriter {
	stderr := c.Channel.Stderr()
	return struct {
		io.Reader
		io.Writer
	}{stderr, &writer{c, stderr}}
}

// A writer is a stream to a client. The connection is closed when the client takes none of it for the time of the limit.
type writer struct {
	channel *channel
	to      io.Writer
}

// piece is how many bytes must be taken within the time of the limit: those of a packet (RFC 4253, section 6.1).
const piece = 32 << 10

func (w *writer) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 {
		n, err := w.writePiece(p[:min(len(p), piece)])
		written += n
		p = p[n:]
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// writePiece waits for the client to make room, under a timer of its own: while it waits, nobody reads from or writes to the
// connection, so no deadline of the connection's would end it.
func (w *writer) writePiece(p []byte) (int, error) {
	c := w.channel.conn
	if d := c.Limits.Stall; d > 0 {
		cut := time.AfterFunc(d, func() {
			c.Refused("stalled reader")
			_ = c.Close()
		})
		defer cut.Stop()
	}
	n, err := w.to.Write(p)
	w.channel.written.Add(int64(n))
	return n, err
}
