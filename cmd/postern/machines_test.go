package main

import (
	"context"
	"crypto/ed25519"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/sshapp/postgres/pgtest"
)

// Machines are three servers behind a balancer, which share a database.
type machines struct {
	t        *testing.T
	database *pgtest.Server
	url      string
	servers  []*process
	data     []string // the servers' data directories
	hostKey  gossh.PublicKey
	author   gossh.Signer
	balancer string // its address
	flags    []string
}

// startMachines starts machines that share what the manual says, with more flags, and no balancer.
func startMachines(t *testing.T, flags ...string) *machines {
	t.Helper()
	c := &machines{t: t, database: pgtest.Start(t), flags: flags}
	c.url = c.database.Database()
	_, key := newKey(t)
	hostKey, err := gossh.ParsePrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	c.hostKey = hostKey.PublicKey()
	var line string
	c.author, _ = newKey(t)
	line = strings.TrimSpace(string(gossh.MarshalAuthorizedKey(c.author.PublicKey()))) + " ada\n"
	for range 3 {
		dir := t.TempDir()
		for name, text := range map[string]string{"host_ed25519": string(key), "readers_secret": strings.Repeat("ab", 32), "authorized_keys": line} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c.data = append(c.data, dir)
		c.servers = append(c.servers, c.start(dir, "127.0.0.1:0"))
	}
	return c
}

// newKey returns a new key, and its file.
func newKey(t *testing.T) (gossh.Signer, []byte) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer, pem.EncodeToMemory(block)
}

func (c *machines) start(data, addr string) *process {
	c.t.Helper()
	return startProcess(c.t, "", func(cmd *exec.Cmd) {
		cmd.Args = []string{cmd.Args[0], "serve", "--addr", addr, "--data", data, "--database", c.url, "--proxy", "127.0.0.0/8", "--conn-rate-per-addr", "0"}
		cmd.Args = append(cmd.Args, c.flags...)
	})
}

// configuration returns the manual's configuration of a balancer, with the addresses of this test.
func (c *machines) configuration(kind string) string {
	c.t.Helper()
	m := regexp.MustCompile("(?s)```" + kind + "\n(.*?)```").FindStringSubmatch(manual(c.t, "several-machines.md"))
	if m == nil {
		c.t.Fatalf("the manual has no configuration of %s", kind)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		c.t.Fatal(err)
	}
	c.balancer = ln.Addr().String()
	ln.Close()
	text := strings.NewReplacer("203.0.113.7:22", c.balancer, "maxconn 20000", "maxconn 2000").Replace(m[1])
	for i, p := range c.servers {
		text = strings.ReplaceAll(text, fmt.Sprintf("10.0.0.1%d:2222", i+1), p.addr)
	}
	return text
}

// balance starts a balancer, and waits until it takes connections. The test is skipped where the program is not there.
func (c *machines) balance(program string, arguments func(dir string) []string, files map[string]string) {
	c.t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		path = "/usr/sbin/" + program
		if _, err := os.Stat(path); err != nil {
			c.t.Skip("there is no " + program + " here")
		}
	}
	dir := c.t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			c.t.Fatal(err)
		}
	}
	cmd := exec.Command(path, arguments(dir)...)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", c.balancer)
		if err == nil {
			conn.Close()
			return
		}
		if time.Since(begun) > 10*time.Second {
			c.t.Fatalf("%s takes no connections: %s", program, said.String())
		}
	}
}

func (c *machines) startHAProxy() {
	c.t.Helper()
	text := c.configuration("haproxy")
	c.balance("haproxy", func(dir string) []string { return []string{"-db", "-f", filepath.Join(dir, "haproxy.cfg")} }, map[string]string{"haproxy.cfg": text})
}

// connect connects to the balancer from an address of this machine's own network.
func (c *machines) connect(from int) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 1, byte(from>>8), byte(from))}, Timeout: 30 * time.Second}
	return d.Dial("tcp", c.balancer)
}

// dial connects a user through the balancer.
func (c *machines) dial(from int, user string, auth ...gossh.AuthMethod) (*gossh.Client, error) {
	raw, err := c.connect(from)
	if err != nil {
		return nil, err
	}
	return c.shake(raw, user, auth...)
}

// shake begins SSH on a connection. The host key must be that of all machines.
func (c *machines) shake(raw net.Conn, user string, auth ...gossh.AuthMethod) (*gossh.Client, error) {
	conn, channels, requests, err := gossh.NewClientConn(raw, "", &gossh.ClientConfig{User: user, Auth: auth, HostKeyCallback: gossh.FixedHostKey(c.hostKey)})
	if err != nil {
		raw.Close()
		return nil, err
	}
	return gossh.NewClient(conn, channels, requests), nil
}

// ask returns what a machine answers to a command, without the balancer between.
func (c *machines) ask(p *process, user, command string, auth ...gossh.AuthMethod) (string, error) {
	c.t.Helper()
	raw, err := net.Dial("tcp", p.addr)
	if err != nil {
		c.t.Fatal(err)
	}
	fmt.Fprint(raw, "PROXY TCP4 198.51.100.9 192.0.2.1 5555 22\r\n")
	client, err := c.shake(raw, user, auth...)
	if err != nil {
		c.t.Fatal(err)
	}
	defer client.Close()
	s, err := client.NewSession()
	if err != nil {
		c.t.Fatal(err)
	}
	out, err := s.Output(command)
	return string(out), err
}

// shows waits until a machine lists some posts.
func (c *machines) shows(p *process, posts ...string) {
	c.t.Helper()
	begun := time.Now()
	for {
		listed, _ := c.ask(p, "", "ls") // which fails while there is nothing
		if strings.Count(listed, "\n") == len(posts) && !slices.ContainsFunc(posts, func(post string) bool { return !strings.Contains(listed, post) }) {
			c.t.Logf("%v after %v", posts, time.Since(begun).Round(time.Millisecond))
			return
		}
		if time.Since(begun) > 20*time.Second {
			c.t.Fatalf("a machine lists %q, and not %q", listed, posts)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// publish publishes a post through the balancer.
func (c *machines) publish(title string) (stderr string, err error) {
	c.t.Helper()
	client, err := c.dial(1, "author", gossh.PublicKeys(c.author))
	if err != nil {
		return "", err
	}
	defer client.Close()
	s, err := client.NewSession()
	if err != nil {
		return "", err
	}
	s.Stdin = strings.NewReader("---\ntitle: " + title + "\ndate: 2026-01-02\n---\n\nThe text.\n")
	var said strings.Builder
	s.Stderr = &said
	err = s.Run("publish")
	return said.String(), err
}

func (c *machines) mustPublish(title string) {
	c.t.Helper()
	if said, err := c.publish(title); err != nil {
		c.t.Fatalf("%v: %s", err, said)
	}
}

// readers is how many read at the same time; POSTERN_TEST_READERS replaces it.
func readers(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("POSTERN_TEST_READERS"))
	if os.Getenv("POSTERN_TEST_READERS") != "" && err != nil {
		t.Fatal(err)
	}
	return max(n, 24)
}

// read opens the screens for readers from different addresses, through the balancer.
func (c *machines) read(n int) []*screenSession {
	c.t.Helper()
	all := make([]*screenSession, n)
	for i := range all {
		client, err := c.dial(100+i, "")
		if err != nil {
			c.t.Fatal(err)
		}
		all[i] = screensOn(c.t, client)
	}
	return all
}

// press has all readers press a key, and waits until each sees a text. It returns the 99th percentile of how long that took.
func press(all []*screenSession, key, text string) time.Duration {
	took := make([]time.Duration, len(all))
	var pressed sync.WaitGroup
	for i, r := range all {
		pressed.Go(func() {
			time.Sleep(time.Duration(i) * 2 * time.Millisecond)
			begun := time.Now()
			r.press(key, text)
			took[i] = time.Since(begun)
		})
	}
	pressed.Wait()
	slices.Sort(took)
	return took[len(took)*99/100]
}

// TestMachines: three machines behind HAProxy, as the manual has them, publish together, lose their database, and are upgraded,
// and no reader notices.
func TestMachines(t *testing.T) {
	c := startMachines(t)
	c.startHAProxy()
	c.mustPublish("One")
	c.mustPublish("Two")
	for _, p := range c.servers {
		c.shows(p, "One", "Two")
	}
	c.remembers()
	all := c.read(readers(t))
	quiet := press(all, "?", "Keys")

	visits := c.visitUntil(func(from int) (*gossh.Client, error) { return c.dial(from, "") })
	for _, p := range c.servers {
		p.upgrade(p.cmd.Process.Pid)
	}
	upgraded := press(all, "h", "One")
	visits()

	c.database.Down("immediate")
	said, err := c.publish("Three")
	var exit *gossh.ExitError
	if !errors.As(err, &exit) || exit.ExitStatus() != 1 || !strings.Contains(said, "not published: the database can't be reached; readers go on reading what was there. Try again later") {
		t.Errorf("published without the database: %v: %s", err, said)
	}
	alone := press(all, "?", "Keys")
	t.Logf("a key of 99 in 100 took at most %v, %v while machines were upgraded, %v without the database", quiet, upgraded, alone)
	again := c.start(c.data[2], "127.0.0.1:0")
	c.shows(again, "One", "Two")
	c.database.Up()
	for begun := time.Now(); ; {
		if said, err = c.publish("Three"); err == nil {
			break
		}
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("the database is back, and nothing can be published: %s", said)
		}
	}
	for _, p := range append(c.servers, again) {
		c.shows(p, "One", "Two", "Three")
	}
	for _, r := range all {
		r.quit()
	}
}

// remembers has a reader agree to be remembered on one machine, which the others then do too.
func (c *machines) remembers() {
	c.t.Helper()
	key, _ := newKey(c.t)
	client, err := c.dial(2, "me", gossh.PublicKeys(key))
	if err != nil {
		c.t.Fatal(err)
	}
	r := sessionOn(c.t, client)
	r.see("Shall this blog remember you")
	r.press("y", "You are remembered")
	r.press("\r", "The text.")
	r.quit()
	for i, p := range c.servers {
		for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
			kept, err := c.ask(p, "me", "export", gossh.PublicKeys(key))
			if err == nil && strings.Contains(kept, `"slug": `) {
				break
			}
			if time.Since(begun) > 20*time.Second {
				c.t.Fatalf("machine %d knows of the reader %q, %v", i, kept, err)
			}
		}
	}
}

// visitUntil visits by connect again and again, until end is called. Each visit must succeed.
func (c *machines) visitUntil(connect func(from int) (*gossh.Client, error)) (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var ended sync.WaitGroup
	ended.Go(func() {
		n := 0
		for ; ctx.Err() == nil; n++ {
			client, err := connect(5000 + n%1000)
			if err != nil {
				c.t.Errorf("visit %d: %v", n, err)
				continue
			}
			s, err := client.NewSession()
			if err == nil {
				s.Stdout = io.Discard
				err = s.Run("ls")
			}
			if err != nil {
				c.t.Errorf("visit %d: %v", n, err)
			}
			client.Close()
		}
		c.t.Logf("%d visits", n)
	})
	return func() {
		cancel()
		ended.Wait()
	}
}

// TestNginx: the manual's configuration of nginx leads readers to the machines.
func TestNginx(t *testing.T) {
	c := startMachines(t)
	text := c.configuration("nginx")
	module := "/usr/lib/nginx/modules/ngx_stream_module.so"
	if _, err := os.Stat(module); err != nil {
		t.Skip("there is no nginx with streams here (Debian's libnginx-mod-stream)")
	}
	c.balance("nginx", func(dir string) []string { return []string{"-p", dir, "-c", "nginx.conf", "-e", "stderr"} }, map[string]string{
		"nginx.conf": "load_module " + module + ";\ndaemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\nevents {}\n" + text,
	})
	c.mustPublish("One")
	c.mustPublish("Two")
	for _, p := range c.servers {
		c.shows(p, "One", "Two")
	}
	for _, r := range c.read(3) {
		r.press("?", "Keys")
		r.quit()
	}
}
