package command_test

import (
	"context"
	"strings"
	"testing"

	"postern/sshapp/command"
)

// closedPipe takes some bytes and then fails, as a pipe that the client closes.
type closedPipe struct{ left, calls int }

func (w *closedPipe) Write(p []byte) (int, error) {
	w.calls++
	if w.left -= len(p); w.left < 0 {
		return 0, context.Canceled
	}
	return len(p), nil
}

// TestClosedPipe: a call ends when its client stops reading.
func TestClosedPipe(t *testing.T) {
	c := newCaller(t, kitchen())
	for _, line := range []string{"ls", "cat " + strings.Repeat("bread ", 100), "cat --raw " + strings.Repeat("bread ", 100), "search water", "tags --json", "help", "feed", "archive"} {
		to := &closedPipe{left: 4000}
		call := c.call
		call.Stdout, call.Stderr = to, &c.stderr
		call.Run(line)
		if to.left < 0 && to.calls > 2 {
			t.Errorf("%.20s: %d more writes to a pipe that is closed", line, to.calls-2)
		}
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(context.DeadlineExceeded)
	c.call.Context = ctx
	if code, stdout, stderr := c.run("ls"); code != 1 || stdout != "" || stderr != "postern: context deadline exceeded\n" {
		t.Errorf("a call that is over: %d, %q, %q", code, stdout, stderr)
	}
}

// FuzzCommands: every command line is answered or is a usage error, and only text goes to a pipe.
func FuzzCommands(f *testing.F) {
	for name, usage := range command.Usages("") {
		f.Add(usage)
		f.Add(name)
		f.Add(name + " bread --json -n 3")
	}
	f.Add("cat -- -x '' \"a\\\"b\" \\\\")
	f.Add("ls --since \x1b[31m --tag \u202e")
	f.Add("search \x1b]52;c;aGk=\x07 '\r'")
	f.Add("--help")
	f.Add("-h")
	posts := kitchen()
	delete(posts, "crlf.md") // what is printed raw has its own line ends
	posts["soup.md"].Data = append(posts["soup.md"].Data, '\n')
	shutdown := make(chan struct{})
	close(shutdown) // nobody waits
	f.Fuzz(func(t *testing.T, line string) {
		c := newCaller(t, posts)
		c.call.Shutdown = shutdown
		code, stdout, stderr := c.run(line)
		switch {
		case code < 0 || code > 2:
			t.Errorf("exit code %d", code)
		case (code != 0) != (stderr != ""):
			t.Errorf("exit code %d, and on stderr %q", code, stderr)
		case code == 2 && stdout != "":
			t.Errorf("a usage error, and %q on stdout", stdout)
		case !clean(stderr):
			t.Errorf("on stderr %q", stderr)
		case c.outcome.Command == "archive" && code == 0: // which is no text
		case stdout != "" && !strings.HasSuffix(stdout, "\n"):
			t.Errorf("no newline at the end: %.500q", stdout)
		case !clean(stdout) && !strings.Contains(unquoted.Replace(line), "--color"):
			t.Errorf("on stdout %.500q", stdout)
		}
	})
}

// unquoted returns a word without its quotes.
var unquoted = strings.NewReplacer("'", "", `"`, "", `\`, "", "\n", "")
