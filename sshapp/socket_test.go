package sshapp

import (
	"io"
	"net"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
)

// What waits for a lock doesn't count as idle in a bubble, so what needs a blocked writer is tested on real sockets, with
// limits of fractions of a second. Nothing here sleeps: each test waits for what it expects.

// openTCP starts a server on a real socket.
func openTCP(t testing.TB, change func(*Config)) (addr string, h *house) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return ln.Addr().String(), openOn(t, ln, change)
}

func dialTCP(t testing.TB, addr string) *gossh.Client {
	t.Helper()
	c, err := gossh.Dial("tcp", addr, &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// eventually waits for something to hold.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.After(20 * time.Second); !holds(); {
		select {
		case <-deadline:
			t.Fatalf("not in 20 s: %s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// dense has a blog whose posts fill a screen of 300 rows, so that a few frames are much to send.
func dense(t *testing.T) func(*Config) {
	post := "---\ntitle: Dense\ndate: 2026-01-01\n---\n" + strings.Repeat("Words that fill the line and the next one, and so on to the end. ", 1000)
	lib, err := content.Load(fstest.MapFS{"dense.md": {Data: []byte(post)}})
	if err != nil {
		t.Fatal(err)
	}
	return func(c *Config) {
		blog := *c.Blog
		blog.Edition = func() *content.Edition { return lib.At(time.Now()) }
		c.Blog = &blog
		c.Limits.Stall, c.Limits.WireRate = 300*time.Millisecond, 0
	}
}

// leaf opens and closes a post until the connection fails, no faster than frames are drawn.
func leaf(ch gossh.Channel) {
	for _, err := io.WriteString(ch, "\r"); err == nil; _, err = io.WriteString(ch, "\r") {
		<-time.After(2 * time.Second / 120)
		_, _ = io.WriteString(ch, "h")
		<-time.After(2 * time.Second / 120)
	}
}

func TestAttackReaderWhoStopsReading(t *testing.T) {
	addr, h := openTCP(t, dense(t))
	before := settled(t, addr)
	c := dialTCP(t, addr)
	go leaf(screen(t, c, "xterm", 100, 300)) // the client's window of 2 MB fills, since nobody reads from the channel
	_ = c.Wait()
	eventually(t, "the log says why", func() bool { return strings.Contains(h.log.String(), "stalled reader") })
	noneLeft(t, before)
}

// TestAttackSocketThatIsNotRead stops reading below SSH, so that it is the connection that doesn't take what is written.
func TestAttackSocketThatIsNotRead(t *testing.T) {
	addr, _ := openTCP(t, dense(t))
	before := settled(t, addr)
	raw, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	mute := &muted{Conn: raw, from: make(chan struct{}), until: make(chan struct{})}
	conn, chans, reqs, err := gossh.NewClientConn(mute, "", &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	ch := screen(t, gossh.NewClient(conn, chans, reqs), "xterm", 100, 300)
	go io.Copy(io.Discard, ch)
	close(mute.from)
	leaf(ch)
	close(mute.until)
	raw.Close()
	noneLeft(t, before)
}

// settled returns how many goroutines a server has that has served one visitor.
func settled(t *testing.T, addr string) int {
	t.Helper()
	c := dialTCP(t, addr)
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run("version"); err != nil {
		t.Fatal(err)
	}
	c.Close()
	n := runtime.NumGoroutine()
	for quiet := 0; quiet < 20; quiet++ { // a fifth of a second without one ending
		<-time.After(10 * time.Millisecond)
		if now := runtime.NumGoroutine(); now < n {
			n, quiet = now, 0
		}
	}
	return n
}

func noneLeft(t *testing.T, before int) {
	t.Helper()
	for deadline := time.After(10 * time.Second); runtime.NumGoroutine() > before; {
		select {
		case <-deadline:
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines are left\n%s", runtime.NumGoroutine()-before, stacks[:runtime.Stack(stacks, true)])
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// muted is a connection that isn't read from between two moments.
type muted struct {
	net.Conn
	from, until chan struct{}
}

func (m *muted) Read(p []byte) (int, error) {
	select {
	case <-m.from:
		<-m.until
	default:
	}
	return m.Conn.Read(p)
}

// TestProxyProtocol: behind a trusted proxy the reader's address counts, and nobody else can claim one.
func TestProxyProtocol(t *testing.T) {
	loopback := netip.MustParsePrefix("127.0.0.0/8")
	addr, h := openTCP(t, func(c *Config) { c.Proxies = []netip.Prefix{loopback} })
	visit := func(header string) error {
		raw, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer raw.Close()
		io.WriteString(raw, header)
		conn, chans, reqs, err := gossh.NewClientConn(raw, "", &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if err != nil {
			return err
		}
		s, err := gossh.NewClient(conn, chans, reqs).NewSession()
		if err != nil {
			return err
		}
		return s.Run("version")
	}
	if err := visit("PROXY TCP4 198.51.100.9 192.0.2.1 5555 22\r\n"); err != nil {
		t.Error(err)
	}
	if err := visit("\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\xc6\x33\x64\x0a\xc0\x00\x02\x01\x15\xb3\x00\x16"); err != nil {
		t.Error(err)
	}
	eventually(t, "the log has the readers' addresses", func() bool {
		return strings.Contains(h.log.String(), "addr=198.51.100.9:5555") && strings.Contains(h.log.String(), "addr=198.51.100.10:5555")
	})
	if visit("") == nil {
		t.Error("the proxy gets in without a header")
	}
	eventually(t, "the log has the missing header", func() bool { return strings.Contains(h.log.String(), `reason="no PROXY header" count=1`) })

	addr, h = openTCP(t, func(c *Config) { c.Proxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} })
	_ = visit("PROXY TCP4 198.51.100.9 192.0.2.1 5555 22\r\n") // from who is no proxy
	if err := visit(""); err != nil {
		t.Error(err)
	}
	eventually(t, "the log has the visit", func() bool { return strings.Contains(h.log.String(), "addr=127.0.0.1:") })
	if strings.Contains(h.log.String(), "198.51.100.9") {
		t.Error("a header is believed from who is no proxy")
	}
}

// TestManyFromOneAddressOverTCP is the flood of one address on a real socket.
func TestManyFromOneAddressOverTCP(t *testing.T) {
	addr, h := openTCP(t, nil)
	in := 0
	for range 100 {
		c, err := gossh.Dial("tcp", addr, &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if err == nil {
			in++
			defer c.Close()
		}
	}
	if in > h.limits.ConnsPerAddr || in == 0 {
		t.Errorf("%d connections of one address", in)
	}
	if n := strings.Count(h.log.String(), "msg=refused"); n == 0 || n > 20 {
		t.Errorf("the log has %d lines about it", n)
	}
}
