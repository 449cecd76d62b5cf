package sshapp

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/content/publish"
	"postern/keys"
	"postern/sshapp/publishing"
)

func newKey(t testing.TB) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// openPublished starts a server of a site that is published into. Each author is a line of the authors' file, with KEY in the
// place of the key.
func openPublished(t testing.TB, author gossh.Signer, lines ...string) *house {
	t.Helper()
	return openWithin(t, publish.DefaultLimits(), author, lines...)
}

// openWithin is openPublished with the limits of the site.
func openWithin(t testing.TB, limits publish.Limits, author gossh.Signer, lines ...string) *house {
	t.Helper()
	data := t.TempDir()
	key := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(author.PublicKey())))
	text := strings.ReplaceAll(strings.Join(lines, "\n"), "KEY", key)
	if err := os.WriteFile(filepath.Join(data, keys.AuthorsFile), []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	manual, err := content.NewScan(fstest.MapFS{"welcome.md": {Data: []byte("---\ntitle: Welcome\ndate: 2026-01-02\n---\nText.\n")}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := publishing.Open(filepath.Join(data, "site"), limits, "the manual", manual)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	h := open(t, func(c *Config) {
		c.Limits.ConnRate, c.Limits.SessionRate = 0, 0
		c.Authors = keys.NewAuthors(data, func(err error) { t.Error(err) })
		c.Publisher, c.Site, c.Blog = p, p.Site, p.Site.Blog(1<<20)
	})
	h.data = data
	return h
}

// login connects under a user name with some methods of authentication.
func (h *house) login(user string, with ...gossh.AuthMethod) (*gossh.Client, error) {
	h.t.Helper()
	conn, err := h.net.Dial(net.IPv4(198, 51, 100, 7))
	if err != nil {
		h.t.Fatal(err)
	}
	c, chans, reqs, err := gossh.NewClientConn(conn, "blog", &gossh.ClientConfig{User: user, Auth: with, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		return nil, err
	}
	return gossh.NewClient(c, chans, reqs), nil
}

// visit connects under a user name with some methods of authentication, and runs a command with an input.
func (h *house) visit(user, line, input string, with ...gossh.AuthMethod) (code int, stdout, stderr string) {
	h.t.Helper()
	client, err := h.login(user, with...)
	if err != nil {
		return -1, "", err.Error()
	}
	defer client.Close()
	return h.runOn(client, line, input)
}

// runOn runs a command with an input on a connection that is open.
func (h *house) runOn(client *gossh.Client, line, input string) (code int, stdout, stderr string) {
	h.t.Helper()
	session, err := client.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	var out, errs strings.Builder
	session.Stdin, session.Stdout, session.Stderr = strings.NewReader(input), &out, &errs
	err = session.Run(line)
	if exit, ok := err.(*gossh.ExitError); ok {
		return exit.ExitStatus(), out.String(), errs.String()
	}
	if err != nil && err != io.EOF { // EOF: the command ended before it took its input, and the copy of that met a closed channel
		h.t.Errorf("%s: %v", line, err)
	}
	return 0, out.String(), errs.String()
}

// unasked gets in by keyboard-interactive, and fails the test if anything is asked.
func unasked(t testing.TB) gossh.AuthMethod {
	return gossh.KeyboardInteractive(func(name, instruction string, questions []string, _ []bool) ([]string, error) {
		if name+instruction != "" || len(questions) > 0 {
			t.Errorf("asked: %q %q %q", name, instruction, questions)
		}
		return nil, nil
	})
}

// A forger offers a key that it doesn't have.
type forger struct {
	gossh.Signer
	offered gossh.PublicKey
}

func (f forger) PublicKey() gossh.PublicKey { return f.offered }

func (f forger) Sign(random io.Reader, data []byte) (*gossh.Signature, error) {
	return f.Signer.Sign(random, data)
}

// TestOnlyAProvedKeyIsAnAuthor: a key that is offered, or that proves another name, makes nobody an author.
func TestOnlyAProvedKeyIsAnAuthor(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada, eve := newKey(t), newKey(t)
		h := openPublished(t, ada, "KEY ada")
		for _, test := range []struct {
			name, user string
			with       []gossh.AuthMethod
			code       int
			stderr     string
		}{
			{"her key", "author", []gossh.AuthMethod{gossh.PublicKeys(ada)}, 0, "Nothing has been published yet.\n"},
			{"the 15th key", "author", []gossh.AuthMethod{gossh.PublicKeys(append(manyKeys(t, 14), ada)...)}, 0, "Nothing has been published yet.\n"},
			{"another key", "author", []gossh.AuthMethod{gossh.PublicKeys(eve), unasked(t)}, 1, "postern: this key may not publish: " + keys.Fingerprint(eve.PublicKey()) + "\n"},
			{"another key alone", "author", []gossh.AuthMethod{gossh.PublicKeys(eve)}, -1, "unable to authenticate"},
			{"her key without a proof", "author", []gossh.AuthMethod{gossh.PublicKeys(forger{eve, ada.PublicKey()}), unasked(t)}, -1, "handshake failed"},
			{"no key", "author", []gossh.AuthMethod{unasked(t)}, 1, "postern: no key was offered that may publish\n"},
			{"nothing", "author", nil, -1, "unable to authenticate"},
			{"a password", "author", []gossh.AuthMethod{gossh.Password("guess")}, -1, "unable to authenticate"},
			{"a reader's name", "reader", []gossh.AuthMethod{gossh.PublicKeys(ada)}, 1, "postern: history is for authors; type: ssh author@HOST history\n"},
			{"a name like hers", "Author", []gossh.AuthMethod{gossh.PublicKeys(ada)}, 1, "postern: history is for authors; type: ssh author@HOST history\n"},
			{"too many keys", "author", []gossh.AuthMethod{gossh.PublicKeys(append(manyKeys(t, 25), ada)...), unasked(t)}, -1, "too many authentication failures"},
		} {
			code, stdout, stderr := h.visit(test.user, "history", "", test.with...)
			if code != test.code || stdout != "" || !strings.Contains(stderr, test.stderr) {
				t.Errorf("%s: code %d, %q, %q", test.name, code, stdout, stderr)
			}
		}
	})
}

func manyKeys(t testing.TB, n int) []gossh.Signer {
	all := make([]gossh.Signer, n)
	for i := range all {
		all[i] = newKey(t)
	}
	return all
}

// TestAuthorOptions: what restricts a key in the authors' file is held.
func TestAuthorOptions(t *testing.T) {
	for _, test := range []struct {
		line, command string
		code          int
		says          string
	}{
		{`from="198.51.100.0/24",restrict KEY ada`, "history", 0, "Nothing has been published yet."},
		{`from="192.0.2.0/24" KEY ada`, "history", 1, "the key may not be used from 198.51.100.7"},
		{`expiry-time="20260101Z" KEY ada`, "history", 1, "the key has expired"},
		{`command="version" KEY ada`, "publish", 0, "postern test\n"},
	} {
		bubble(t, func(t *testing.T) {
			ada := newKey(t)
			h := openPublished(t, ada, test.line)
			code, stdout, stderr := h.visit("author", test.command, "text", gossh.PublicKeys(ada), unasked(t))
			if code != test.code || !strings.Contains(stdout+stderr, test.says) {
				t.Errorf("%s: code %d, %q, %q", test.line, code, stdout, stderr)
			}
		})
	}
}

// TestAuthorIsLookedUpAgain: whose key is removed or expires reads on over the connection that is open, and publishes no
// more.
func TestAuthorIsLookedUpAgain(t *testing.T) {
	for _, test := range []struct {
		line string
		end  func(h *house) error
		says string
	}{
		{"KEY ada", func(h *house) error { _, err := keys.RemoveAuthor(keys.EditIn(h.data), "ada"); return err }, "this key may not publish"},
		{`expiry-time="20261122120005Z" KEY ada`, func(*house) error { time.Sleep(5 * time.Second); return nil }, "the key has expired"},
	} {
		bubble(t, func(t *testing.T) {
			ada := newKey(t)
			h := openPublished(t, ada, test.line)
			client, err := h.login("author", gossh.PublicKeys(ada))
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			post := "---\ntitle: Bread\ndate: 2026-01-02\n---\n"
			if code, _, stderr := h.runOn(client, "publish", post); code != 0 {
				t.Fatalf("before: code %d, %q", code, stderr)
			}
			if err := test.end(h); err != nil {
				t.Fatal(err)
			}
			if code, stdout, stderr := h.runOn(client, "publish", post+"More.\n"); code != 1 || stdout != "" || !strings.Contains(stderr, test.says) {
				t.Errorf("%s: code %d, %q, %q", test.line, code, stdout, stderr)
			}
			if code, stdout, stderr := h.runOn(client, "ls", ""); code != 0 || !strings.Contains(stdout, "Bread") || !strings.Contains(stderr, test.says) {
				t.Errorf("%s: as a reader: code %d, %q, %q", test.line, code, stdout, stderr)
			}
		})
	}
}

// TestInputEndsWithTheCommand: a command that waits for its input ends when its time is over, or the server stops.
func TestInputEndsWithTheCommand(t *testing.T) {
	for _, line := range []string{"publish", "deploy"} {
		for _, cause := range []endCause{causeAge, causeShutdown} {
			bubble(t, func(t *testing.T) {
				ada := newKey(t)
				h := openPublished(t, ada, "KEY ada")
				client, err := h.login("author", gossh.PublicKeys(ada))
				if err != nil {
					t.Fatal(err)
				}
				defer client.Close()
				session, err := client.NewSession()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := session.StdinPipe(); err != nil { // which stays open
					t.Fatal(err)
				}
				var errs strings.Builder
				session.Stderr = &errs
				if err := session.Start(line); err != nil {
					t.Fatal(err)
				}
				settle()
				if cause == causeShutdown {
					h.stop()
				}
				ended := make(chan error, 1)
				go func() { ended <- session.Wait() }()
				time.Sleep(h.limits.Life)
				select {
				case <-ended:
				default:
					t.Fatalf("%s: it waits on", line)
				}
				if !strings.Contains(errs.String(), cause.message) {
					t.Errorf("%s: %q, want %q", line, errs.String(), cause.message)
				}
			})
		}
	}
}

// TestAuthorPublishes: at the rate of the wire, and the log says who.
func TestAuthorPublishes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openPublished(t, ada, "KEY ada")
		text := "---\ntitle: Long\ndate: 2026-01-02\n---\n" + strings.Repeat("Line after line.\n\n", 50_000)
		code, stdout, stderr := h.visit("author", "publish", text, gossh.PublicKeys(ada))
		if code != 0 || stdout != "added\t2026-01-02-long.md\tssh://long@HOST\n" {
			t.Fatalf("code %d, %q, %q", code, stdout, stderr)
		}
		if code, stdout, _ := h.visit("", "ls", ""); code != 0 || stdout != "2026-01-02\tlong\tLong\n" {
			t.Errorf("readers see %q", stdout)
		}
		settle()
		if log := h.log.String(); !strings.Contains(log, "author=ada command=publish code=0") || strings.Count(log, "author=ada") != 1 {
			t.Errorf("the log: %s", log)
		}
	})
}

// TestReadersReachNoCommandOfAuthors: each is refused with a line, and takes no input in.
func TestReadersReachNoCommandOfAuthors(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openPublished(t, newKey(t), "KEY ada")
		for _, line := range []string{"publish", "publish --all", "unpublish welcome", "drafts", "desk", "check", "history --json", "diff 1", "undo", "deploy"} {
			code, stdout, stderr := h.visit("reader", line, strings.Repeat("x", 10_000))
			if code != 1 || stdout != "" || !strings.HasSuffix(stderr, fmt.Sprintf("type: ssh author@HOST %s\n", strings.Fields(line)[0])) {
				t.Errorf("%s: code %d, %q, %q", line, code, stdout, stderr)
			}
		}
		_, stdout, _ := h.visit("reader", "help", "")
		if words := strings.Fields(stdout); slices.Contains(words, "publish") {
			t.Errorf("help: %s", stdout)
		}
	})
}
