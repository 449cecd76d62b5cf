package sshapp

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content/sanitize"
)

// inJSON has the server log as it does where stderr is no terminal.
func inJSON(h **house) func(*Config) {
	return func(c *Config) {
		c.Limits.ConnRate = 0
		c.Log = slog.New(slog.NewJSONHandler(lateWriter{h}, nil))
	}
}

// A lateWriter writes to the log of a house that is not open yet.
type lateWriter struct{ house **house }

func (w lateWriter) Write(p []byte) (int, error) { return (*w.house).log.Write(p) }

// TestLogIsSafeToShow: whatever a client calls itself, the log holds nothing that a terminal could take for something else
// than text. (JSON leaves U+009B and U+202E as they are.)
func TestLogIsSafeToShow(t *testing.T) {
	const hostile = "x\u009b31m\u202ey\x1b]0;z\a\u0085\xff"
	bubble(t, func(t *testing.T) {
		var h *house
		h = open(t, inJSON(&h))
		dial := func(config *gossh.ClientConfig) (*gossh.Client, error) {
			raw, err := h.net.Dial(attacker)
			if err != nil {
				t.Fatal(err)
			}
			config.HostKeyCallback, config.ClientVersion = gossh.InsecureIgnoreHostKey(), "SSH-2.0-"+strings.ReplaceAll(strings.ReplaceAll(hostile, "\x1b", ""), "\a", "")
			conn, chans, reqs, err := gossh.NewClientConn(raw, "", config)
			if err != nil {
				raw.Close()
				return nil, err
			}
			return gossh.NewClient(conn, chans, reqs), nil
		}
		c, err := dial(&gossh.ClientConfig{User: hostile})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		for _, command := range []string{"", hostile, "cat " + hostile, "cat post-1"} {
			session, err := c.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			answer, _ := session.CombinedOutput(command)
			if err := violation(answer, true); err != nil {
				t.Errorf("%q is answered with %v", command, err)
			}
		}
		_ = screen(t, c, hostile, 80, 24)
		if _, err := dial(&gossh.ClientConfig{Config: gossh.Config{KeyExchanges: []string{gossh.KeyExchangeECDHP256}}}); err == nil {
			t.Error("a client without a common key exchange gets in")
		}
		c.Close()
		settle()
		log := h.log.String()
		if n := strings.Count(log, `"msg":"session"`); n != 5 {
			t.Errorf("%d sessions of 5 are logged", n)
		}
		if !strings.Contains(log, `"handshake failed"`) {
			t.Error("no failed handshake is logged")
		}
		if i := sanitize.IndexUnsafe(log); i >= 0 {
			t.Errorf("the log has %q", log[max(0, i-100):min(len(log), i+20)])
		}
	})
}

// TestSessionRecord: what a session's line in the log says.
func TestSessionRecord(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var h *house
		h = open(t, inJSON(&h))
		r := h.read("anyone", 80, 24)
		for _, key := range []string{"enter", "esc", "j", "enter", "esc", "k", "enter", "q"} { // post-0, post-1, and post-0 again
			r.press(key)
		}
		<-r.ended
		settle()
		log := h.log.String()
		for _, want := range []string{
			`"addr":"198.51.100.7:40000","user":"anyone","client":"SSH-2.0-Go","terminal":"xterm-256color","width":80,"height":24,"seconds":8,"bytes":`,
			`"end":"quit","frames":9,`,
			`"key_ms":0,"posts":["post-0","post-1"]}`,
		} {
			if !strings.Contains(log, want) {
				t.Errorf("the record has no %s:\n%s", want, log)
			}
		}
	})
}

func TestLatency(t *testing.T) {
	var l latency
	if got := l.median(); got != 0 {
		t.Errorf("without a key it is %v", got)
	}
	for i := range 1001 {
		l.add(time.Duration(i%3) * time.Millisecond) // 0, 1 and 2 ms, the same number of each
	}
	if len(l.samples) != maxSamples {
		t.Errorf("%d samples are kept", len(l.samples))
	}
	var late latency
	for _, d := range []time.Duration{5, 1, 3} {
		late.add(d)
	}
	if got := late.median(); got != 3 {
		t.Errorf("the median of 5, 1 and 3 is %d", got)
	}
}

// TestBareConnect: a balancer that connects to see whether the server is there, and leaves, is neither counted nor logged.
func TestBareConnect(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var h *house
		h = open(t, inJSON(&h))
		h.attackerConn().Close()
		settle()
		if log, failed := h.log.String(), h.server.gate.Failed(); log != "" || failed != "" {
			t.Errorf("the log says %q, and counted is %q", log, failed)
		}
	})
}

// TestFailedHandshakes: each leaves a record that says why.
func TestFailedHandshakes(t *testing.T) {
	for _, tt := range []struct {
		name   string
		client func(t *testing.T, raw net.Conn)
		want   string // in the log
	}{
		{"no common MAC", offering(gossh.Config{Ciphers: []string{gossh.CipherAES128CTR}, MACs: []string{gossh.HMACSHA1, gossh.InsecureHMACSHA196}}),
			`"reason":"no common MAC","count":1,"addr":"203.0.113.66/32","client":"SSH-2.0-Go","detail":"client offers hmac-sha1, hmac-sha1-96"`},
		{"no common key exchange", offering(gossh.Config{KeyExchanges: []string{gossh.KeyExchangeECDHP256}}),
			`"reason":"no common key exchange","count":1,"addr":"203.0.113.66/32","client":"SSH-2.0-Go","detail":"client offers ecdh-sha2-nistp256"`},
		{"no common cipher", offering(gossh.Config{Ciphers: []string{gossh.InsecureCipherAES128CBC}}),
			`"reason":"no common cipher","count":1,"addr":"203.0.113.66/32","client":"SSH-2.0-Go","detail":"client offers aes128-cbc"`},
		{"HTTP", func(_ *testing.T, raw net.Conn) {
			io.WriteString(raw, "GET / HTTP/1.1\r\nHost: blog\r\n\r\n")
			settle()
		},
			`"reason":"not SSH","count":1,"addr":"203.0.113.66/32","client":"GET / HTTP/1.1"`},
		{"a long line", func(_ *testing.T, raw net.Conn) { io.WriteString(raw, strings.Repeat("x", 1000)); settle() },
			`"reason":"not SSH","count":1,"addr":"203.0.113.66/32","client":"` + strings.Repeat("x", 255) + `"`},
		{"silence", func(_ *testing.T, raw net.Conn) { io.WriteString(raw, "SSH-2.0-slow\r\n"); time.Sleep(time.Minute) },
			`"reason":"too slow","count":1,"addr":"203.0.113.66/32","client":"SSH-2.0-slow"`},
		{"leaves", func(_ *testing.T, raw net.Conn) { io.WriteString(raw, "SSH-2.0-scan\r\n"); settle() },
			`"reason":"client left","count":1,"addr":"203.0.113.66/32","client":"SSH-2.0-scan"`},
		{"nonsense", func(_ *testing.T, raw net.Conn) {
			io.WriteString(raw, "SSH-2.0-odd\r\n\x00\x00\x00\x0c\x0a\x63"+strings.Repeat("\x00", 10))
			settle()
		}, `"reason":"protocol error","count":1,"addr":"203.0.113.66/32","client":"SSH-2.0-odd","detail":"ssh: `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				var h *house
				h = open(t, inJSON(&h))
				raw := h.attackerConn()
				tt.client(t, raw)
				raw.Close()
				settle()
				if log := h.log.String(); strings.Count(log, "\n") != 1 || !strings.Contains(log, `"msg":"handshake failed",`+tt.want) {
					t.Errorf("the log says\n%s", log)
				}
			})
		})
	}
}

// offering is a client that offers certain algorithms.
func offering(algorithms gossh.Config) func(*testing.T, net.Conn) {
	return func(t *testing.T, raw net.Conn) {
		if _, _, _, err := gossh.NewClientConn(raw, "", &gossh.ClientConfig{Config: algorithms, HostKeyCallback: gossh.InsecureIgnoreHostKey()}); err == nil {
			t.Error("it gets in")
		}
	}
}

// TestRecordsCountWhatHappened: however many handshakes fail, and connections are refused, there is a record a second for each
// reason, and all are counted in one.
func TestRecordsCountWhatHappened(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var h *house
		h = open(t, func(c *Config) {
			inJSON(&h)(c)
			c.Limits.ConnsPerAddr = 10
		})
		for range 25 {
			var conns []net.Conn
			for range 12 { // of which 2 are refused
				conns = append(conns, h.attackerConn())
			}
			for _, c := range conns {
				io.WriteString(c, "GET / HTTP/1.1\r\n")
			}
			time.Sleep(100 * time.Millisecond)
			for _, c := range conns {
				c.Close()
			}
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(2 * time.Second)
		for reason, want := range map[string]int{"connections of one address": 50, "not SSH": 250} {
			records, sum := 0, 0
			for _, m := range regexp.MustCompile(fmt.Sprintf(`"reason":"%s","count":(\d+)`, reason)).FindAllStringSubmatch(h.log.String(), -1) {
				n, _ := strconv.Atoi(m[1])
				records++
				sum += n
			}
			if sum != want || records < 2 || records > 7 {
				t.Errorf("%s: %d records count %d, want %d", reason, records, sum, want)
			}
		}
	})
}

// TestLastRecordsAreWritten: what a server has counted and not logged, it logs before it ends.
func TestLastRecordsAreWritten(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var h *house
		h = open(t, inJSON(&h))
		for range 7 {
			c := h.attackerConn()
			io.WriteString(c, "GET / HTTP/1.1\r\n")
			time.Sleep(10 * time.Millisecond)
			c.Close()
		}
		time.Sleep(10 * time.Millisecond)
		h.close()
		if log := h.log.String(); !strings.Contains(log, `"reason":"not SSH","count":6`) {
			t.Errorf("the log says\n%s", log)
		}
	})
}
