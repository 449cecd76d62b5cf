package sshapp

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/admission"
	"postern/sshapp/blog"
	"postern/sshapp/internal/memnet"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// today is when all tests here play.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// bubble runs a test under fake time, at today. At its end no goroutine may be left.
func bubble(t *testing.T, test func(t *testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		test(t)
	})
}

// settleTime is longer than anything takes that is not meant to take long, and shorter than releaseAfter.
const settleTime = time.Second

// settle waits until nothing is left to do.
func settle() { time.Sleep(settleTime) }

// house is a server on a network in memory.
type house struct {
	t      testing.TB
	net    *memnet.Listener // nil on another network
	server *server
	limits admission.Limits
	auth   []gossh.AuthMethod // of clients that connect; readers need none
	blog   *blog.Blog
	data   string // the data directory; empty without authors
	log    *logBuffer
	stop   context.CancelFunc
	served chan error
	broken atomic.Bool // every key panics
}

// open starts a server on a network in memory, with a blog of some posts; change may alter its configuration.
func open(t testing.TB, change func(*Config)) *house {
	t.Helper()
	ln := memnet.Listen()
	h := openOn(t, ln, change)
	h.net = ln
	return h
}

// openOn starts a server on a listener.
func openOn(t testing.TB, ln net.Listener, change func(*Config)) *house {
	t.Helper()
	lib, err := content.Load(someBlog())
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, log: &logBuffer{}, served: make(chan error, 1)}
	edition := blog.Editions(func() *content.Library {
		if h.broken.Load() {
			panic("broken on purpose")
		}
		return lib
	})
	h.blog = &blog.Blog{Edition: edition, Theme: theme.Terminal, Pages: page.NewCache(1 << 20)}
	config := Config{
		Blog:    h.blog,
		HostKey: signer,
		Version: "test",
		Log:     slog.New(slog.NewTextHandler(h.log, nil)),
		Limits:  admission.DefaultLimits(),
		Grace:   30 * time.Second,
	}
	if change != nil {
		change(&config)
	}
	h.limits = config.Limits
	h.server = newServer(config)
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() {
		h.served <- h.server.serve(ctx, ln)
		close(h.served)
	}()
	t.Cleanup(h.close)
	return h
}

// close stops the server and waits for it.
func (h *house) close() {
	h.stop()
	if err := <-h.served; err != nil {
		h.t.Errorf("serve: %v", err)
	}
}

// logBuffer keeps what is logged.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// dial connects a client, under a user name, until the test ends.
func (h *house) dial(user string) *gossh.Client {
	h.t.Helper()
	client := h.connect(user)
	h.t.Cleanup(func() { client.Close() })
	return client
}

// connect connects a client that the caller closes.
func (h *house) connect(user string) *gossh.Client {
	h.t.Helper()
	conn, err := h.net.Dial(net.IPv4(198, 51, 100, 7))
	if err != nil {
		h.t.Fatal(err)
	}
	c, chans, reqs, err := gossh.NewClientConn(conn, "blog", &gossh.ClientConfig{User: user, Auth: h.auth, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		h.t.Fatal(err)
	}
	return gossh.NewClient(c, chans, reqs)
}

// A reader is a client with a terminal, who opened the screens.
type reader struct {
	t        testing.TB
	client   *gossh.Client
	session  *gossh.Session
	keyboard io.WriteCloser
	terminal *termtest.Terminal
	wire     logBuffer  // all that was sent to the terminal
	kitty    bool       // it has said that it is a kitty
	sixels   bool       // it has said that it draws them
	ended    chan error // gets what the session ended with
}

// read connects a reader.
func (h *house) read(user string, width, height int) *reader {
	h.t.Helper()
	return h.readOn("xterm-256color", user, width, height)
}

// readOn connects a reader on a kind of terminal.
func (h *house) readOn(term, user string, width, height int) *reader {
	h.t.Helper()
	return h.readAs(term, user, width, height, termtest.New(width, height))
}

// readAs connects a reader whose client says that its terminal has a size, whatever it has.
func (h *house) readAs(term, user string, width, height int, terminal *termtest.Terminal) *reader {
	h.t.Helper()
	r := &reader{t: h.t, client: h.dial(user), terminal: terminal, ended: make(chan error, 1), kitty: term == "xterm-kitty" || term == "xterm-ghostty"}
	var err error
	if r.session, err = r.client.NewSession(); err != nil {
		h.t.Fatal(err)
	}
	if r.keyboard, err = r.session.StdinPipe(); err != nil {
		h.t.Fatal(err)
	}
	r.session.Stdout = io.MultiWriter(r.terminal, &r.wire)
	if err := r.session.RequestPty(term, height, width, gossh.TerminalModes{}); err != nil {
		h.t.Fatal(err)
	}
	if err := r.session.Shell(); err != nil {
		h.t.Fatal(err)
	}
	go func() {
		r.ended <- r.session.Wait()
		close(r.ended)
	}()
	h.t.Cleanup(r.leave)
	settle()
	return r
}

// bare opens the screens on a terminal of that name, and keeps the bytes that they send. prepare comes before the terminal.
func (h *house) bare(term string, prepare func(*gossh.Session)) (*gossh.Session, io.Writer, *strings.Builder) {
	h.t.Helper()
	check := func(err error) {
		if err != nil {
			h.t.Fatal(err)
		}
	}
	session, err := h.dial("").NewSession()
	check(err)
	wire := &strings.Builder{}
	session.Stdout = wire
	keyboard, err := session.StdinPipe()
	check(err)
	if prepare != nil {
		prepare(session)
	}
	check(session.RequestPty(term, 24, 80, gossh.TerminalModes{}))
	check(session.Shell())
	settle()
	return session, keyboard, wire
}

// press types keys and waits for what they do.
func (r *reader) press(names string) {
	r.t.Helper()
	r.write(termtest.Bytes(names))
	settle()
}

// write sends bytes as they are.
func (r *reader) write(s string) {
	r.t.Helper()
	if _, err := io.WriteString(r.keyboard, s); err != nil {
		r.t.Error(err)
	}
}

func (r *reader) resize(width, height int) {
	r.t.Helper()
	r.terminal.Resize(width, height)
	if err := r.session.WindowChange(height, width); err != nil {
		r.t.Error(err)
	}
	settle()
}

// sees fails the test unless the screen holds all of texts.
func (r *reader) sees(texts ...string) {
	r.t.Helper()
	screen := r.terminal.Text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			r.t.Fatalf("the screen doesn't hold %q:\n%s", text, screen)
		}
	}
}

// leave hangs up, and looks at all that the reader was ever sent.
func (r *reader) leave() {
	r.t.Helper()
	r.client.Close()
	<-r.ended
	if err := violation([]byte(r.withoutPictures(r.wire.String())), false); err != nil {
		r.t.Error(err)
	}
	r.terminal.Close()
	settle()
}

// withoutPictures returns what was sent to a reader without what he may be sent for pictures: questions once, and what his terminal
// has said that it understands.
func (r *reader) withoutPictures(wire string) string {
	wire = strings.ReplaceAll(wire, askCell+askAttributes, "") // after each resize, if it was answered
	wire = strings.Replace(wire, askVersion, "", 1)
	wire = strings.Replace(wire, askModel, "", 1)
	wire = strings.Replace(wire, askAttributes, "", 1)
	if r.kitty {
		wire = graphics.ReplaceAllString(wire, "")
	}
	if r.sixels {
		wire = sixels.ReplaceAllString(wire, "")
	}
	return wire
}

func someBlog() fstest.MapFS {
	files := fstest.MapFS{"postern.toml": {Data: []byte("title = \"A test\"\n")}}
	for i := range 5 {
		day := today.AddDate(0, 0, -i).Format(time.DateOnly)
		body := strings.Repeat(fmt.Sprintf("Line after line of the post number %d, with *emphasis*, `code` and 漢字.\n\n", i), 30)
		files[fmt.Sprintf("%s-post-%d.md", day, i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: Number %d\ndescription: What it says.\n---\n\n%s", i, body)}
	}
	return files
}
