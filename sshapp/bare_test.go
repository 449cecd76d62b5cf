package sshapp

import (
	"crypto/ed25519"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// bareServer is in the environment of the child process that is the bare Wish server.
const bareServer = "POSTERN_BARE_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(bareServer) != "" {
		if err := serveBare(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serveBare is what Postern is measured against: a Wish server that accepts, writes one frame, and answers each key with as
// many bytes as a step in a list takes. Asked for a command, it writes the frame and exits.
func serveBare() error {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	signer, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		return err
	}
	frame := strings.Repeat("x", 1500) // what the first frame of a blog has
	srv, err := wish.NewServer(
		func(srv *ssh.Server) error { srv.AddHostKey(signer); return nil },
		wish.WithMiddleware(func(ssh.Handler) ssh.Handler {
			return func(s ssh.Session) {
				io.WriteString(s, frame)
				if s.RawCommand() != "" {
					return
				}
				for p := make([]byte, 256); ; {
					if _, err := s.Read(p); err != nil {
						return
					}
					io.WriteString(s, frame[:120])
				}
			}
		}))
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "bare at %s\n", ln.Addr())
	return srv.Serve(ln)
}
