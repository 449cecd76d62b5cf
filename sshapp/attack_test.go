package sshapp

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// attacker is the address that attacks come from; the honest reader has another.
var attacker = net.IPv4(203, 0, 113, 66)

// attack is what one who can connect does, until it returns.
type attack func(t *testing.T, h *house)

// underAttack plays an attack against a server that an honest reader uses all the while. Her keys are answered; ten seconds
// after the attacker has gone, no goroutine and no memory is left.
func underAttack(t *testing.T, change func(*Config), do attack) {
	bubble(t, func(t *testing.T) { attackOn(t, open(t, change), do) })
}

// attackOn plays an attack against a server of five posts, as underAttack does.
func attackOn(t *testing.T, h *house, do attack) {
	t.Helper()
	honest := h.read("honest", 80, 24)
	do(t, h) // once for what the first one makes
	time.Sleep(10 * time.Minute)
	honest.sees("1/5")
	goroutines, memory := bubbled(), heap()

	stop := make(chan struct{})
	var reading sync.WaitGroup
	reading.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			honest.press("j")
			if !strings.Contains(honest.terminal.Text(), "2/5") {
				t.Errorf("the honest reader pressed a key and sees\n%s", honest.terminal.Text())
			}
			honest.press("k")
		}
	})
	do(t, h)
	close(stop)
	reading.Wait()
	time.Sleep(10 * time.Second)
	synctest.Wait()
	if n := bubbled() - goroutines; n > 0 {
		t.Errorf("%d goroutines are left", n)
	}
	if grown := heap() - memory; grown > 10<<20 {
		t.Errorf("%d bytes are left", grown)
	}
}

// bubbled counts the goroutines of the bubble. (All of the process's would count the runtime's own that run finalizers.)
func bubbled() int {
	stacks := make([]byte, 8<<20)
	return strings.Count(string(stacks[:runtime.Stack(stacks, true)]), ", synctest bubble ")
}

// attackerConn connects the attacker.
func (h *house) attackerConn() net.Conn {
	c, err := h.net.Dial(attacker)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// as connects the attacker as a client, over a connection that wrap may change.
func (h *house) as(user string, wrap func(net.Conn) net.Conn) (*gossh.Client, error) {
	raw := h.attackerConn()
	if wrap != nil {
		raw = wrap(raw)
	}
	c, chans, reqs, err := gossh.NewClientConn(raw, "blog", &gossh.ClientConfig{User: user, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		raw.Close()
		return nil, err
	}
	return gossh.NewClient(c, chans, reqs), nil
}

func (h *house) mustAs(wrap func(net.Conn) net.Conn) *gossh.Client {
	c, err := h.as("attacker", wrap)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

type window struct{ Columns, Rows, Width, Height uint32 }

type ptyReq struct {
	Term                         string
	Columns, Rows, Width, Height uint32
	Modes                        string
}

// screen opens a channel with a terminal and a shell on it; nothing reads from it.
func screen(t *testing.T, c *gossh.Client, term string, columns, rows uint32) gossh.Channel {
	t.Helper()
	ch, reqs, err := c.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go gossh.DiscardRequests(reqs)
	_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyReq{term, columns, rows, 0, 0, ""}))
	_, _ = ch.SendRequest("shell", true, nil)
	return ch
}

var hugeSizes = [][2]uint32{{1<<32 - 1, 1}, {1, 1<<32 - 1}, {10000, 10000}, {65535, 65535}, {1<<32 - 1, 1<<32 - 1}}

func TestAttackHugeTerminals(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		for _, s := range hugeSizes {
			c := h.mustAs(nil)
			ch := screen(t, c, "xterm", s[0], s[1])
			go io.Copy(io.Discard, ch)
			for _, s := range hugeSizes {
				_, _ = ch.SendRequest("window-change", false, gossh.Marshal(window{s[0], s[1], 0, 0}))
				_, _ = io.WriteString(ch, "j\x1b[8;30000;30000t\x1b[48;30000;30000;1;1tk")
				settle()
			}
			c.Close()
		}
	})
}

func TestAttackClosedChannelOnOpenConnection(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		defer c.Close()
		for range 20 {
			ch := screen(t, c, "xterm", 80, 24)
			_, _ = io.WriteString(ch, "j")
			settle()
			ch.Close()
			settle()
		}
		if n := strings.Count(h.log.String(), "end=hangup"); n < 20 {
			t.Errorf("%d of 20 sessions ended", n)
		}
	})
}

func TestAttackWindowChangesBeforeTheShell(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		ch, reqs, err := c.OpenChannel("session", nil)
		if err != nil {
			t.Fatal(err)
		}
		go gossh.DiscardRequests(reqs)
		_, _ = ch.SendRequest("pty-req", true, gossh.Marshal(ptyReq{"xterm", 80, 24, 0, 0, ""}))
		for range 1000 {
			_, _ = ch.SendRequest("window-change", false, gossh.Marshal(window{80, 24, 0, 0}))
		}
		settle()
		c.Close()
	})
}

func TestAttackEnvironmentFlood(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		ch, reqs, err := c.OpenChannel("session", nil)
		if err != nil {
			t.Fatal(err)
		}
		go gossh.DiscardRequests(reqs)
		value := strings.Repeat("x", 1000)
		for i := range 2000 {
			name := "LC_" + strings.Repeat("A", i%100)
			_, _ = ch.SendRequest("env", false, gossh.Marshal(struct{ Name, Value string }{name, value}))
		}
		settle()
		c.Close()
	})
}

// TestAttackUnread sends what no session waits for, in packets of one byte, which take 48 in memory each. Little of it is
// kept, while the attacker is still there.
func TestAttackUnread(t *testing.T) {
	const packets, most = 40_000, 1 << 20
	for name, begin := range map[string]func(h *house, c *gossh.Client) io.Writer{
		"errors of screens": func(_ *house, c *gossh.Client) io.Writer { return screen(t, c, "xterm", 80, 24).Stderr() },
		"errors of a command": func(_ *house, c *gossh.Client) io.Writer {
			ch, _, err := c.OpenChannel("session", nil)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = ch.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{"wait"}))
			return ch.Stderr()
		},
		"requests behind answers that aren't taken": func(h *house, c *gossh.Client) io.Writer {
			ch := h.subsystem(c)
			_, _ = ch.Write(opening(1, "/images/picture.png"))
			for range 100 {
				_, _ = ch.Write(packet(fxRead, 2, "1", uint64(0), 32<<10))
			}
			return ch
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := open(t, func(c *Config) {
					withShelf(1)(c)
					c.Limits.WireRate = 0
				})
				c := h.mustAs(nil)
				defer c.Close()
				w := begin(h, c)
				settle()
				memory := heap()
				for range packets {
					if _, err := io.WriteString(w, "x"); err != nil {
						t.Fatal(err)
					}
				}
				settle()
				if grown := heap() - memory; grown > most {
					t.Errorf("%d bytes are kept", grown)
				}
			})
		})
	}
}

// TestAttackSessionsThatNeverBegin: what is typed ahead is kept for a session, which has to begin.
func TestAttackSessionsThatNeverBegin(t *testing.T) {
	for _, asked := range []string{"", "pty-req", "subsystem"} { // as malformed as can be
		bubble(t, func(t *testing.T) {
			h := open(t, nil)
			c := h.mustAs(nil)
			defer c.Close()
			_ = screen(t, c, "xterm", 80, 24) // whose session keeps the connection, if anything does
			ch, _, err := c.OpenChannel("session", nil)
			if err != nil {
				t.Fatal(err)
			}
			if asked != "" {
				_, _ = ch.SendRequest(asked, false, nil)
			}
			began := time.Now()
			_ = c.Wait()
			if took := time.Since(began); took > h.limits.HandshakeTime+time.Second {
				t.Errorf("%q: the connection was closed after %v", asked, took)
			}
		})
	}
}

// lumpy is a connection that holds back what is written until it is released, and then writes it at once.
type lumpy struct {
	net.Conn
	mu   sync.Mutex
	held *bytes.Buffer // nil while nothing is held back
}

func (l *lumpy) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held != nil {
		return l.held.Write(p)
	}
	return l.Conn.Write(p)
}

func (l *lumpy) hold() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = &bytes.Buffer{}
}

func (l *lumpy) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Conn.Write(l.held.Bytes())
	l.held = nil
}

func TestAttackPasteWithoutEnd(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		ch := screen(t, c, "xterm", 80, 24)
		go io.Copy(io.Discard, ch)
		_, _ = io.WriteString(ch, "\x1b[200~")
		_, _ = io.WriteString(ch, strings.Repeat("x", 100<<10)) // kept up with or not, it must end well
		settle()
		c.Close()
	})
}

func TestAttackSequencesWithoutEnd(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		ch := screen(t, c, "xterm", 80, 24)
		go io.Copy(io.Discard, ch)
		for _, opening := range []string{"\x1b]0;", "\x1bP", "\x1b_", "\x1b["} {
			_, _ = io.WriteString(ch, opening)
			for range 200 { // 33 bytes a second
				_, _ = io.WriteString(ch, strings.Repeat("1", 33))
				time.Sleep(time.Second)
			}
			_, _ = io.WriteString(ch, "\x1b\\q"[:2])
		}
		c.Close()
	})
}

func TestAttackManyChannels(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		opened := 0
		for range 1000 {
			if _, reqs, err := c.OpenChannel("session", nil); err == nil {
				opened++
				go gossh.DiscardRequests(reqs)
			}
		}
		if opened > h.limits.Channels {
			t.Errorf("%d channels were opened", opened)
		}
		c.Close()
	})
}

func TestAttackSilentAndDribblingConnections(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		began := time.Now()
		var gone sync.WaitGroup
		for i := range 20 {
			c := h.attackerConn()
			gone.Go(func() {
				io.Copy(io.Discard, c)
				if took := time.Since(began); took > h.limits.HandshakeTime+time.Second {
					t.Errorf("a connection that doesn't authenticate stayed for %v", took)
				}
				c.Close()
			})
			if i%2 == 0 {
				gone.Go(func() {
					for _, err := c.Write([]byte("S")); err == nil; _, err = c.Write([]byte("x")) {
						time.Sleep(time.Second)
					}
				})
			}
		}
		gone.Wait()
	})
}

func TestAttackConnectionsWithoutEnd(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		in := 0
		for range 500 {
			c, err := h.as("", nil)
			if err == nil {
				in++
				defer c.Close()
			}
			time.Sleep(time.Millisecond)
		}
		if in > h.limits.ConnsPerAddr {
			t.Errorf("one address has %d connections", in)
		}
		if !strings.Contains(h.log.String(), "refused") {
			t.Error("the log doesn't say it")
		}
		began := time.Now()
		r := h.read("late", 80, 24)
		if took := time.Since(began); took > settleTime+time.Second {
			t.Errorf("an honest reader waited for %v", took)
		}
		r.sees("1/5")
		r.leave()
	})
}

func TestAttackKeysWithoutEnd(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		ch := screen(t, c, "xterm", 80, 24)
		go io.Copy(io.Discard, ch)
		_, _ = io.WriteString(ch, strings.Repeat("jk", 50<<10))
		settle()
		if !strings.Contains(h.log.String(), "end=flood") {
			t.Error("the flood goes on")
		}
		c.Close()
	})
}

func TestAttackStrangeRequests(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		c := h.mustAs(nil)
		defer c.Close()
		for _, kind := range []string{"direct-tcpip", "x11", "auth-agent@openssh.com", "tun@openssh.com", "nonsense"} {
			if _, _, err := c.OpenChannel(kind, gossh.Marshal(struct {
				Host string
				Port uint32
				From string
				Back uint32
			}{"localhost", 22, "localhost", 1})); err == nil {
				t.Errorf("a channel of type %s was opened", kind)
			}
		}
		for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "nonsense"} {
			if ok, _, _ := c.SendRequest(kind, true, gossh.Marshal(struct {
				Host string
				Port uint32
			}{"", 0})); ok {
				t.Errorf("the request %s was granted", kind)
			}
		}
		ch, reqs, err := c.OpenChannel("session", nil)
		if err != nil {
			t.Fatal(err)
		}
		go gossh.DiscardRequests(reqs)
		for _, kind := range []string{"auth-agent-req@openssh.com", "x11-req", "signal", "break", "nonsense"} {
			if ok, _ := ch.SendRequest(kind, true, []byte("\x00\x00\x00\x04TERM")); ok {
				t.Errorf("the request %s was granted", kind)
			}
		}
		for _, name := range []string{"TMUX", "TTY_FORCE", "LD_PRELOAD", "TERM", "CLICOLOR_FORCE"} {
			if ok, _ := ch.SendRequest("env", true, gossh.Marshal(struct{ Name, Value string }{name, "1"})); ok {
				t.Errorf("the variable %s was taken", name)
			}
		}
		if ok, _ := ch.SendRequest("subsystem", true, gossh.Marshal(struct{ Name string }{"nonsense"})); ok {
			t.Error("an unknown subsystem was started")
		}
		ch.Close()
		settle()
	})
}

// TestAttackForgedLogLines: what a client says of itself neither forges a line of the log nor reaches the terminal of whoever
// looks at it, in text or as JSON, which leaves C1 controls and those of bidirectional text as they are.
func TestAttackForgedLogLines(t *testing.T) {
	const controls = "\x1b]0;title\x07\u009b31m\u202e\u2066\U000e0041"
	forged := "x\nlevel=INFO msg=session user=forged" + controls
	for name, handler := range map[string]func(io.Writer) slog.Handler{
		"text": func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) },
		"JSON": func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			var log logBuffer
			logged := func(c *Config) { c.Log = slog.New(handler(&log)) }
			underAttack(t, logged, func(t *testing.T, h *house) {
				raw := h.attackerConn()
				conn, chans, reqs, err := gossh.NewClientConn(raw, "blog", &gossh.ClientConfig{
					User: forged, ClientVersion: "SSH-2.0-x" + controls[len("\x1b]0;title\x07"):], HostKeyCallback: gossh.InsecureIgnoreHostKey(),
				})
				if err != nil {
					t.Fatal(err)
				}
				c := gossh.NewClient(conn, chans, reqs)
				for _, term := range []string{strings.Repeat("\x1b[31m\n", 20000), "\u009b31m\u202e"} {
					go io.Copy(io.Discard, screen(t, c, term, 80, 24))
				}
				settle()
				c.Close()
				settle()
				if _, err := h.as(strings.Repeat("u", 300), nil); err == nil {
					t.Error("a user name of 300 bytes gets in")
				}
			})
			for line := range strings.Lines(log.String()) {
				if err := violation([]byte(line), true); err != nil || len(line) > 2000 || strings.HasPrefix(line, "level=INFO msg=session user=forged") {
					t.Errorf("a line of the log is %q: %v", line, err)
				}
			}
			if !strings.Contains(log.String(), "forged") {
				t.Error("the log doesn't say who came")
			}
		})
	}
}

func TestAttackRekeyingWithoutEnd(t *testing.T) {
	underAttack(t, nil, func(t *testing.T, h *house) {
		raw := h.attackerConn()
		config := &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()}
		config.RekeyThreshold = 256 // bytes, the least there is
		conn, chans, reqs, err := gossh.NewClientConn(raw, "blog", config)
		if err != nil {
			t.Fatal(err)
		}
		c := gossh.NewClient(conn, chans, reqs)
		ch := screen(t, c, "xterm", 80, 24)
		go io.Copy(io.Discard, ch)
		for range 200 {
			_, _ = io.WriteString(ch, "jkjkjkjkjk")
			time.Sleep(10 * time.Millisecond)
		}
		c.Close()
	})
}

func TestIdleAndOldSessionsEnd(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		idle := h.read("", 80, 24)
		time.Sleep(59*time.Minute + 5*time.Second)
		idle.sees("Press a key to stay", "Number 0")
		idle.press("j")
		idle.sees("2/5")
		if strings.Contains(idle.terminal.Text(), "Press a key to stay") {
			t.Error("the notice stays")
		}
		time.Sleep(61 * time.Minute)
		if err := <-idle.ended; err != nil {
			t.Errorf("the idle session ended with %v", err)
		}
		idle.sees("Closed, since nothing was typed")

		busy := h.read("", 80, 24)
		for range 24*2 - 1 {
			time.Sleep(30 * time.Minute)
			busy.press("j")
		}
		time.Sleep(28*time.Minute + 40*time.Second)
		busy.sees("This visit ends within a minute")
		time.Sleep(time.Minute)
		if err := <-busy.ended; err != nil {
			t.Errorf("the old session ended with %v", err)
		}
		busy.sees("Closed: this visit has lasted")
		if log := h.log.String(); !strings.Contains(log, "end=idle") || !strings.Contains(log, "end=age") {
			t.Errorf("the log says\n%s", log)
		}
	})
}

// TestChannelThatIsNeverClosedEnds: a channel that nothing is asked on, or whose client never closes it, holds no connection.
func TestChannelThatIsNeverClosedEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		c := h.dial("")
		if _, reqs, err := c.OpenChannel("session", nil); err != nil {
			t.Fatal(err)
		} else {
			go gossh.DiscardRequests(reqs)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		time.Sleep(time.Hour + time.Second)
		select {
		case <-done:
		default:
			t.Error("a connection with an empty channel stays")
		}
	})
}

func TestConnectionWithoutSessionEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		c := h.dial("")
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		time.Sleep(time.Hour + time.Second)
		select {
		case <-done:
		default:
			t.Error("a connection without a session stays")
		}
	})
}

// TestNoMemoryForAnotherConnection: while memory is short nobody new gets in, and the log says why.
func TestNoMemoryForAnotherConnection(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Limits.Memory = 1 })
		if c, err := h.as("", nil); err == nil {
			c.Close()
			t.Error("a client gets in")
		}
		if log := h.log.String(); !strings.Contains(log, "reason=memory") {
			t.Errorf("the log says %s", log)
		}
	})
}

// TestIPv6CountsBySubnet: who has a /64 has 2⁶⁴ addresses.
func TestIPv6CountsBySubnet(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Limits.ConnsPerAddr = 2 })
		dial := func(addr string) error {
			raw, err := h.net.Dial(net.ParseIP(addr))
			if err != nil {
				return err
			}
			t.Cleanup(func() { raw.Close() })
			_, _, _, err = gossh.NewClientConn(raw, "", &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
			return err
		}
		if err := errors.Join(dial("2001:db8::1"), dial("2001:db8::2"), dial("2001:db8:0:1::1")); err != nil {
			t.Error(err)
		}
		if dial("2001:db8::3") == nil {
			t.Error("the third of one /64 gets in")
		}
	})
}
