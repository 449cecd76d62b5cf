package sshapp

import (
	"crypto/rand"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/pkg/sftp"
	gossh "golang.org/x/crypto/ssh"
)

// soakAttacks are the attacks of TestSoak, by name. Each comes from one address and ends by itself; what becomes of it is
// the tests' of each attack to say, and of no interest here.
var soakAttacks = map[string]func(*soak, net.IP){
	"huge terminal": onScreen(func(ch gossh.Channel) {
		for _, s := range hugeSizes {
			_, _ = ch.SendRequest("window-change", false, gossh.Marshal(window{s[0], s[1], 0, 0}))
			_, _ = io.WriteString(ch, "j\x1b[8;30000;30000tk")
		}
	}),
	"closed channel": asClient(func(c *gossh.Client) {
		for range 4 {
			if ch := someScreen(c, 80, 24); ch != nil {
				ch.Close()
			}
		}
	}),
	"stalled reader": asClient(func(c *gossh.Client) {
		if ch := someScreen(c, 200, 100); ch != nil {
			gone := make(chan struct{})
			go func() { _ = c.Wait(); close(gone) }()
			for range 1000 {
				_, _ = io.WriteString(ch, "\rh")
				select {
				case <-gone:
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		}
	}),
	"sizes before the shell": asClient(func(c *gossh.Client) {
		onChannel(c, func(ch gossh.Channel) {
			_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyReq{"xterm", 80, 24, 0, 0, ""}))
			for range 1000 {
				_, _ = ch.SendRequest("window-change", false, gossh.Marshal(window{80, 24, 0, 0}))
			}
		})
	}),
	"environment": asClient(func(c *gossh.Client) {
		onChannel(c, func(ch gossh.Channel) {
			for range 100 {
				_, _ = ch.SendRequest("env", false, gossh.Marshal(struct{ Name, Value string }{"LC_ALL", strings.Repeat("x", 1000)}))
			}
		})
	}),
	"malformed packet": func(s *soak, from net.IP) {
		var wire *lumpy
		c, err := s.connect(from, "", func(c net.Conn) net.Conn { wire = &lumpy{Conn: c}; return wire })
		if err != nil {
			return
		}
		defer c.Close()
		wire.hold()
		_ = sendRaw(c, dataForNobody())
		for range 100 {
			_ = sendRaw(c, globalRequest())
		}
		wire.release()
		_ = c.Wait()
	},
	"requests without end": asClient(func(c *gossh.Client) {
		for range 1000 {
			_ = sendRaw(c, globalRequest())
		}
	}),
	"hang up while typing":     onScreen(func(ch gossh.Channel) { _, _ = io.WriteString(ch, strings.Repeat("jk", 50)) }),
	"keys without end":         onScreen(func(ch gossh.Channel) { _, _ = io.WriteString(ch, strings.Repeat("jk", 50<<10)) }),
	"paste without end":        onScreen(func(ch gossh.Channel) { _, _ = io.WriteString(ch, "\x1b[200~"+strings.Repeat("x", 64<<10)) }),
	"sequence without end":     onScreen(func(ch gossh.Channel) { _, _ = io.WriteString(ch, "\x1b]0;"+strings.Repeat("x", 32<<10)) }),
	"keys with repeats":        onScreen(func(ch gossh.Channel) { _, _ = io.WriteString(ch, "\x1b[65;30;97;1;0;65535_") }),
	"many channels":            asClient(func(c *gossh.Client) { strange(c, "session", 100) }),
	"forwarding":               asClient(func(c *gossh.Client) { strange(c, "direct-tcpip", 20) }),
	"connections at once":      func(s *soak, from net.IP) { s.crowd(from, 40, "") },
	"silent connections":       func(s *soak, from net.IP) { s.crowd(from, 5, "SSH-2.0-silent\r\n") },
	"rubbish":                  func(s *soak, from net.IP) { s.crowd(from, 5, rubbish()) },
	"rubbish after a greeting": func(s *soak, from net.IP) { s.crowd(from, 5, "SSH-2.0-x\r\n"+rubbish()) },
	"dribble": func(s *soak, from net.IP) {
		if c, err := s.dial(from); err == nil {
			hangup := time.AfterFunc(s.patience, func() { c.Close() })
			defer hangup.Stop()
			for _, err := c.Write([]byte("S")); err == nil; _, err = c.Write([]byte("x")) {
				<-time.After(100 * time.Millisecond)
			}
		}
	},
	"scan": func(s *soak, from net.IP) {
		for range 10 {
			if c, err := s.dial(from); err == nil {
				c.Close()
			}
		}
	},
	"forged names": func(s *soak, from net.IP) {
		for _, name := range []string{"x\nlevel=ERROR msg=forged", strings.Repeat("u", 300)} {
			if c, err := s.connect(from, name, nil); err == nil {
				someScreen(c, 80, 24)
				c.Close()
			}
		}
	},
	"find without end": at("long", func(ch gossh.Channel) {
		_, _ = io.WriteString(ch, "/")
		for _, err := io.WriteString(ch, "e"); err == nil; _, err = io.WriteString(ch, strings.Repeat("\x7fe", 5)) {
			<-time.After(50 * time.Millisecond) // as fast as keys are worked on
		}
	}),
	"sizes without end": at("huge", func(ch gossh.Channel) {
		var err error
		for n := uint32(0); err == nil; n++ {
			_, err = ch.SendRequest("window-change", false, gossh.Marshal(window{24 + n%57, 24, 0, 0}))
			<-time.After(10 * time.Millisecond)
		}
	}),
	"a byte of a file": asClient(func(c *gossh.Client) {
		files, err := sftp.NewClient(c)
		if err != nil {
			return
		}
		defer files.Close()
		f, err := files.Open("huge.md")
		for i := int64(0); err == nil; i++ {
			_, err = f.ReadAt(make([]byte, 1), i*4096%(8<<20))
		}
	}),
	"keys exchanged without end": func(s *soak, from net.IP) {
		raw, err := s.dial(from)
		if err != nil {
			return
		}
		defer raw.Close()
		config := &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()}
		config.RekeyThreshold = 256
		conn, chans, reqs, err := gossh.NewClientConn(raw, "", config)
		if err != nil {
			return
		}
		if ch := someScreen(gossh.NewClient(conn, chans, reqs), 80, 24); ch != nil {
			go io.Copy(io.Discard, ch)
			for range 100 {
				_, _ = io.WriteString(ch, "jkjkjkjkjk")
			}
		}
	},
}

// asClient connects an attacker, who hangs up in the end.
func asClient(do func(*gossh.Client)) func(*soak, net.IP) { return asUser("attacker", do) }

// at opens four sessions at the address of a post, whose frames are read.
func at(address string, do func(gossh.Channel)) func(*soak, net.IP) {
	return asUser(address, func(c *gossh.Client) {
		var all sync.WaitGroup
		for range 4 {
			if ch := someScreen(c, 80, 24); ch != nil {
				go io.Copy(io.Discard, ch)
				all.Go(func() { do(ch) })
			}
		}
		all.Wait()
	})
}

// asUser connects an attacker under a user name.
func asUser(user string, do func(*gossh.Client)) func(*soak, net.IP) {
	return func(s *soak, from net.IP) {
		c, err := s.connect(from, user, nil)
		if err != nil {
			return
		}
		defer c.Close()
		// A client that is cut off while it writes may wait for its own lock for good, so somebody else hangs up.
		hangup := time.AfterFunc(s.patience, func() { c.Close() })
		defer hangup.Stop()
		do(c)
	}
}

// onScreen connects an attacker with screens, whose frames are read.
func onScreen(do func(gossh.Channel)) func(*soak, net.IP) {
	return asClient(func(c *gossh.Client) {
		if ch := someScreen(c, 80, 24); ch != nil {
			go io.Copy(io.Discard, ch)
			do(ch)
		}
	})
}

func onChannel(c *gossh.Client, do func(gossh.Channel)) {
	if ch, reqs, err := c.OpenChannel("session", nil); err == nil {
		go gossh.DiscardRequests(reqs)
		do(ch)
	}
}

// someScreen opens screens, or returns nil.
func someScreen(c *gossh.Client, columns, rows uint32) (screen gossh.Channel) {
	onChannel(c, func(ch gossh.Channel) {
		_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyReq{"xterm", columns, rows, 0, 0, ""}))
		_, _ = ch.SendRequest("shell", true, nil)
		screen = ch
	})
	return screen
}

func strange(c *gossh.Client, kind string, n int) {
	for range n {
		if _, reqs, err := c.OpenChannel(kind, nil); err == nil {
			go gossh.DiscardRequests(reqs)
		}
	}
}

// crowd connects n times, says something, and waits for each to be closed.
func (s *soak) crowd(from net.IP, n int, greeting string) {
	var all []net.Conn
	for range n {
		if c, err := s.dial(from); err == nil {
			_, _ = io.WriteString(c, greeting)
			all = append(all, c)
		}
	}
	for _, c := range all {
		_ = c.SetReadDeadline(time.Now().Add(s.patience))
		_, _ = io.Copy(io.Discard, c)
		c.Close()
	}
}

func rubbish() string {
	b := make([]byte, 4<<10)
	_, _ = rand.Read(b)
	return string(b)
}
