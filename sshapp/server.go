// Package sshapp serves a blog over SSH, with Wish. It limits what one client can cost, and a reader who only reads costs almost
// nothing.
package sshapp

import (
	"context"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/content/settings"
	"postern/keys"
	"postern/sshapp/admission"
	"postern/sshapp/blog"
	"postern/sshapp/command"
	"postern/sshapp/files"
	"postern/sshapp/linear"
	"postern/sshapp/publishing"
	"postern/sshapp/reads"
	"postern/sshapp/screens"
	"postern/sshapp/site"
	"postern/sshapp/state"
	"postern/sshapp/terminal"
	"postern/sshapp/tui"
)

// A Config is what a server needs to know.
type Config struct {
	Blog    *blog.Blog
	HostKey ssh.Signer       // ed25519 as a rule
	Host    settings.Host    // what readers type to reach the blog; empty for what the blog's settings say
	Version string           // of the program, for the version command; it is not in the SSH version line
	Log     *slog.Logger     // gets one record for each session, at its end
	Limits  admission.Limits // see [admission.DefaultLimits]
	Authors *keys.Authors    // who may publish; nil for nobody
	Proxies []netip.Prefix   // addresses that must send a PROXY protocol header (v1 or v2), which is trusted

	HostCertificate ssh.Signer // HostKey with a certificate, for clients that trust its authority; nil for none
	NextHostKey     ssh.Signer // is announced to clients, since it will replace HostKey; nil for none

	Site      *site.Site            // that the blog is of, for authors and for the metrics; nil if it is of none
	Publisher *publishing.Publisher // of the blog; nil for a blog that is not published into
	Readers   *state.Keeper         // remembers readers who want it; nil for a blog that remembers nobody
	Reads     *reads.Counter        // counts how often posts are read; nil for a blog that counts nothing

	// DrainDelay is how long the server accepts connections after it was told to stop: until a balancer that was told as well
	// sends no more of them.
	DrainDelay time.Duration
	// Grace is how long readers may read on after that.
	Grace time.Duration
	// When Abort is closed, the delay and the grace are over. Terminals are restored all the same.
	Abort <-chan struct{}

	// When Retire is closed, the server accepts no more connections, and serves those that it has until they end: another
	// process has taken over.
	Retire <-chan struct{}
	// For each value of Report, the server logs its counters.
	Report <-chan os.Signal
}

// server is one call of Serve.
type server struct {
	config   Config
	files    *files.Source
	gate     *admission.Gate
	conns    sync.Map     // those that are open: *admission.Conn by the net.Addr that their RemoteAddr returns
	readers  atomic.Int64 // sessions with a face
	totals   totals
	leaving  chan struct{} // closed when the server accepts no more connections: commands that only wait end
	draining chan struct{} // closed when the server stops: readers are told
	closing  chan struct{} // closed when the grace is over: sessions end
}

// closeGrace is how long sessions have, after the grace, to restore their terminals.
const closeGrace = 2 * time.Second

// Serve serves the blog on the connections of ln until ctx is done. Then it accepts no more connections, tells the readers,
// and returns nil when they have left or the grace is over, with their terminals restored. It closes ln.
func Serve(ctx context.Context, ln net.Listener, c Config) error { return newServer(c).serve(ctx, ln) }

func (s *server) serve(ctx context.Context, ln net.Listener) error {
	c := s.config
	defer s.gate.Flush()
	srv, err := wish.NewServer(
		func(srv *ssh.Server) error {
			srv.AddHostKey(c.HostKey)
			if c.HostCertificate != nil {
				srv.AddHostKey(c.HostCertificate)
			}
			return nil
		},
		wish.WithVersion("Postern"),
		wish.WithMiddleware(s.session, recovered(c.Log), recorded(c.Log)), // the last one is the outermost
	)
	if err != nil {
		return err
	}
	counted := admission.NewListener(ln, c.Limits.KeepAlive)
	ln = counted
	srv.ConnCallback = s.admit
	srv.ServerConfigCallback = func(ctx ssh.Context) *gossh.ServerConfig {
		c := connOf(ctx)
		return serverConfig(c, s.methods(c))
	}
	srv.ConnectionFailedCallback = s.handshakeFailed
	srv.ConnectionCloseCallback = func(c net.Conn) { s.conns.Delete(c.RemoteAddr()) }
	srv.SubsystemHandlers = map[string]ssh.SubsystemHandler{
		"sftp": ssh.SubsystemHandler(recorded(c.Log)(recovered(c.Log)(s.sftp))),
	}
	if c.NextHostKey != nil {
		srv.RequestHandlers = map[string]ssh.RequestHandler{proveKeys: s.proveNext}
	}
	srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.serveChannel}
	if len(c.Proxies) > 0 {
		ln = admission.BehindProxies(ln, c.Proxies, c.Limits.HandshakeTime)
	}

	ended := make(chan struct{})
	go func() {
		err = srv.Serve(ln)
		close(ended)
	}()
	stopAccepting := sync.OnceFunc(func() {
		close(s.leaving)
		ln.Close()
		<-ended
	})
	served := ended
	var empty <-chan struct{} // of a retired server
	for {
		select {
		case <-served:
			return err
		case <-c.Report:
			s.report()
			continue
		case <-c.Retire:
			stopAccepting()
			c.Retire, served, empty = nil, nil, counted.Closed()
			continue
		case <-empty:
		case <-ctx.Done():
			if served != nil { // a retired server accepts none already
				select {
				case <-time.After(c.DrainDelay):
				case <-c.Abort:
				case <-served:
				}
			}
			stopAccepting()
		}
		s.drain(srv)
		return nil
	}
}

func newServer(c Config) *server {
	s := &server{
		config:  c,
		leaving: make(chan struct{}), draining: make(chan struct{}), closing: make(chan struct{}),
	}
	s.files = files.NewSource(c.Blog.Edition, s.host, gossh.FingerprintSHA256(c.HostKey.PublicKey())) // which identifies the blog
	s.gate = admission.NewGate(c.Limits, c.Log)
	return s
}

// connKey is the key of the *admission.Conn in a connection's context.
type connKey struct{}

func connOf(ctx ssh.Context) *admission.Conn { return ctx.Value(connKey{}).(*admission.Conn) }

// admit is Wish's callback for a connection that was accepted; one that returns nil is closed.
func (s *server) admit(ctx ssh.Context, raw net.Conn) net.Conn {
	c := s.gate.Admit(raw)
	if c == nil {
		return nil
	}
	ctx.SetValue(connKey{}, c)
	s.conns.Store(c.RemoteAddr(), c)
	if s.config.NextHostKey != nil {
		ctx.SetValue(announcedKey{}, &sync.Once{})
	}
	return c
}

// handshakeFailed is Wish's callback for a connection that ends before its client has authenticated. It is given a wrapper of
// Wish's, which leads to the connection by its address alone: the address is a pointer, and so the connection's own.
func (s *server) handshakeFailed(wrapper net.Conn, err error) {
	if c, ok := s.conns.Load(wrapper.RemoteAddr()); ok {
		c.(*admission.Conn).HandshakeFailed(err)
	}
}

// report logs the counters.
func (s *server) report() {
	s.config.Log.Info("counters",
		"connected", s.gate.Count(),
		"readers", s.readers.Load(),
		"posts", len(s.config.Blog.Edition().Posts()),
		"cache", s.config.Blog.Pages.Bytes(),
		"memory", admission.MemoryInUse(),
		"goroutines", runtime.NumGoroutine(),
		"work", s.gate.Queue().String(),
		"refused", s.gate.Refused(),
		"failed", s.gate.Failed())
}

// drain waits for the readers to leave.
func (s *server) drain(srv *ssh.Server) {
	close(s.draining)
	s.config.Log.Info("stopping", "readers", s.readers.Load(), "grace", s.config.Grace.String())
	grace, cancel := context.WithTimeout(context.Background(), s.config.Grace)
	defer cancel()
	go func() {
		select {
		case <-s.config.Abort:
			cancel()
		case <-grace.Done():
		}
	}()
	err := srv.Shutdown(grace)
	close(s.closing)
	if err != nil {
		last, cancel := context.WithTimeout(context.Background(), closeGrace)
		defer cancel()
		_ = srv.Shutdown(last)
	}
	srv.Close()
}

// session serves a session: with screens or lines on a terminal, else with a command.
func (s *server) session(ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		defer s.countBytes(channelOf(sess))
		if at, ok := s.startAddress(sess); ok {
			s.serveReader(sess, at)
			return
		}
		s.command(sess)
		_ = sess.Exit(channelOf(sess).record.code)
	}
}

// serveReader serves a reader, and begins with what is at an address. It waits in functions with small frames: the runtime shrinks a
// stack only while less than a quarter of it is used.
func (s *server) serveReader(sess ssh.Session, at string) {
	c := channelOf(sess)
	s.readers.Add(1)
	defer s.readers.Add(-1)
	memory, refusal := s.remember(c, true)
	defer memory.Leave()
	r := newSession(s, c, s.newFace(sess, at, memory))
	r.refusal = refusal
	r.run()
	if r.failed != nil {
		_ = sess.Exit(1)
	}
}

// newFace returns what shows a reader the blog.
func (s *server) newFace(sess ssh.Session, at string, memory *state.Memory) face {
	c := channelOf(sess)
	reader, shown := s.reader(sess), s.blogFor(c)
	reader.Memory = memory
	if isDumb(sess) || asksForLines(sess) {
		s.totals.lines.Add(1)
		return newLines(c, reader.Turn, linear.New(shown, reader, at))
	}
	s.totals.screens.Add(1)
	reader.Pictures.Make = c.pictures
	reader.Order.Reorders, reader.Order.Known = terminal.ReordersText(c.Getenv("TERM"))
	return screens.New(tui.New(shown, reader, at), reader, terminal.New(c, c.colors(), c.Getenv("TERM")), c.Getenv("TERM"), c.hasMore)
}

// isDumb reports whether a session's terminal can't move its cursor.
func isDumb(sess ssh.Session) bool {
	pty, _, _ := sess.Pty()
	return pty.Term == "dumb"
}

// asksForLines reports whether a session's command is that for reading line by line.
func asksForLines(sess ssh.Session) bool {
	return strings.TrimSpace(sess.RawCommand()) == command.Linear
}

// startAddress returns the address that is shown first on a terminal. It is not ok if the session is a command's.
func (s *server) startAddress(sess ssh.Session) (address string, ok bool) {
	_, _, tty := sess.Pty()
	switch line := sess.RawCommand(); {
	case !tty:
		return "", false
	case channelOf(sess).commandTooLong || channelOf(sess).identity.command != "":
		return "", false
	case line == "" || asksForLines(sess):
		return addressIn(sess.User()), true
	default:
		return command.CatTarget(s.config.Blog.Edition(), line)
	}
}

// addressIn returns the address of a post that a user name is.
func addressIn(user string) string {
	if content.IsReserved(user) {
		return ""
	}
	return user
}

// reader returns the reader of a session.
func (s *server) reader(sess ssh.Session) blog.Reader {
	c := channelOf(sess)
	return blog.Reader{Colors: colorsOf(c), Lang: blog.Locale(c.Getenv), Host: s.host(), Turn: c.conn.Turn(c.gone)}
}
