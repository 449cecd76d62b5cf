// Package sshapp serves a blog over SSH: SSH in, screens out. Wish serves; what stands around it here bounds what one
// client can cost, and keeps a reader who only reads almost free.
package sshapp

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"postern/sshapp/tui"
)

// A Config is what a server needs to know.
type Config struct {
	Blog    *tui.Blog
	HostKey ssh.Signer   // ed25519 as a rule
	Version string       // of the program, for the version command; the SSH banner names none
	Log     *slog.Logger // gets one record for each session, at its end
	Limits  Limits

	// Doze is how long a session stays awake without input: 3 s is longer than most pauses between two keys of someone
	// who scrolls, and shorter than it takes to read a screen.
	Doze time.Duration
	// MaxAwake bounds how many sessions are awake at once, counted in terminals of 120×40 cells; a larger one counts for
	// more, and 0 is no bound. Past it the one longest without input sleeps at once.
	MaxAwake int
	// Grace is how long readers may read on when the server is told to stop.
	Grace time.Duration
}

// server is one call of Serve.
type server struct {
	config   Config
	awake    *roster
	draining chan struct{} // closed when the server stops: readers are told
	closing  chan struct{} // closed when the grace is over: sessions end
}

// hurry is how long sessions have, after the grace, to give their readers' terminals back.
const hurry = 2 * time.Second

// Serve serves the blog to whom ln accepts until ctx is done. Then it accepts nobody any more, tells the readers, and
// returns when they have left or the grace is over; their terminals are restored. It closes ln. The error is nil after
// such an end.
func Serve(ctx context.Context, ln net.Listener, c Config) error {
	s := &server{config: c, awake: newRoster(c.MaxAwake), draining: make(chan struct{}), closing: make(chan struct{})}
	srv, err := wish.NewServer(
		func(srv *ssh.Server) error { srv.AddHostKey(c.HostKey); return nil },
		wish.WithVersion("Postern"),
		wish.WithMiddleware(s.session, recovered(c.Log), recorded(c.Log)), // the last one is the outermost
	)
	if err != nil {
		return err
	}
	srv.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig { return serverConfig() }
	srv.ChannelHandlers = map[string]ssh.ChannelHandler{"session": serveChannel(c.Limits)}

	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	ln.Close()
	<-served
	s.drain(srv)
	return nil
}

// serverConfig lets everyone in without asking for a key or a password, so that a client never offers its keys, which map
// to people.
func serverConfig() *gossh.ServerConfig {
	return &gossh.ServerConfig{
		NoClientAuth: true,
		NoClientAuthCallback: func(gossh.ConnMetadata) (*gossh.Permissions, error) {
			return &gossh.Permissions{}, nil
		},
	}
}

// drain waits for the readers to leave.
func (s *server) drain(srv *ssh.Server) {
	close(s.draining)
	grace, cancel := context.WithTimeout(context.Background(), s.config.Grace)
	defer cancel()
	err := srv.Shutdown(grace)
	close(s.closing)
	if err != nil {
		last, cancel := context.WithTimeout(context.Background(), hurry)
		defer cancel()
		_ = srv.Shutdown(last)
	}
	srv.Close()
}

// notice is what readers are told when the server is about to stop.
func (s *server) notice() string {
	return fmt.Sprintf("This blog restarts within %s. You can read on until then.", s.config.Grace.Round(time.Second))
}

// session is what Wish calls for each session: screens where there is a terminal, else a command.
func (s *server) session(ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		c := channelOf(sess)
		_, _, terminal := sess.Pty()
		if !terminal || c.tooLong || sess.RawCommand() != "" {
			c.record.end = endCommand
			c.record.code = s.command(sess)
			sess.Exit(c.record.code)
			return
		}
		app := tui.New(s.config.Blog, sess.User())
		r := newSession(s, c, app)
		c.record.end = r.run()
		c.record.posts = app.Posts()
		if err := r.model.failed; err != nil {
			s.config.Log.Error("a screen failed", "error", err)
			sess.Exit(1)
		}
	}
}
