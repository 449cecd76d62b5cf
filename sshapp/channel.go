package sshapp

import (
	"cmp"
	"io"
	"math"
	"postern/sshapp/admission"
	"postern/sshapp/terminal"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// A channel is one session channel behind the bounds of the server. It stands between the connection and the session
// that Wish makes: requests are counted, cut and filtered here, before anything is kept for them, and sizes never reach
// Wish, whose channel of them blocks the whole connection when nobody reads it.
type channel struct {
	gossh.Channel
	conn       *admission.Conn
	identity   identity // of its client
	limits     *admission.Limits
	resized    chan struct{} // holds a token when the size has changed since the request for a terminal
	gone       chan struct{} // closed when the client has closed the channel or the connection
	startTimer *time.Timer   // closes the connection, unless a session begins
	written    atomic.Int64  // bytes
	writes     atomic.Int64  // to stdout

	mu     sync.Mutex // guards what follows
	size   terminal.Size
	term   string
	noEcho bool // see silent
	env    map[string]string

	commandTooLong bool   // the command was longer than the limit; set before the session starts
	record         record // the session's own
}

// defaultSize is that of a terminal that doesn't know its size, as under expect or docker exec: what terminals began as.
var defaultSize = terminal.Size{Width: 80, Height: 24}

// forEver is a limit's time when it is off.
const forEver = time.Duration(math.MaxInt64)

// channelKey is under what a session's context holds its *channel.
type channelKey struct{}

// channelContext is a connection's context as one of its channels sees it.
type channelContext struct {
	ssh.Context
	channel *channel
}

func (c channelContext) Value(key any) any {
	if key == (channelKey{}) {
		return c.channel
	}
	return c.Context.Value(key)
}

// channelOf returns the channel that a session runs on.
func channelOf(s ssh.Session) *channel { return s.Context().Value(channelKey{}).(*channel) }

// serveChannel is Wish's handler of session channels, with a channel of ours in the place of the client's.
func serveChannel(srv *ssh.Server, sc *gossh.ServerConn, offer gossh.NewChannel, ctx ssh.Context) {
	conn := connOf(ctx)
	if !conn.OpenChannel() {
		_ = offer.Reject(gossh.ResourceShortage, "too many sessions on one connection")
		return
	}
	c := &channel{
		conn:     conn,
		identity: identityOf(sc),
		limits:   conn.Limits,
		resized:  make(chan struct{}, 1),
		gone:     make(chan struct{}),
	}
	if c.identity.isAuthor() {
		conn.Trust()
	}
	ssh.DefaultSessionHandler(srv, sc, limitedChannel{offer, c}, channelContext{ctx, c})
}

// limitedChannel is an offered channel that, when it is accepted, becomes a *channel.
type limitedChannel struct {
	gossh.NewChannel
	channel *channel
}

func (b limitedChannel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, requests, err := b.NewChannel.Accept()
	if err != nil {
		b.channel.conn.CloseChannel()
		return nil, nil, err
	}
	b.channel.Channel = ch
	b.channel.startTimer = time.AfterFunc(cmp.Or(b.channel.limits.HandshakeTime, forEver), func() { b.channel.conn.Close() })
	go discard(ch.Stderr())
	passed := make(chan *gossh.Request)
	go b.channel.filter(requests, passed)
	return b.channel, passed, nil
}

// discard reads what nobody wants until its end: what isn't read is kept, a packet of one byte in 48, up to 2 MB of them.
func discard(r io.Reader) {
	var p [64]byte
	for {
		if _, err := r.Read(p[:]); err != nil {
			return
		}
	}
}

// resize takes a new size, within the limits, and reports whether it says anything. A dimension of 0 is not given (RFC 4254,
// section 6.2): it stays what it is.
func (c *channel) resize(columns, rows uint32) bool {
	width, height := c.limits.Clamp(columns, rows)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size.Width = cmp.Or(width, c.size.Width)
	c.size.Height = cmp.Or(height, c.size.Height)
	return width > 0 || height > 0
}

// Size returns the terminal's size now.
func (c *channel) Size() terminal.Size {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

// echoOff reports whether the terminal shows what is typed on it by itself, and is not to be sent it.
func (c *channel) echoOff() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.noEcho
}

// Environ returns the environment that a program sees: made by us, out of what is known to be harmless.
func (c *channel) Environ() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	env := []string{"TERM=" + c.term}
	for k, v := range c.env {
		env = append(env, k+"="+v)
	}
	return env
}

// Getenv returns the value of one variable, and TERM for the terminal's name.
func (c *channel) Getenv(name string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if name == "TERM" {
		return c.term
	}
	return c.env[name]
}

// printable returns what of s is printable ASCII, in at most n bytes if n isn't 0: a name that is safe to log and to
// compare.
func printable(s string, n int) string {
	if admission.Exceeds(len(s), n) {
		s = s[:n]
	}
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
}
