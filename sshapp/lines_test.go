package sshapp

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/linear"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/terminal"
)

// A listener is a client who is read to, line by line.
type listener struct {
	t testing.TB
	*clientCommand
	heard int // bytes of what was sent that hears has seen
}

// listen connects one: on a dumb terminal, or by the command on another.
func (h *house) listen(user, term, command string, modes gossh.TerminalModes) *listener {
	h.t.Helper()
	l := &listener{t: h.t, clientCommand: h.startOn(user, command, term, modes)}
	h.t.Cleanup(func() {
		l.client.Close()
		<-l.ended
		if err := unspeakable(l.stdout.String()); err != nil {
			h.t.Error(err)
		}
	})
	settle()
	return l
}

// types sends bytes as they are, and returns what came back.
func (l *listener) types(s string) string {
	l.t.Helper()
	if _, err := io.WriteString(l.stdin, s); err != nil {
		l.t.Error(err)
	}
	settle()
	return l.hears()
}

// hears returns what was sent since it was asked last.
func (l *listener) hears() string {
	all := l.stdout.String()
	new := all[l.heard:]
	l.heard = len(all)
	return new
}

// unspeakable finds what must not be sent to a reader who listens: anything but text, whole line ends, and cells wiped one
// by one where the reader takes back what she has typed.
func unspeakable(wire string) error {
	return violation([]byte(strings.NewReplacer("\r\n", "\n", "\b \b", "").Replace(wire)), true)
}

func TestLines(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		for _, tt := range []struct{ user, term, command, first string }{
			{"", "dumb", "", "A test\r\nEnter goes on, a number chooses, help explains.\r\nPosts: 5, newest first.\r\n1. Number 0, 2026-11-22, 2 min\r\n"},
			{"", "xterm", "linear", "A test\r\nEnter goes on"},
			{"post-1", "dumb", "", "A test\r\nEnter goes on, a number chooses, help explains.\r\nHeading 1: Number 1\r\n"},
			{"post-1", "xterm-256color", " linear ", "A test\r\nEnter goes on, a number chooses, help explains.\r\nHeading 1: Number 1\r\n"},
			{"", "dumb", "cat post-2", "A test\r\nEnter goes on, a number chooses, help explains.\r\nHeading 1: Number 2\r\n"},
		} {
			l := h.listen(tt.user, tt.term, tt.command, nil)
			if got := l.hears(); !strings.HasPrefix(got, tt.first) || !strings.HasSuffix(got, ": ") {
				t.Errorf("%+v hears %q", tt, got)
			}
			if got := l.types("list\r2\r"); !strings.Contains(got, "Posts: 2\r\nHeading 1: Number 1\r\n2026-11-21, 2 min.\r\n") {
				t.Errorf("then %q", got)
			}
			time.Sleep(10 * time.Minute)
			if got := l.hears(); got != "" {
				t.Errorf("nothing was typed, and %q said", got)
			}
			if got := l.types("quit\r"); got != "quit\r\n" {
				t.Errorf("quit says %q", got)
			}
			if err := <-l.ended; err != nil {
				t.Errorf("quit ends the session with %v", err)
			}
		}
		h.close()
		if log := h.log.String(); strings.Count(log, "end=quit") != 5 || !strings.Contains(log, `posts="[post-2 post-1]"`) {
			t.Errorf("the log says\n%s", log)
		}
	})
}

// TestTypingOnLines: what is typed shows, and can be taken back, as on a terminal's own line.
func TestTypingOnLines(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		l := h.listen("", "dumb", "", nil)
		l.hears()
		again := "\r\nPosts: "
		for _, tt := range []struct{ typed, shown string }{
			{"ab\x7f", "ab\b \b"},
			{"\b", "\b \b"},
			{"\x7f", ""},
			{"a漢\x7f\x7f", "a漢\b \b\b \b\b \b"},
			{"e\u0301\x7f", "e\u0301\b \b"},
			{"one two\x17\x15", "one two" + strings.Repeat("\b \b", 7)},
			{"x\t\x1b[A\x1bOB\x1b[1;5C\x1b[3~\x1b]0;title\x07\x00\x1a\x0cy\x15", "xy\b \b\b \b"},
			{strings.Repeat("z", 300) + "\x15", strings.Repeat("z", 256) + strings.Repeat("\b \b", 256)},
			{"typed\x03", "typed" + again},
			{"typed\x04\x15", "typed" + strings.Repeat("\b \b", 5)},
			{"where\r", "where\r\nPosts, 1 to 5 of 5." + again},
			{"where\n", "where\r\nPosts, 1 to 5 of 5." + again},
			{"where\r\n", "where\r\nPosts, 1 to 5 of 5." + again},
			{"where\r\nwhere\n", strings.Repeat("where\r\nPosts, 1 to 5 of 5."+again, 2)},
		} {
			if got := l.types(tt.typed); got != tt.shown {
				t.Errorf("%q shows %q, want %q", tt.typed, got, tt.shown)
			}
		}
		l.session.WindowChange(10, 20)
		settle()
		if got := l.hears(); got != "" {
			t.Errorf("a new size says %q", got)
		}
		if got := l.types("top\r"); strings.Count(got, "\r\n") > 10 || !strings.Contains(got, "Posts, ") {
			t.Errorf("a small terminal gets %q", got)
		}
		if got := l.types("\x04"); got != "\r\n" {
			t.Errorf("control D says %q", got)
		}
		if err := <-l.ended; err != nil {
			t.Errorf("control D ends the session with %v", err)
		}
		if l = h.listen("", "dumb", "", nil); l.types("\x03") == "" || <-l.ended != nil {
			t.Error("control C doesn't leave")
		}
	})
}

// TestSilentTerminal: a terminal that shows what is typed by itself is not sent it.
func TestSilentTerminal(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		l := h.listen("", "dumb", "", gossh.TerminalModes{gossh.ICRNL: 1, gossh.ECHO: 0, gossh.TTY_OP_ISPEED: 38400})
		l.hears()
		if got := l.types("wherx\x7fe\r"); got != "Posts, 1 to 5 of 5.\r\nPosts: " {
			t.Errorf("it is sent %q", got)
		}
		l = h.listen("", "dumb", "", gossh.TerminalModes{gossh.ICRNL: 1, gossh.ECHO: 1, gossh.TTY_OP_ISPEED: 38400})
		l.hears()
		if got := l.types("x"); got != "x" {
			t.Errorf("one that doesn't is sent %q", got)
		}
	})
}

// TestNoticesOnLines: what the server has to tell comes as a line, behind which what was being typed goes on.
func TestNoticesOnLines(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Limits.Idle, c.Limits.Life = 10*time.Minute, 14*time.Minute })
		l := h.listen("", "dumb", "", nil)
		idle := h.listen("", "dumb", "", nil)
		time.Sleep(8 * time.Minute)
		l.types("whe")
		l.hears()
		idle.hears()
		time.Sleep(90 * time.Second)
		if got := idle.hears(); got != "\r\nPress a key to stay: this closes within a minute.\r\nPosts: " {
			t.Errorf("an idle reader hears %q", got)
		}
		time.Sleep(time.Minute)
		if err, got := <-idle.ended, idle.hears(); err != nil || !strings.Contains(got, "\r\nClosed, since nothing was typed for a long time.") || !strings.HasSuffix(got, "\r\n") {
			t.Errorf("and then %q and %v", got, err)
		}
		time.Sleep(3 * time.Minute)
		if got := l.hears(); got != "\r\nThis visit ends within a minute. You may come back at once.\r\nPosts: whe" {
			t.Errorf("one whose time is up hears %q", got)
		}
		if got := l.types("re\r"); !strings.HasPrefix(got, "re\r\nPosts, 1 to 5 of 5.") {
			t.Errorf("what was begun to be typed is %q", got)
		}
		time.Sleep(time.Minute)
		<-l.ended

		l = h.listen("", "dumb", "", nil)
		l.hears()
		go h.stop()
		settle()
		if got := l.hears(); !strings.HasPrefix(got, "\r\nThe server stops within 30s.") {
			t.Errorf("at a restart one hears %q", got)
		}
		time.Sleep(time.Minute)
		<-l.ended
		if log := h.log.String(); !strings.Contains(log, "end=idle") || !strings.Contains(log, "end=age") || !strings.Contains(log, "end=shutdown") {
			t.Errorf("the log says\n%s", log)
		}
	})
}

// TestEndsOfLines: a hangup, a flood and a panic end what they end with screens, and nobody else.
func TestEndsOfLines(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		other := h.listen("", "dumb", "", nil)
		h.listen("", "dumb", "", nil).client.Close()
		flood := h.listen("", "dumb", "", nil)
		io.WriteString(flood.stdin, strings.Repeat("x", 80<<10))
		time.Sleep(time.Minute)
		<-flood.ended

		l := h.listen("", "dumb", "", nil)
		l.hears()
		h.broken.Store(true)
		got := l.types("list\r")
		h.broken.Store(false)
		var exit *gossh.ExitError
		if err := <-l.ended; !errors.As(err, &exit) || exit.ExitStatus() != 1 {
			t.Errorf("a panic ends the session with %v, want exit code 1", err)
		}
		if !strings.HasSuffix(got, "\r\nSomething went wrong here, and it is not your fault. It has been written down; please come back.\r\n") {
			t.Errorf("and says %q", got)
		}
		if got := other.types("where\r"); !strings.Contains(got, "1 to 5 of 5") {
			t.Errorf("another reader hears %q", got)
		}
		other.types("quit\r")
		h.close()
		for _, end := range []string{"hangup", "flood", "panic", "quit"} {
			if log := h.log.String(); !strings.Contains(log, "end="+end) {
				t.Errorf("no end=%s in the log\n%s", end, log)
			}
		}
	})
}

// FuzzLines holds the laws of what is listened to: whatever is typed, only text is sent, a bounded piece of it for each byte,
// and quit leaves.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{"1\r\r\rback\rhelp\r", "1\r1\r2\r3\r4\rb\rabout\raddress\rnote 1\rnote 2\rnote 9\rfind code\r/\rskip\rn\rp\r", "search line\r1\rf\r]\r[\r", "\x1b[200~quit\r", "\x1b]0;x", "\xff\xfe漢\x7f\x15/number\r", "tags\rseries\rpages\rlanguages\r99\r0\r-1\r"} {
		f.Add(seed, uint8(80), uint8(24))
		f.Add(seed, uint8(0), uint8(0))
	}
	lib, err := content.Load(hostileBlog())
	if err != nil {
		f.Fatal(err)
	}
	edition := lib.At(today)
	b := &blog.Blog{Edition: func() *content.Edition { return edition }, Theme: theme.Terminal, Pages: page.NewCache(1 << 20)}
	f.Fuzz(func(t *testing.T, keys string, width, height uint8) {
		var wire strings.Builder
		l := &lines{w: &wire, Session: linear.New(b, blog.Reader{Host: "blog.example.com"}, ""), echo: true}
		rows := int(height)
		if rows == 0 {
			rows = 24
		}
		var d terminal.Decoder
		press := func(msg tea.Msg) {
			if msg != nil {
				l.Handle([]tea.Msg{msg})
			}
		}
		l.Begin(terminal.Size{Width: int(width), Height: int(height)})
		for i := range len(keys) {
			before := wire.Len()
			press(d.Next(keys[i]))
			if n := wire.Len() - before; n > rows*400+4<<10 {
				t.Fatalf("byte %d of %q sends %d bytes", i, keys, n)
			}
		}
		press(d.Flush())
		for _, b := range []byte("\x03quit\r") {
			press(d.Next(b))
		}
		if !l.HasQuit() {
			t.Errorf("quit doesn't leave after %q", keys)
		}
		if err := unspeakable(wire.String()); err != nil {
			t.Error(err)
		}
	})
}

// TestLinesAreAnsweredInTurn: a line is, and who has gone is answered no more.
func TestLinesAreAnsweredInTurn(t *testing.T) {
	lib, err := content.Load(someBlog())
	if err != nil {
		t.Fatal(err)
	}
	queue, outside := work.NewQueue(1, 0), 0
	asked := 0
	edition := func() *content.Edition {
		asked++
		outside += 1 - queue.Running()
		return lib.At(today)
	}
	b := &blog.Blog{Edition: edition, Theme: theme.Terminal, Pages: page.NewCache(1 << 20)}
	var wire strings.Builder
	gone := make(chan struct{})
	l := &lines{w: &wire, turn: queue.Turn(new(work.Source), gone), Session: linear.New(b, blog.Reader{}, "")}
	asked, outside = 0, 0
	line := []tea.Msg{tea.KeyPressMsg{Code: 's', Text: "search line"}, tea.KeyPressMsg{Code: tea.KeyEnter}}
	l.Handle(line)
	if !strings.Contains(wire.String(), "5") || asked == 0 || outside > 0 {
		t.Errorf("%d of %d looks at the blog are out of turn, and she hears %q", outside, asked, wire.String())
	}
	close(gone)
	before := asked
	if l.Handle(line); asked != before {
		t.Error("somebody who has gone is answered")
	}
}

// BenchmarkIdle connects readers over memory, has each read a little, and reports what one holds when she is silent, the
// client's side included, which is the same for both.
func BenchmarkIdle(b *testing.B) {
	const many = 200
	for _, kind := range []struct{ name, term, keys string }{{"screens", "xterm-256color", "j\r  "}, {"lines", "dumb", "2\r\r\r"}} {
		b.Run(kind.name, func(b *testing.B) {
			for b.Loop() {
				h := open(b, func(c *Config) {
					c.Limits.ConnRate, c.Limits.ConnsPerAddr, c.Limits.Handshakes = 0, 0, 0
				})
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				clients := make([]*gossh.Client, many)
				for i := range clients {
					clients[i] = h.connect("")
					session, err := clients[i].NewSession()
					if err != nil {
						b.Fatal(err)
					}
					session.Stdout = io.Discard
					keyboard, err := session.StdinPipe()
					if err != nil {
						b.Fatal(err)
					}
					if err := errors.Join(session.RequestPty(kind.term, 24, 80, nil), session.Shell()); err != nil {
						b.Fatal(err)
					}
					io.WriteString(keyboard, kind.keys)
				}
				time.Sleep(releaseAfter + time.Second)
				runtime.GC()
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.HeapAlloc+after.StackInuse-before.HeapAlloc-before.StackInuse)/many, "bytes/reader")
				b.ReportMetric(float64(after.HeapObjects-before.HeapObjects)/many, "objects/reader")
				for _, c := range clients {
					c.Close()
				}
				h.close()
			}
		})
	}
}
