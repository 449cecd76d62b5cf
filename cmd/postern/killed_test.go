package main

import (
	"crypto/ed25519"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// An author has a key, and a repository that is pushed to a server.
type author struct {
	t    *testing.T
	data string // the server's data directory
	env  []string
	repo string
	key  string // the line of authorized_keys
}

// newAuthor lets an author publish into a data directory. The test is skipped where git or ssh is missing.
func newAuthor(t *testing.T) *author {
	t.Helper()
	for _, program := range []string{"git", "ssh"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("there is no " + program + " here")
		}
	}
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	line, err := gossh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	a := &author{t: t, data: t.TempDir(), repo: t.TempDir(), key: strings.TrimSpace(string(gossh.MarshalAuthorizedKey(line))) + " ada\n"}
	key := filepath.Join(t.TempDir(), "key")
	a.write(key, string(pem.EncodeToMemory(block)))
	a.trust()
	a.env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Ada", "GIT_AUTHOR_EMAIL=ada@example.com", "GIT_COMMITTER_NAME=Ada", "GIT_COMMITTER_EMAIL=ada@example.com",
		"GIT_SSH_COMMAND=ssh -F /dev/null -i "+key+" -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR")
	a.git("init", "-q", "-b", "main")
	return a
}

// trust lets the author publish into the data directory.
func (a *author) trust() { a.write(filepath.Join(a.data, "authorized_keys"), a.key) }

func (a *author) write(name, text string) {
	a.t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// start starts a server of the published site.
func (a *author) start() *process {
	a.t.Helper()
	return startProcess(a.t, "", func(cmd *exec.Cmd) {
		cmd.Args = []string{cmd.Args[0], "serve", "--addr", "127.0.0.1:0", "--data", a.data, "--conn-rate-per-addr", "0"}
	})
}

// command returns a call of git in the repository.
func (a *author) command(args ...string) *exec.Cmd {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = a.repo, a.env
	return cmd
}

// git runs git, and returns what it says.
func (a *author) git(args ...string) string {
	a.t.Helper()
	out, err := a.command(args...).CombinedOutput()
	if err != nil {
		a.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// commit commits a post.
func (a *author) commit(n int) {
	a.t.Helper()
	a.write(filepath.Join(a.repo, fmt.Sprintf("%d.md", n)), fmt.Sprintf("---\ntitle: Post %d\ndate: 2026-01-02\n---\n\nText.\n", n))
	a.git("add", ".")
	a.git("commit", "-q", "-m", "A post")
}

// remote returns the address of a server's repository.
func remote(p *process) string {
	host, port, _ := net.SplitHostPort(p.addr)
	return fmt.Sprintf("ssh://author@%s:%s/blog", host, port)
}

// TestKilledWhilePublishing kills the server at one moment of a push after the other. Readers see what they saw, or all of the
// push, and the repository is equal to that when git uses it next: nobody has to do anything.
func TestKilledWhilePublishing(t *testing.T) {
	a := newAuthor(t)
	p := a.start()
	a.commit(0)
	a.git("push", "-q", remote(p), "main")
	published := 1
	for n, after := range []time.Duration{0, 5 * time.Millisecond, 8 * time.Millisecond, 10 * time.Millisecond, 15 * time.Millisecond} {
		a.commit(n + 1)
		push := a.command("push", "-q", remote(p), "main")
		if err := push.Start(); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		for time.Since(begun) < 10*time.Second {
			if entries, _ := os.ReadDir(filepath.Join(a.data, "site", "staging")); len(entries) > 0 {
				break
			}
		}
		time.Sleep(after) // the moment
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		told := push.Wait()

		p = a.start()
		now := strings.Count(visit(t, p.addr, "ls"), "\n")
		t.Logf("killed %v after its begin: %d of %d posts are published", after, now, n+2)
		if now != published && now != n+2 || told == nil && now == published {
			t.Errorf("killed %v after its begin: %d posts are published, and were %d; the push ended with %v", after, now, published, told)
		}
		if entries, err := os.ReadDir(filepath.Join(a.data, "site", "staging")); len(entries) > 0 || err != nil {
			t.Errorf("killed %v after its begin: it leaves %v, %v", after, entries, err)
		}
		a.git("pull", "-q", "--no-rebase", "--no-edit", remote(p), "main")
		a.git("push", "-q", remote(p), "main")
		if published = n + 2; strings.Count(visit(t, p.addr, "ls"), "\n") != published {
			t.Errorf("killed %v after its begin: %d posts are published in the end", after, published)
		}
		a.git("--git-dir", filepath.Join(a.data, "site", "git"), "fsck", "--strict")
	}
}

// visit returns what a command answers a reader.
func visit(t *testing.T, addr, command string) string {
	t.Helper()
	c, err := dial(addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	s, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Output(command)
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return string(out)
}
