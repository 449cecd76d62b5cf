package sshapp

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// openRemembering starts a server that remembers readers, and counts reads.
func openRemembering(t testing.TB, change func(*Config)) *house {
	t.Helper()
	return openRememberingIn(t, t.TempDir(), change)
}

// openRememberingIn starts such a server with a data directory.
func openRememberingIn(t testing.TB, data string, change func(*Config)) *house {
	t.Helper()
	var db *state.Database
	var keeper *state.Keeper
	h := open(t, func(c *Config) {
		c.Limits.ConnRate, c.Limits.SessionRate = 0, 0
		db = state.NewDatabase(data, c.Log)
		keeper = state.NewKeeper(data, db, c.Log)
		c.Readers, c.Reads = keeper, reads.NewCounter(db)
		if change != nil {
			change(c)
		}
	})
	h.data = data
	ctx, stop := context.WithCancel(context.Background())
	var ended sync.WaitGroup
	ended.Go(func() { keeper.Run(ctx) })
	ended.Go(func() { h.server.config.Reads.Run(ctx) })
	t.Cleanup(func() { // before that of open
		h.stop()
		stop()
		ended.Wait()
		db.Close()
	})
	return h
}

// agree has the reader of a key agree to be remembered.
func (h *house) agree(key gossh.Signer) *state.Memory {
	h.t.Helper()
	m, err := h.server.config.Readers.Visit(key.PublicKey().Marshal(), true)
	if err != nil {
		h.t.Fatal(err)
	}
	m.Agree()
	return m
}

// TestMember: under the name of readers who are remembered any key will do, and who can't prove one reads as everybody does.
func TestMember(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada, eve := newKey(t), newKey(t)
		h := openRemembering(t, nil)
		h.agree(ada).Leave()
		certificate := certify(t, ada)
		for _, test := range []struct {
			name, user string
			with       []gossh.AuthMethod
			code       int
			says       string
		}{
			{"her key", "me", []gossh.AuthMethod{gossh.PublicKeys(ada)}, 0, `"seen": "2026-11-22T12:00:00Z"`},
			{"the first of many", "me", []gossh.AuthMethod{gossh.PublicKeys(append([]gossh.Signer{ada}, manyKeys(t, 30)...)...)}, 0, `"seen"`},
			{"another's key", "me", []gossh.AuthMethod{gossh.PublicKeys(eve)}, 1, "postern: nothing is kept of you; to be remembered, type: ssh me@HOST\n"},
			{"a certificate, and then her key", "me", []gossh.AuthMethod{gossh.PublicKeys(certificate, ada)}, 0, `"seen"`},
			{"her key without a proof", "me", []gossh.AuthMethod{gossh.PublicKeys(forger{eve, ada.PublicKey()}), unasked(t)}, -1, "handshake failed"},
			{"no key", "me", []gossh.AuthMethod{unasked(t)}, 1, "postern: no key was offered; ssh-keygen makes one\n"},
			{"a certificate alone", "me", []gossh.AuthMethod{gossh.PublicKeys(certificate), unasked(t)}, 1, "postern: no key was offered"},
			{"nothing", "me", nil, -1, "unable to authenticate"},
			{"a password", "me", []gossh.AuthMethod{gossh.Password("guess")}, -1, "unable to authenticate"},
			{"another name", "reader", []gossh.AuthMethod{gossh.PublicKeys(ada)}, 1, "postern: export is for readers who are remembered; type: ssh me@HOST export\n"},
			{"a name like it", "Me", []gossh.AuthMethod{gossh.PublicKeys(ada)}, 1, "postern: export is for readers who are remembered; type: ssh me@HOST export\n"},
		} {
			code, stdout, stderr := h.visit(test.user, "export", "", test.with...)
			if code != test.code || !strings.Contains(stdout+stderr, test.says) || code == 0 != (stdout != "") {
				t.Errorf("%s: code %d, %q, %q", test.name, code, stdout, stderr)
			}
		}
		code, stdout, stderr := h.visit("me", "ls -n1", "", unasked(t))
		if code != 0 || !strings.Contains(stdout, "Number 0") || !strings.HasPrefix(stderr, "postern: you read as everybody does: no key was offered") {
			t.Errorf("ls without a key: code %d, %q, %q", code, stdout, stderr)
		}
	})
}

// certify returns a signer whose key is a certificate for another's key, as its own authority.
func certify(t testing.TB, key gossh.Signer) gossh.Signer {
	t.Helper()
	c := &gossh.Certificate{Key: key.PublicKey(), CertType: gossh.UserCert, ValidBefore: gossh.CertTimeInfinity, ValidPrincipals: []string{"me"}}
	if err := c.SignCert(rand.Reader, key); err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewCertSigner(c, key)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// TestMemberCommands: what is kept is listed, exported and erased.
func TestMemberCommands(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openRemembering(t, nil)
		m := h.agree(ada)
		m.SetPost("post-1", "mark", 40)
		m.AddBookmark(state.Bookmark{Post: "post-3", Mark: "place", Text: "Line after line"})
		m.Leave()
		run := func(line, want string) {
			t.Helper()
			if code, stdout, stderr := h.visit("me", line, "", gossh.PublicKeys(ada)); code != 0 || stdout != want {
				t.Errorf("%s: code %d, %q, %q", line, code, stdout, stderr)
			}
		}
		run("bookmarks", "post-3\t2026-11-22\tLine after line\n")
		run("new", "2026-11-22\tpost-0\tNumber 0\n")
		run("export", `{
  "seen": "2026-11-22T12:00:00Z",
  "here": "2026-11-22T12:00:00Z",
  "before": "",
  "theme": "",
  "width": 0,
  "pictures": "",
  "order": "",
  "posts": [
    {
      "slug": "post-1",
      "place": "mark",
      "percent": 40,
      "at": "2026-11-22T12:00:00Z"
    }
  ],
  "bookmarks": [
    {
      "slug": "post-3",
      "place": "place",
      "text": "Line after line",
      "at": "2026-11-22T12:00:00Z"
    }
  ]
}
`)
		settle()
		secret, err := state.ReadSecret(h.data)
		if err != nil {
			t.Fatal(err)
		}
		id := secret.ID(ada.PublicKey().Marshal())
		if len(filesWith(t, h.data, string(id[:]))) == 0 {
			t.Error("the reader is in no file before")
		}
		run("forget", "Nothing is kept of you any more.\n")
		if found := filesWith(t, h.data, string(id[:])); found != nil {
			t.Errorf("after forget the reader is in %v", found)
		}
		for _, line := range []string{"export", "bookmarks", "new"} {
			if code, stdout, stderr := h.visit("me", line, "", gossh.PublicKeys(ada)); code != 1 || stdout != "" || !strings.Contains(stderr, "nothing is kept of you") {
				t.Errorf("%s: code %d, %q, %q", line, code, stdout, stderr)
			}
		}
		run("forget", "Nothing is kept of you any more.\n")
		if _, stdout, _ := h.visit("me", "help", "", gossh.PublicKeys(ada)); !strings.Contains(stdout, "bookmarks") {
			t.Errorf("help: %s", stdout)
		}
		if _, stdout, _ := h.visit("reader", "help", ""); strings.Contains(stdout, "bookmarks") {
			t.Errorf("help of others: %s", stdout)
		}
	})
}

// TestNothingKept: a list without an entry is no failure, and a sentence beside it says what fills it.
func TestNothingKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openRemembering(t, nil)
		h.agree(ada).Leave()
		settle()
		time.Sleep(48 * time.Hour)
		h.agree(ada).Leave() // a visit later than all posts
		for line, want := range map[string]string{"bookmarks": "There are none yet. In a post, B keeps one", "new": "Nothing is new since you were last here."} {
			if code, stdout, stderr := h.visit("me", line, "", gossh.PublicKeys(ada)); code != 0 || stdout != "" || !strings.HasPrefix(stderr, want) {
				t.Errorf("%s: code %d, %q, %q", line, code, stdout, stderr)
			}
		}
	})
}

// filesWith returns which files of a directory hold a text.
func filesWith(t testing.TB, dir, text string) []string {
	t.Helper()
	var found []string
	for path, data := range contents(t, dir) {
		if strings.Contains(data, text) {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found
}

// contents returns the files of a directory.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAnonymousReadersLeaveNothing: not a byte of the data directory changes for those who look around, be they thousands.
func TestAnonymousReadersLeaveNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openRemembering(t, nil)
		h.agree(newKey(t)).Leave()
		settle()
		before := contents(t, h.data)
		if len(before) != 4 {
			t.Fatalf("%d files", len(before))
		}
		for i := range 1000 {
			client, err := h.login(fmt.Sprint("reader-", i))
			if err != nil {
				t.Fatal(err)
			}
			if code, _, stderr := h.runOn(client, "ls", ""); code != 0 {
				t.Fatal(stderr)
			}
			client.Close()
		}
		r := h.read("someone", 80, 24)
		r.press("enter space space B T w q")
		time.Sleep(time.Hour)
		for path, data := range contents(t, h.data) {
			if data != before[path] && !strings.HasSuffix(path, "-shm") { // which holds nothing but who uses the others
				t.Errorf("%s has changed", path)
			}
		}
	})
}

// TestResumesAcrossModes: a post that was begun on the screens goes on at the same place in line mode, after it was edited above,
// and after the server was started again.
func TestResumesAcrossModes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		var text strings.Builder
		for i := range 60 {
			fmt.Fprintf(&text, "Paragraph %d of it.\n\n", i)
		}
		front := "---\ntitle: Long\ndate: 2026-11-01\n---\n"
		files := fstest.MapFS{"long.md": {Data: []byte(front + text.String())}}
		publish := func(c *Config) {
			lib, err := content.Load(files)
			if err != nil {
				t.Fatal(err)
			}
			c.Blog.Edition = blog.Editions(func() *content.Library { return lib })
		}
		h := openRemembering(t, publish)
		h.auth = []gossh.AuthMethod{gossh.PublicKeys(ada)}
		r := h.read("me", 80, 24)
		r.sees("Shall this blog remember you?", "y yes, remember me")
		r.press("y enter space space")
		r.sees("Paragraph 20 of it.")
		first := firstLine(r.terminal.Text())
		r.leave()
		h.close()

		files["long.md"].Data = []byte(front + "New at the top.\n\n" + strings.Repeat("And more that is new.\n\n", 9) + text.String())
		again := openRememberingIn(t, h.data, publish)
		again.auth = h.auth
		session, err := again.dial("me").NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var heard strings.Builder
		session.Stdout = &heard
		if err := session.RequestPty("dumb", 24, 80, gossh.TerminalModes{}); err != nil {
			t.Fatal(err)
		}
		keyboard, err := session.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := session.Shell(); err != nil {
			t.Fatal(err)
		}
		settle()
		fmt.Fprint(keyboard, "1\r")
		settle()
		synctest.Wait() // what was heard is written by another goroutine
		if !strings.Contains(heard.String(), "Long, from where you left it. Type top for the beginning.\r\n"+first+"\r\n") {
			t.Errorf("the screen began with %q, and it goes on with %q", first, heard.String())
		}
	})
}

// firstLine returns the first line of a screen that has text.
func firstLine(screen string) string {
	for line := range strings.Lines(screen) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// TestRefusedConsent: who says no, or nothing, leaves no row.
func TestRefusedConsent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openRemembering(t, nil)
		settle()
		before := contents(t, h.data)
		for _, keys := range []string{"n enter space space esc T w B n q", "enter q", "q", "B"} {
			h.auth = []gossh.AuthMethod{gossh.PublicKeys(newKey(t))}
			r := h.read("me", 80, 24)
			r.press(keys)
			r.leave()
		}
		settle()
		after := contents(t, h.data)
		delete(after, filepath.Join(h.data, state.SecretFile)) // made for the first key; it is about nobody
		for path, data := range after {
			if data != before[path] && !strings.HasSuffix(path, "-shm") { // which holds nothing but who uses the others
				t.Errorf("%s has changed", path)
			}
		}
	})
}

// A patientSigner signs after a while, as a person does who types a passphrase.
type patientSigner struct {
	gossh.Signer
	wait time.Duration
}

func (s patientSigner) Sign(random io.Reader, data []byte) (*gossh.Signature, error) {
	time.Sleep(s.wait)
	return s.Signer.Sign(random, data)
}

// TestMemberTime: there is time to type a passphrase, and no more, since anybody can offer a key.
func TestMemberTime(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openRemembering(t, nil)
		for wait, gets := range map[time.Duration]bool{memberTime - 2*time.Second: true, memberTime + time.Second: false} {
			client, err := h.login("me", gossh.PublicKeys(patientSigner{ada, wait}))
			if gets != (err == nil) {
				t.Errorf("after %v: %v", wait, err)
			}
			if err == nil {
				client.Close()
			}
		}
	})
}

// TestMembersDontWrite: who came to be remembered is told how to publish as any reader is.
func TestMembersDontWrite(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openRemembering(t, nil)
		c := &channel{identity: identity{refusal: "no key was offered"}}
		if err := h.server.readOnly(c); err == nil || err.Error() != "readers can't write; who may publish connects as author" {
			t.Errorf("%v", err)
		}
	})
}
