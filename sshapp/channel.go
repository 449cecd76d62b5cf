package sshapp

import (
	"cmp"
	"image"
	"io"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"postern/sshapp/admission"
	"postern/sshapp/terminal"

	"charm.land/ssh"
	"github.com/charmbracelet/colorprofile"
	gossh "golang.org/x/crypto/ssh"
)

// A channel is a session channel within the limits. It stands between the connection and the session that Wish makes of it:
// requests are counted, shortened and filtered here, before memory is used for them. Sizes never reach Wish, whose queue of
// them blocks the whole connection while it isn't read.
type channel struct {
	gossh.Channel
	conn       *admission.Conn
	identity   identity // of its client
	client     string   // the version that it has sent
	limits     *admission.Limits
	woken      chan struct{} // holds a token when something is new for the session: what follows, or input
	resized    atomic.Bool   // the size has changed since the request for a terminal
	more       atomic.Bool   // something more can be shown
	gone       chan struct{} // closed when the client has closed the channel or the connection
	startTimer *time.Timer   // closes the connection; stopped when a session begins
	written    atomic.Int64  // bytes
	writes     atomic.Int64  // to stdout

	mu     sync.Mutex // guards what follows
	size   terminal.Size
	term   string
	noEcho bool // see echoOff
	env    map[string]string

	commandTooLong bool                 // the command was longer than the limit; set before the session starts
	counted        int64                // of written, by the server; used by the session alone
	record         record               // the session's own
	profile        colorprofile.Profile // see colors; the session's own
}

// defaultSize is the size of a terminal whose client doesn't know it, such as expect or docker exec.
var defaultSize = terminal.Size{Width: 80, Height: 24}

// noLimit is the time of a limit that is off.
const noLimit = time.Duration(math.MaxInt64)

// channelKey is the key of the *channel in a session's context.
type channelKey struct{}

// A channelContext is the context of a connection, with one of its channels in it.
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

// serveChannel handles a session channel as Wish does, within the limits.
func (s *server) serveChannel(srv *ssh.Server, sc *gossh.ServerConn, offer gossh.NewChannel, ctx ssh.Context) {
	conn := connOf(ctx)
	if !conn.OpenChannel() {
		_ = offer.Reject(gossh.ResourceShortage, "too many sessions on one connection")
		return
	}
	c := &channel{
		conn:     conn,
		identity: s.identityOf(sc),
		client:   string(sc.ClientVersion()),
		limits:   conn.Limits,
		woken:    make(chan struct{}, 1),
		gone:     make(chan struct{}),
	}
	if c.identity.isAuthor() {
		conn.Trust()
	}
	s.announce(sc, ctx)
	ssh.DefaultSessionHandler(srv, sc, limitedChannel{offer, c}, channelContext{ctx, c})
}

// A limitedChannel is an offered channel that becomes a *channel when it is accepted.
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
	b.channel.startTimer = time.AfterFunc(cmp.Or(b.channel.limits.HandshakeTime, noLimit), func() { b.channel.conn.Close() })
	stop := b.channel.conn.AtMuch(func() { discard(ch.Stderr()) })
	passed := make(chan *gossh.Request)
	go func() {
		defer stop()
		b.channel.filter(requests, passed)
	}()
	return b.channel, passed, nil
}

// discard reads r to its end. The SSH library keeps what isn't read: 2 MB of it, in which a packet of one byte takes 48 in memory,
// and 52 on the wire.
func discard(r io.Reader) {
	var p [64]byte
	for {
		if _, err := r.Read(p[:]); err != nil {
			return
		}
	}
}

// maxPixels is the most pixels that a side of a terminal is taken to have.
const maxPixels = 1 << 16

// resize sets the terminal's size, within the limits. A dimension of 0 is not given (RFC 4254, section 6.2), and stays what it
// is. It reports whether any is given.
func (c *channel) resize(columns, rows, wide, high uint32) bool {
	width, height := c.limits.Clamp(columns, rows)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size.Width = cmp.Or(width, c.size.Width)
	c.size.Height = cmp.Or(height, c.size.Height)
	c.size.Pixels = image.Pt(int(min(wide, maxPixels)), int(min(high, maxPixels)))
	return width > 0 || height > 0
}

// Size returns the terminal's size now.
func (c *channel) Size() terminal.Size {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

// hasMore tells the session that something more can be shown.
func (c *channel) hasMore() {
	c.more.Store(true)
	c.wake()
}

// wake has the session look for what is new.
func (c *channel) wake() {
	select {
	case c.woken <- struct{}{}:
	default:
	}
}

// echoOff reports whether the client shows by itself what is typed.
func (c *channel) echoOff() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.noEcho
}

// Environ returns the environment of the session: TERM, and those of the client's variables that are accepted.
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

// printable returns s without all that isn't printable ASCII. If n isn't 0, only the first n bytes of s count.
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
