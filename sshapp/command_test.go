package sshapp

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/admission"
	"postern/sshapp/internal/termtest"
)

// A clientCommand is `ssh USER@HOST LINE`, as it runs.
type clientCommand struct {
	client         *gossh.Client
	session        *gossh.Session
	stdin          io.WriteCloser
	stdout, stderr logBuffer
	ended          chan error // gets what it ended with, and is closed
}

// start starts a command, on a terminal of a name if there is one. Without a line it is a shell.
func (h *house) start(user, line, terminal string) *clientCommand {
	h.t.Helper()
	return h.startOn(user, line, terminal, gossh.TerminalModes{})
}

// startOn is start, on a terminal of some modes.
func (h *house) startOn(user, line, terminal string, modes gossh.TerminalModes) *clientCommand {
	h.t.Helper()
	check := func(err error) {
		h.t.Helper()
		if err != nil {
			h.t.Fatal(err)
		}
	}
	c := &clientCommand{client: h.dial(user), ended: make(chan error, 1)}
	var err error
	c.session, err = c.client.NewSession()
	check(err)
	c.stdin, err = c.session.StdinPipe()
	check(err)
	c.session.Stdout, c.session.Stderr = &c.stdout, &c.stderr
	if terminal != "" {
		check(c.session.RequestPty(terminal, 24, 80, modes))
	}
	if line == "" {
		check(c.session.Shell())
	} else {
		check(c.session.Start(line))
	}
	go func() {
		c.ended <- c.session.Wait()
		close(c.ended)
	}()
	return c
}

// code waits for the command's end.
func (c *clientCommand) code() int {
	err := <-c.ended
	if exit := (*gossh.ExitError)(nil); errors.As(err, &exit) {
		return exit.ExitStatus()
	} else if err != nil {
		return -1
	}
	return 0
}

func TestCommands(t *testing.T) {
	tests := []struct {
		command        string
		code           int
		stdout, stderr string // what they hold
	}{
		{"help", 0, "ssh HOST", ""},
		{"version", 0, "postern test\n", ""},
		{"ls -n 1", 0, "2026-11-22\tpost-0\tNumber 0\n", ""},
		{"cat post-1", 0, "Number 1\n2026-11-21 · ", ""},
		{`search "number post" 3 -n 1`, 0, "post-3\t", ""},
		{"cat post-x", 1, "", "the nearest: post-0, post-1, post-2"},
		{"linear", 2, "", "type ssh -t HOST linear"},
		{"linear x", 2, "", "linear takes no arguments"},
		{"nonsense", 2, "", `no command "nonsense"`},
		{"help me", 2, "", "try: ssh HOST help"},
		{"cat 'post", 2, "", "a quote ' is not closed"},
		{strings.Repeat("x", 70<<10), 2, "", "at most 65536 bytes"},
		{"\x1b]0;title\x07", 2, "", "no command \"\ufffd]0;title\ufffd\""},
	}
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Limits.ConnRate = 0 })
		for _, tt := range tests {
			c := h.start("", tt.command, "")
			code, stdout, stderr := c.code(), c.stdout.String(), c.stderr.String()
			if code != tt.code || !strings.Contains(stdout, tt.stdout) || !strings.Contains(stderr, tt.stderr) {
				t.Errorf("%.20q: code %d, stdout %q, stderr %q", tt.command, code, stdout, stderr)
			}
			if tt.code != 0 && stdout != "" || tt.code == 0 && stderr != "" {
				t.Errorf("%.20q: code %d, %q on stdout, %q on stderr", tt.command, tt.code, stdout, stderr)
			}
			if all := stdout + stderr; strings.ContainsAny(all, "\x1b\r\x07") {
				t.Errorf("%.20q: control characters in a pipe: %q", tt.command, all)
			}
		}
		h.close()
		for _, want := range []string{`command=ls code=0`, `posts=[post-1] command=cat code=0`, `command=search code=0`, `command="" code=2`} {
			if log := h.log.String(); !strings.Contains(log, want) || strings.Contains(log, "number post") {
				t.Errorf("%s isn't in the log, or what was searched for is:\n%s", want, log)
			}
		}
	})
}

func TestShellWithoutTerminalShowsHelp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		c := open(t, nil).start("nobody", "", "")
		if code, out := c.code(), c.stdout.String(); code != 0 || !strings.Contains(out, "ssh HOST help") || strings.Contains(out, "\x1b") {
			t.Errorf("code %d: %q", code, out)
		}
	})
}

// TestUserNameIsAnAddress: without a terminal it prints the post, whatever of its addresses it is.
func TestUserNameIsAnAddress(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) {
			c.Limits.ConnRate = 0
			serveFiles(t, c, fstest.MapFS{
				"it's.md":  {Data: []byte("---\ntitle: One\ndate: 2026-01-01\naliases: [/2020/01/old-one/]\n---\nx\n")},
				"b.md":     {Data: []byte("---\ntitle: Two\ndate: 2026-01-01\n---\nx\n")},
				"b.es.md":  {Data: []byte("---\ntitle: Dos\ndate: 2026-01-01\n---\nx\n")},
				"later.md": {Data: []byte("---\ntitle: Later\ndate: 2026-11-23\n---\nx\n")},
				"draft.md": {Data: []byte("---\ntitle: Draft\ndate: 2026-01-01\ndraft: true\n---\nx\n")},
			})
		})
		for user, title := range map[string]string{
			"it-s": "One", "IT-S": "One", "2020/01/old-one": "One", "/2020/01/old-one/": "One", "b": "Two", "es/b": "Dos",
			"later": "Postern", "draft": "Postern", "b'; rm": "Postern", "": "Postern", "a@b": "Postern",
		} {
			c := h.start(user, "", "")
			if code, out := c.code(), c.stdout.String(); code != 0 || !strings.HasPrefix(out, title+"\n") {
				t.Errorf("%q: code %d: %q", user, code, out)
			}
		}
		for user, want := range map[string]string{
			"it-z":         `no post "it-z"; the nearest: it-s`, // nearly an address
			"my-new-post":  `no post "my-new-post"`,             // no account is called that
			"2020/01/none": `no post "2020/01/none"`,
			"--raw":        `no post "--raw"`,
		} {
			c := h.start(user, "", "")
			if code, out, err := c.code(), c.stdout.String(), c.stderr.String(); code != 1 || out != "" || !strings.Contains(err, want) {
				t.Errorf("%q: code %d: %q, %q", user, code, out, err)
			}
		}
	})
}

// serveFiles has a server's blog be these files.
func serveFiles(t *testing.T, c *Config, files fstest.MapFS) {
	t.Helper()
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	blog := *c.Blog
	blog.Edition = func() *content.Edition { return lib.At(time.Now()) }
	c.Blog = &blog
}

// TestCommandsOnTerminal: an answer is styled, and its lines end as a terminal's do; `cat SLUG` opens the screens.
func TestCommandsOnTerminal(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Limits.ConnRate = 0 })
		c := h.start("", "ls -n 1", "xterm-256color")
		if code, out := c.code(), c.stdout.String(); code != 0 || out != "\x1b[2m2026-11-22\x1b[m  post-0  Number 0\r\n" {
			t.Errorf("ls: code %d: %q", code, out)
		}
		c = h.start("", "ls -n 1", "dumb")
		if code, out := c.code(), c.stdout.String(); code != 0 || out != "2026-11-22\tpost-0\tNumber 0\r\n" {
			t.Errorf("ls on a dumb terminal: code %d: %q", code, out)
		}
		c = h.start("", "cat post-0 post-1", "xterm-256color")
		if code, out := c.code(), c.stdout.String(); code != 0 || !strings.HasPrefix(out, "\x1b[1mNumber 0\x1b[m\r\n") || violation([]byte(out), false) != nil {
			t.Errorf("cat of two: code %d: %q", code, out)
		}
		c = h.start("", "cat nothing", "xterm-256color")
		if code := c.code(); code != 1 || c.stdout.String() != "" {
			t.Errorf("cat of none: code %d: %q", code, c.stdout.String())
		}

		c = h.start("post-3", "cat post-1", "xterm-256color")
		settle()
		terminal := termtest.New(80, 24)
		defer terminal.Close()
		io.WriteString(terminal, c.stdout.String())
		if screen := terminal.Text(); !strings.Contains(screen, "Line after line of the post number 1") || !terminal.Mode(ansi.ModeAltScreenSaveCursor) {
			t.Errorf("cat of one shows\n%s", screen)
		}
		io.WriteString(c.stdin, "q")
		if code := c.code(); code != 0 {
			t.Errorf("q: code %d", code)
		}
	})
}

// TestWait: who waits is not idle, is told of what is published, and costs nothing when she is gone.
func TestWait(t *testing.T) {
	bubble(t, func(t *testing.T) {
		files := someBlog()
		files["soon.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Soon\ndate: 2026-11-23\n---\nx\n")}
		h := open(t, func(c *Config) {
			c.Limits.ConnRate = 0
			serveFiles(t, c, files)
		})
		settle()
		goroutines := bubbled()
		one, all := h.start("", "wait -n 1", ""), h.start("", "wait", "")
		typing, dumb := h.start("", "wait", "xterm"), h.start("", "wait", "dumb")
		one.stdin.Close() // as `ssh -n` does
		settle()
		for _, c := range []*clientCommand{typing, dumb} {
			io.WriteString(c.stdin, "jk\x03")
			if code := c.code(); code != 1 {
				t.Errorf("Ctrl-C: code %d", code)
			}
		}
		time.Sleep(11 * time.Hour)
		for _, c := range []*clientCommand{one, all} {
			if out := c.stdout.String(); out != "" {
				t.Errorf("before anything is published it says %q", out)
			}
		}
		time.Sleep(time.Hour)
		if code := one.code(); code != 0 || one.stdout.String() != "2026-11-23\tsoon\tSoon\n" {
			t.Errorf("code %d: %q", code, one.stdout.String())
		}
		time.Sleep(12 * time.Hour)
		if code := all.code(); code != 1 || all.stdout.String() != "2026-11-23\tsoon\tSoon\n" || all.stderr.String() != "postern: this has lasted as long as it may\n" {
			t.Errorf("after a day: code %d: %q, %q", code, all.stdout.String(), all.stderr.String())
		}

		gone, closed := h.start("", "wait", ""), h.start("", "wait", "")
		settle()
		gone.client.Close()
		closed.session.Close() // the connection stays
		settle()
		if log := h.log.String(); strings.Count(log, "end=hangup command=wait code=1") != 2 {
			t.Errorf("the log says\n%s", log)
		}
		for _, c := range []*clientCommand{one, all, typing, dumb, closed} {
			c.client.Close()
		}
		settle()
		if n := bubbled() - goroutines; n > 0 {
			t.Errorf("%d goroutines are left", n)
		}

		last := h.start("", "wait", "")
		settle()
		h.stop()
		if code := last.code(); code != 1 || !strings.Contains(last.stderr.String(), "the server is stopping") {
			t.Errorf("when the server stops: code %d, %q", code, last.stderr.String())
		}
		if took := time.Since(today.AddDate(0, 0, 1)); took > 10*time.Second {
			t.Errorf("the server waited for who waits: %v", took)
		}
	})
}

// TestWaitEndsForASuccessor: who waits doesn't keep a server that has handed over.
func TestWaitEndsForASuccessor(t *testing.T) {
	bubble(t, func(t *testing.T) {
		retire := make(chan struct{})
		h := open(t, func(c *Config) { c.Retire = retire })
		c := h.start("", "wait", "")
		settle()
		close(retire)
		if code := c.code(); code != 1 || !strings.Contains(c.stderr.String(), "wait again") {
			t.Errorf("code %d: %q", code, c.stderr.String())
		}
	})
}

// TestAttackFeedsACommand: what is sent to a command is not kept. More than the 2 MB that the library keeps could not be
// sent otherwise.
func TestAttackFeedsACommand(t *testing.T) {
	underAttack(t, func(c *Config) { c.Limits.WireRate, c.Limits.ConnRate = 0, 0 }, func(t *testing.T, h *house) {
		c := h.start("", "wait", "")
		if n, err := io.Copy(c.stdin, io.LimitReader(zeros{}, 8<<20)); err != nil {
			t.Errorf("after %d bytes: %v", n, err)
		}
		c.client.Close()
		<-c.ended
	})
}

// TestAttackTakesNothing: what a client doesn't take isn't made. The command ends at the limit, and at once when the client
// is gone.
func TestAttackTakesNothing(t *testing.T) {
	const size = 4 << 20
	stall := admission.DefaultLimits().Stall + time.Second
	for name, tt := range map[string]struct {
		do    func(*gossh.Client, gossh.Channel)
		after time.Duration
		want  string
	}{
		"stays":                 {func(*gossh.Client, gossh.Channel) {}, stall, "stalled reader"},
		"closes the channel":    {func(_ *gossh.Client, ch gossh.Channel) { ch.Close() }, settleTime, "end=hangup"},
		"closes the connection": {func(c *gossh.Client, _ gossh.Channel) { c.Close() }, settleTime, "end=hangup"},
	} {
		bubble(t, func(t *testing.T) {
			h := open(t, func(c *Config) {
				serveFiles(t, c, fstest.MapFS{"large.md": {Data: []byte("---\ndate: 2026-01-01\n---\n" + strings.Repeat("word ", size/5))}})
			})
			client := h.dial("")
			ch, requests, err := client.OpenChannel("session", nil)
			if err != nil {
				t.Fatal(err)
			}
			go gossh.DiscardRequests(requests)
			before := heap()
			line := "cat --raw " + strings.Repeat("large ", 100)
			if ok, err := ch.SendRequest("exec", true, gossh.Marshal(struct{ Command string }{line})); err != nil || !ok {
				t.Fatal(ok, err)
			}
			settle()
			if grown := heap() - before; grown > 8<<20 { // of which the client here holds 2 MB
				t.Errorf("%s: %d bytes are kept", name, grown)
			}
			tt.do(client, ch)
			time.Sleep(tt.after)
			if log := h.log.String(); !strings.Contains(log, tt.want) || !strings.Contains(log, "command=cat code=1") {
				t.Errorf("%s: the log says\n%s", name, log)
			}
		})
	}
}

// zeros is a reader without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
