package sshapp

import (
	"encoding/base64"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
)

func TestReading(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		r := h.read("anyone", 80, 24)
		r.sees("A test", "▌ 2026-11-22  Number 0", "1/5")
		if r.terminal.Title() != "A test" || !r.terminal.Mode(ansi.ModeAltScreenSaveCursor) || r.terminal.Mode(ansi.ModeTextCursorEnable) {
			t.Error("the terminal isn't taken")
		}
		r.press("j enter")
		r.sees("Number 1", "Line after line of the post number 1", "0%")
		r.press("space esc")
		r.sees("2/5")
		r.press("q")
		if err := <-r.ended; err != nil {
			t.Errorf("q ends the session with %v", err)
		}
		if r.terminal.Mode(ansi.ModeAltScreenSaveCursor) || !r.terminal.Mode(ansi.ModeTextCursorEnable) || r.terminal.Mode(ansi.ModeBracketedPaste) {
			t.Error("the terminal isn't given back")
		}
		h.close()
		if log := h.log.String(); strings.Count(log, "msg=session") != 1 || !strings.Contains(log, "posts=[post-1]") {
			t.Errorf("the log says\n%s", log)
		}
	})
}

func TestSleepAndWake(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		r := h.read("", 80, 24)
		asleep := r.terminal.Cells()
		r.press("j k") // a whole frame of a program's
		if got := r.terminal.Cells(); got != asleep {
			t.Fatalf("the program's frame is\n%s\nand the first one was\n%s", got, asleep)
		}
		r.press("j enter space")
		awake := r.terminal.Cells()
		time.Sleep(time.Minute)
		if got := r.terminal.Cells(); got != awake || !r.terminal.Mode(ansi.ModeAltScreenSaveCursor) {
			t.Fatalf("asleep the screen is\n%s\nand was\n%s", got, awake)
		}
		sent := r.terminal.Bytes()
		time.Sleep(10 * time.Minute)
		if n := r.terminal.Bytes() - sent; n != 0 {
			t.Errorf("an idle reader was sent %d bytes", n)
		}
		r.press("j")
		r.press("k")
		if got := r.terminal.Cells(); got != awake {
			t.Fatalf("awake again the screen is\n%s\nand was\n%s", got, awake)
		}
		r.resize(60, 20)
		r.sees("post number 1")
		r.leave()
	})
}

func TestKeysAroundSleepArriveOnceAndInOrder(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		for _, pause := range []time.Duration{2990, 2999, 3000, 3001, 3005, 3010, 3020} {
			r := h.read("", 80, 24)
			r.write("j")
			time.Sleep(pause * time.Millisecond)
			r.write("jk")
			time.Sleep(pause * time.Millisecond)
			r.write("jj\x1b") // to the fifth; then a lone escape
			settle()
			r.sees("4/5")
			r.leave()
		}
	})
}

func TestSizes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		huge := h.read("", 80, 24)
		for _, s := range [][2]int{{1 << 31, 1}, {65535, 65535}, {1 << 32, 1 << 32}, {10000, 10000}} {
			huge.session.WindowChange(s[1], s[0])
			settle()
		}
		huge.press("\x1b[8;30000;30000t") // a terminal's report of its size, typed
		huge.press("\x1b[48;30000;30000;1;1t")
		huge.session.WindowChange(24, 80)
		huge.press("j")
		huge.sees("2/5")
		huge.leave()

		late := h.read("", 80, 24)
		sent := late.terminal.Bytes()
		late.session.WindowChange(0, 0) // for a moment, as some do
		settle()
		if n := late.terminal.Bytes() - sent; n != 0 {
			t.Errorf("a size that isn't given has %d bytes sent", n)
		}
		late.press("j")
		late.sees("2/5")
		late.press("k")
		late.resize(1, 1)
		late.resize(80, 24)
		late.sees("1/5")
		late.leave()
	})
}

// TestSizeNotGiven: a dimension of 0 is not given, and is that of a usual terminal until it is.
func TestSizeNotGiven(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		for _, tt := range []struct{ width, height, asWidth, asHeight int }{
			{0, 0, 80, 24},
			{40, 0, 40, 24},
			{0, 10, 80, 10},
		} {
			want := h.read("", tt.asWidth, tt.asHeight)
			got := h.readAs("xterm-256color", "", tt.width, tt.height, termtest.New(tt.asWidth, tt.asHeight))
			if got.terminal.Cells() != want.terminal.Cells() {
				t.Errorf("%d×%d shows\n%s", tt.width, tt.height, got.terminal.Text())
			}
			got.resize(100, 30)
			want.resize(100, 30)
			if got.terminal.Cells() != want.terminal.Cells() {
				t.Errorf("%d×%d, then 100×30, shows\n%s", tt.width, tt.height, got.terminal.Text())
			}
			got.press("q")
			if err := <-got.ended; err != nil {
				t.Errorf("q ends the session with %v", err)
			}
		}
	})
}

// TestScrollbackStays: what stood on the reader's terminal before is hers.
func TestScrollbackStays(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		session, keyboard, wire := h.bare("xterm", nil)
		_, _ = keyboard.Write([]byte("jq"))
		_ = session.Wait()
		if strings.Contains(wire.String(), "\x1b[3J") {
			t.Error("the scrollback is erased")
		}
	})
}

// TestKeysTypedAhead: who types before the screens are there finds them all the same, and the keys have their effect.
func TestKeysTypedAhead(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Limits.ConnRate = 0 })
		for range 30 { // which of the two the session hears of first is chance
			c := h.dial("")
			ch, reqs, err := c.OpenChannel("session", nil)
			if err != nil {
				t.Fatal(err)
			}
			go gossh.DiscardRequests(reqs)
			terminal, wire := termtest.New(80, 24), &logBuffer{}
			go io.Copy(io.MultiWriter(terminal, wire), ch)
			_, _ = ch.SendRequest("pty-req", false, gossh.Marshal(ptyReq{"xterm", 80, 24, 0, 0, ""}))
			_, _ = io.WriteString(ch, "j")
			_, _ = ch.SendRequest("shell", false, nil)
			settle()
			if screen := terminal.Text(); !strings.Contains(screen, "A test") || !strings.Contains(screen, "2/5") {
				t.Fatalf("she sees\n%s", screen)
			}
			if !strings.HasPrefix(wire.String(), ansi.WindowOp(22, 0)) {
				t.Fatalf("the first bytes are %.40q", wire.String())
			}
			c.Close()
			terminal.Close()
			settle()
		}
	})
}

func TestTwoReadersDoNotDisturbEachOther(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		a, b := h.read("a", 80, 24), h.read("b", 100, 30)
		a.press("enter")
		b.press("j j")
		a.sees("post number 0")
		b.sees("3/5")
		a.leave()
		b.press("k")
		b.sees("2/5")
		b.leave()
	})
}

func TestEndOfInput(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		r := h.read("", 80, 24)
		r.write("jj")
		r.keyboard.Close()
		if err := <-r.ended; err != nil {
			t.Errorf("the session ended with %v", err)
		}
		if r.terminal.Mode(ansi.ModeAltScreenSaveCursor) {
			t.Error("the terminal isn't given back")
		}
	})
}

func TestClosedChannelEndsTheSession(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		r := h.read("", 80, 24)
		r.press("j")
		r.session.Close() // the connection stays
		settle()
		if log := h.log.String(); !strings.Contains(log, "end=hangup") {
			t.Errorf("the session goes on:\n%s", log)
		}
	})
}

// TestSpoken: what the session itself says is in the language that its reader is spoken to in.
func TestSpoken(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) {
			lib, err := content.Load(fstest.MapFS{"postern.toml": {Data: []byte("language = \"de\"\n")}, "a.md": {Data: []byte("---\ntitle: A\ndate: 2026-01-01\n---\nText.\n")}})
			if err != nil {
				t.Fatal(err)
			}
			c.Blog.Edition = blog.Editions(func() *content.Library { return lib })
		})
		r := h.read("", 80, 24)
		h.auth = []gossh.AuthMethod{unasked(t)}
		h.read(content.MemberName, 80, 24).sees("Du liest wie alle: es wurde kein Schlüssel angeboten")
		h.stop()
		settle()
		r.sees("Der Server wird innerhalb von 30s beendet.")
		if err := <-h.served; err != nil {
			t.Error(err)
		}
		r.sees("Der Server wurde beendet")
	})
}

func TestDrain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		asleep, awake := h.read("", 80, 24), h.read("", 80, 24)
		awake.press("j")
		h.stop()
		settle()
		asleep.sees("The server stops within 30s", "Number 0")
		awake.sees("The server stops within 30s", "Number 1")
		if _, err := h.net.Dial(nil); err == nil {
			t.Error("a stopping server accepts")
		}
		awake.press("j") // she can read on
		awake.sees("3/5")
		if err := <-h.served; err != nil {
			t.Error(err)
		}
		if got := time.Since(today); got > time.Minute {
			t.Errorf("it took %v", got)
		}
		for _, r := range []*reader{asleep, awake} {
			if err := <-r.ended; err != nil {
				t.Errorf("a reader's session ended with %v", err)
			}
			r.sees("The server has stopped")
			if r.terminal.Mode(ansi.ModeAltScreenSaveCursor) {
				t.Error("a terminal isn't given back")
			}
		}
	})
}

// TestAbort: who is told to stop for the second time waits no more, and restores terminals.
func TestAbort(t *testing.T) {
	bubble(t, func(t *testing.T) {
		abort := make(chan struct{})
		h := open(t, func(c *Config) { c.Abort = abort })
		r := h.read("", 80, 24)
		r.press("j")
		h.stop()
		settle()
		began := time.Now()
		close(abort)
		if err := <-h.served; err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > closeGrace {
			t.Errorf("it took %v", took)
		}
		if err := <-r.ended; err != nil {
			t.Errorf("the session ended with %v", err)
		}
		r.sees("The server has stopped")
		if r.terminal.Mode(ansi.ModeAltScreenSaveCursor) || !r.terminal.Mode(ansi.ModeTextCursorEnable) {
			t.Error("the terminal isn't given back")
		}
	})
}

// TestDrainDelay: for a while after it was told to stop the server still lets readers in, and tells nobody.
func TestDrainDelay(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.DrainDelay = 10 * time.Second })
		h.stop()
		time.Sleep(9 * time.Second)
		r := h.read("", 80, 24)
		r.sees("Number 0")
		time.Sleep(2 * time.Second)
		r.sees("The server stops within 30s")
		if _, err := h.net.Dial(net.IPv4(198, 51, 100, 8)); err == nil {
			t.Error("a connection is accepted after the delay")
		}
	})
}

// TestRetiredDrainsAtOnce: a server that has retired accepts nobody, and so has nothing to wait for.
func TestRetiredDrainsAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		retire := make(chan struct{})
		h := open(t, func(c *Config) { c.Retire, c.DrainDelay = retire, time.Hour })
		r := h.read("", 80, 24)
		close(retire)
		settle()
		h.stop()
		settle()
		r.sees("The server stops within 30s")
	})
}

func TestDrainEndsWithTheLastReader(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		r := h.read("", 80, 24)
		began := time.Now()
		h.stop()
		settle()
		r.press("q")
		r.leave()
		if err := <-h.served; err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("the server waited for %v after its last reader", took)
		}
	})
}

// TestPanicOfCommand: who asks for something by a program learns that it has failed.
func TestPanicOfCommand(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		session, err := h.connect("").NewSession()
		if err != nil {
			t.Fatal(err)
		}
		h.broken.Store(true)
		err = session.Run("ls")
		h.broken.Store(false)
		var exit *gossh.ExitError
		if !errors.As(err, &exit) || exit.ExitStatus() != 1 {
			t.Errorf("the command ended with %v, want exit code 1", err)
		}
	})
}

func TestPanicEndsOneSession(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		other := h.read("", 80, 24)
		r := h.read("", 80, 24)
		h.broken.Store(true)
		r.press("j")
		h.broken.Store(false)
		var exit *gossh.ExitError
		if err := <-r.ended; !errors.As(err, &exit) || exit.ExitStatus() != 1 {
			t.Errorf("the session ended with %v, want exit code 1", err)
		}
		r.sees("Something went wrong here")
		if r.terminal.Mode(ansi.ModeAltScreenSaveCursor) {
			t.Error("the terminal isn't given back")
		}
		if log := h.log.String(); !strings.Contains(log, "a reader's session failed") || !strings.Contains(log, "end=panic") || !strings.Contains(log, "app.go") {
			t.Errorf("the log says\n%s", log)
		}
		other.press("j")
		other.sees("2/5")
		other.leave()
	})
}

func TestLeavingAtAnyMoment(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		for pause := time.Duration(0); pause < 20*time.Millisecond; pause += time.Millisecond {
			r := h.read("", 80, 24)
			r.write(strings.Repeat("jk", 50))
			time.Sleep(pause)
			r.leave()
		}
	})
}

// TestMouse: the wheel is the terminal's until it is asked for, and is given back.
func TestMouse(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		r := h.read("", 80, 24)
		on := func() bool { return r.terminal.Mode(ansi.ModeMouseExtSgr) }
		r.write("\x1b[<65;3;4M")
		settle()
		r.sees("1/5")
		if on() {
			t.Error("the mouse is on by itself")
		}
		r.press("m")
		r.write("\x1b[<65;3;4M")
		settle()
		r.sees("2/5")
		time.Sleep(time.Minute)
		if !on() {
			t.Error("asleep the mouse is off")
		}
		r.press("q")
		<-r.ended
		if on() {
			t.Error("the mouse isn't given back")
		}
	})
}

// TestCopy: what is copied reaches the reader's terminal, whole, as OSC 52.
func TestCopy(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		var wire strings.Builder
		session, err := h.dial("").NewSession()
		if err != nil {
			t.Fatal(err)
		}
		session.Stdout = &wire
		keyboard, err := session.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := session.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}); err != nil {
			t.Fatal(err)
		}
		if err := session.Shell(); err != nil {
			t.Fatal(err)
		}
		settle()
		keyboard.Write([]byte("j\ry"))
		settle()
		keyboard.Write([]byte("l"))
		settle()
		keyboard.Write([]byte("q"))
		if err := session.Wait(); err != nil {
			t.Error(err)
		}
		_, rest, ok := strings.Cut(wire.String(), "\x1b]52;c;")
		data, _, _ := strings.Cut(rest, "\a")
		link, err := base64.StdEncoding.DecodeString(data)
		if !ok || err != nil || !strings.HasPrefix(string(link), "ssh://post-1@") {
			t.Errorf("copied %q (%v)", link, err)
		}
	})
}

// TestRetiredServesAndReports: a server that has retired serves the readers it has, answers for its counters, and ends with
// the last of them.
func TestRetiredServesAndReports(t *testing.T) {
	bubble(t, func(t *testing.T) {
		retire, report := make(chan struct{}), make(chan os.Signal)
		h := open(t, func(c *Config) { c.Retire, c.Report = retire, report })
		r := h.read("", 80, 24)
		close(retire)
		settle()
		report <- syscall.SIGUSR1
		settle()
		if log := h.log.String(); !strings.Contains(log, "msg=counters connected=1") {
			t.Errorf("the log says\n%s", log)
		}
		r.press("j")
		r.sees("2/5")
		r.press("q")
		if err := <-r.ended; err != nil {
			t.Error(err)
		}
		settle()
		if err, ok := <-h.served; err != nil || !ok {
			t.Errorf("it ended with %v, %v", err, ok)
		}
	})
}
