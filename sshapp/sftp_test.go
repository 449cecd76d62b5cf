package sshapp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/pkg/sftp"
	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/files"
)

// shelf is a blog of so many posts, with a picture and a secret.
func shelf(posts int) fstest.MapFS {
	all := fstest.MapFS{
		"picture.png": {Data: bytes.Repeat([]byte("picture "), 100<<10)},
		"secret.png":  {Data: []byte("secret")},
		"draft.md":    {Data: []byte("---\ndate: 2026-01-01\ndraft: true\n---\n\n![](secret.png)\n")},
	}
	for i := range posts {
		name := "post-" + string(rune('a'+i/26%26)) + string(rune('a'+i%26)) + string(rune('a'+i/676)) + ".md"
		all[name] = &fstest.MapFile{Data: []byte("---\ndate: 2026-01-01\n---\n\nText. ![](picture.png)\n")}
	}
	return all
}

// withShelf serves that blog.
func withShelf(posts int) func(*Config) {
	return func(c *Config) {
		lib, err := content.Load(shelf(posts))
		if err != nil {
			panic(err)
		}
		c.Blog.Edition = blog.Editions(func() *content.Library { return lib })
	}
}

func (h *house) sftp() *sftp.Client {
	h.t.Helper()
	c, err := sftp.NewClient(h.dial(""))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { c.Close() })
	return c
}

func TestSFTP(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withShelf(1000))
		c := h.sftp()
		if home, err := c.Getwd(); home != "/posts" || err != nil {
			t.Errorf("it begins in %q, %v", home, err)
		}
		if all, err := c.ReadDir("."); len(all) != 1000 || err != nil {
			t.Errorf("%d posts, %v", len(all), err)
		}
		if all, err := c.Glob("/posts/post-a*.md"); len(all) != 52 || err != nil {
			t.Errorf("%d posts match, %v", len(all), err)
		}
		f, err := c.Open("/images/picture.png")
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if _, err := f.WriteTo(&got); err != nil || got.Len() != 800<<10 {
			t.Errorf("%d bytes, %v", got.Len(), err)
		}
		b := make([]byte, 7)
		if n, err := f.ReadAt(b, 800<<10-7); string(b[:n]) != "icture " || err != nil {
			t.Errorf("its end is %q, %v", b[:n], err)
		}
		for _, at := range []int64{800 << 10, 1 << 40, math.MaxInt64, math.MinInt64, -1} { // past 2⁶³ for the client
			if n, err := f.ReadAt(b, at); n != 0 || err != io.EOF {
				t.Errorf("at %d it reads %d bytes, %v", at, n, err)
			}
		}
		c.Close()
		settle()
		if log := h.log.String(); !strings.Contains(log, "end=command command=sftp code=") {
			t.Errorf("the log says %s", log)
		}
	})
}

func TestSFTPRefuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		c := open(t, withShelf(1)).sftp()
		const post = "/posts/post-aaa.md"
		create := func(flags int) func() error {
			return func() error { _, err := c.OpenFile(post, flags); return err }
		}
		for name, do := range map[string]func() error{
			"write":        create(os.O_WRONLY),
			"read, write":  create(os.O_RDWR),
			"append":       create(os.O_WRONLY | os.O_APPEND),
			"create":       create(os.O_RDONLY | os.O_CREATE),
			"truncate":     create(os.O_RDONLY | os.O_TRUNC),
			"mkdir":        func() error { return c.Mkdir("/posts/x") },
			"remove":       func() error { return c.Remove(post) },
			"rmdir":        func() error { return c.RemoveDirectory("/posts") },
			"rename":       func() error { return c.Rename(post, "/x") },
			"posix rename": func() error { return c.PosixRename(post, "/x") },
			"symlink":      func() error { return c.Symlink("/etc/passwd", "/posts/x") },
			"link":         func() error { return c.Link(post, "/posts/x") },
			"chmod":        func() error { return c.Chmod(post, 0o777) },
			"chtimes":      func() error { return c.Chtimes(post, today, today) },
			"truncate to":  func() error { return c.Truncate(post, 0) },
		} {
			if err := do(); !errors.Is(err, fs.ErrPermission) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := c.ReadLink(post); err == nil {
			t.Error("a post is a link")
		}
		if _, err := c.StatVFS("/"); err == nil {
			t.Error("it has room for files")
		}
		for _, name := range []string{
			"/etc/passwd", "../../etc/passwd", "/../../../etc/passwd", "/posts/draft.md", "/images/secret.png", "/secret.png",
			"/posts/\x00", "/posts/\xff.md", "/posts/" + strings.Repeat("x", 30<<10), strings.Repeat("../", 10<<10) + "etc/passwd",
		} {
			if _, err := c.Open(name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%.40q: %v", name, err)
			}
			if _, err := c.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%.40q: %v", name, err)
			}
			if _, err := c.ReadDir(name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%.40q: %v", name, err)
			}
		}
		if _, err := c.Open("/posts"); err == nil {
			t.Error("a directory is a file")
		}
		if _, err := c.ReadDir(post); err == nil {
			t.Error("a file is a directory")
		}
	})
}

func TestSFTPSessionsSeeOneEdition(t *testing.T) {
	bubble(t, func(t *testing.T) {
		files := shelf(1)
		files["tomorrow.md"] = &fstest.MapFile{Data: []byte("---\ndate: 2026-11-23\n---\n\nText.\n")}
		lib, err := content.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		h := open(t, func(c *Config) {
			c.Blog.Edition = blog.Editions(func() *content.Library { return lib })
			c.Limits.Idle = 0
		})
		before := h.sftp()
		time.Sleep(13 * time.Hour)
		if _, err := before.Stat("tomorrow.md"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a session sees what came later: %v", err)
		}
		if _, err := h.sftp().Stat("tomorrow.md"); err != nil {
			t.Error(err)
		}
	})
}

// The requests of SFTP that tests make by hand (draft-ietf-secsh-filexfer-02).
const (
	fxInit    = 1
	fxOpen    = 3
	fxRead    = 5
	fxOpenDir = 11
	fxMkdir   = 14
)

// packet returns a request.
func packet(kind byte, fields ...any) []byte {
	b := []byte{0, 0, 0, 0, kind}
	for _, f := range fields {
		switch f := f.(type) {
		case string:
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(f))), f...)
		case int:
			b = binary.BigEndian.AppendUint32(b, uint32(f))
		case uint64:
			b = binary.BigEndian.AppendUint64(b, f)
		}
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)-4))
	return b
}

func opening(id int, name string) []byte { return packet(fxOpen, id, name, 1, 0) }

// subsystem opens an SFTP session whose answers nobody takes.
func (h *house) subsystem(c *gossh.Client) gossh.Channel {
	h.t.Helper()
	ch, reqs, err := c.OpenChannel("session", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	go gossh.DiscardRequests(reqs)
	if ok, err := ch.SendRequest("subsystem", true, gossh.Marshal(struct{ Name string }{"sftp"})); !ok || err != nil {
		h.t.Fatalf("the subsystem is refused: %v", err)
	}
	_, _ = ch.Write(packet(fxInit, 3))
	return ch
}

// TestAttackSFTP plays what a client can do to an SFTP session, and hangs up in the middle of it.
func TestAttackSFTP(t *testing.T) {
	attacks := map[string]func(ch gossh.Channel){
		"opens and reads none": func(ch gossh.Channel) {
			for i := range 2000 {
				_, _ = ch.Write(opening(i, "/images/picture.png"))
				_, _ = ch.Write(packet(fxOpenDir, i, "/posts"))
			}
		},
		"asks and takes none": func(ch gossh.Channel) {
			_, _ = ch.Write(opening(1, "/images/picture.png"))
			for i := range 2000 {
				_, _ = ch.Write(packet(fxRead, i, "1", uint64(0), 1<<20))
			}
		},
		"a long packet":       func(ch gossh.Channel) { _, _ = ch.Write([]byte{0xff, 0xff, 0xff, 0xff, fxOpen}) },
		"256 KB":              func(ch gossh.Channel) { _, _ = ch.Write([]byte{0, 4, 0, 0, fxOpen}) },
		"an empty packet":     func(ch gossh.Channel) { _, _ = ch.Write(make([]byte, 64)) },
		"half a packet":       func(ch gossh.Channel) { _, _ = ch.Write([]byte{0, 0, 0x80, 0, fxOpen, 1, 2, 3}) },
		"a path of 1 MB":      func(ch gossh.Channel) { _, _ = ch.Write(opening(1, strings.Repeat("x", 1<<20))[:30<<10]) },
		"a path of 30 KB":     func(ch gossh.Channel) { _, _ = ch.Write(opening(1, strings.Repeat("x/", 15<<10))) },
		"a string too long":   func(ch gossh.Channel) { _, _ = ch.Write(packet(fxOpen, 1, 1<<31)) },
		"handles of others":   func(ch gossh.Channel) { _, _ = ch.Write(packet(fxRead, 1, "99999", uint64(1<<63), 1<<31)) },
		"an unknown request":  func(ch gossh.Channel) { _, _ = ch.Write(packet(200, 1, "x@example.com", "y")) },
		"an end without more": func(ch gossh.Channel) { _ = ch.CloseWrite() },
	}
	hasty := func(c *Config) {
		withShelf(5)(c)
		c.Limits.WireRate = 0 // what is bounded here is bounded without it
	}
	for name, do := range attacks {
		t.Run(name, func(t *testing.T) {
			underAttack(t, hasty, func(t *testing.T, h *house) {
				c := h.mustAs(nil)
				defer c.Close()
				for range 3 {
					do(h.subsystem(c))
				}
				settle()
			})
		})
	}
}

// TestSFTPHandles opens more files than a session may have, closes one, and opens another.
func TestSFTPHandles(t *testing.T) {
	bubble(t, func(t *testing.T) {
		c := open(t, withShelf(1)).sftp()
		var last *sftp.File
		for range maxHandles {
			f, err := c.Open("/images/picture.png")
			if err != nil {
				t.Fatal(err)
			}
			last = f
		}
		if _, err := c.Open("/images/picture.png"); err == nil || !strings.Contains(err.Error(), "too many files are open") {
			t.Errorf("one too many: %v", err)
		}
		if _, err := c.ReadDir("/"); err == nil {
			t.Error("a directory more is open")
		}
		last.Close()
		if all, err := c.ReadDir("/"); len(all) != 4 || err != nil {
			t.Errorf("%d in the root, %v", len(all), err)
		}
	})
}

func TestSFTPEndsInTime(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, withShelf(1))
		ends := func(after time.Duration, says, logged string, stay func(ch gossh.Channel)) {
			t.Helper()
			ch := h.subsystem(h.dial(""))
			var said bytes.Buffer
			done := make(chan struct{})
			go io.Copy(io.Discard, ch)
			go func() {
				_, _ = io.Copy(&said, ch.Stderr())
				close(done)
			}()
			go stay(ch)
			time.Sleep(after - time.Minute)
			select {
			case <-done:
				t.Errorf("a session ended early: %s", said.String())
			default:
			}
			time.Sleep(2 * time.Minute)
			select {
			case <-done:
			default:
				t.Fatalf("a session stays")
			}
			if said.String() != "postern: "+says+"\n" {
				t.Errorf("it ends with %q", said.String())
			}
			if log := h.log.String(); !strings.Contains(log, "end="+logged+" command=sftp code=1") {
				t.Errorf("the log says %s", log)
			}
		}
		ends(time.Hour, "closed, since nothing was asked for a long time", endIdle, func(gossh.Channel) {})
		ends(24*time.Hour, "this has lasted as long as it may", endAge, func(ch gossh.Channel) {
			for range 6 * 24 {
				time.Sleep(10 * time.Minute)
				_, _ = ch.Write(packet(fxOpenDir, 1, "/nothing"))
			}
		})
	})
}

// stuck is a client who takes none of the answers until it is closed.
type stuck chan struct{}

func (s stuck) Write([]byte) (int, error) {
	<-s
	return 0, io.ErrClosedPipe
}

// counting counts what is read.
type counting struct {
	io.Reader
	n *atomic.Int64
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// TestExchangeReadsLittleAhead has a client ask for a thousand times 32 KB, and take nothing.
func TestExchangeReadsLittleAhead(t *testing.T) {
	bubble(t, func(t *testing.T) {
		lib, err := content.Load(shelf(1))
		if err != nil {
			t.Fatal(err)
		}
		var asked bytes.Buffer
		asked.Write(packet(fxInit, 3))
		asked.Write(opening(1, "/images/picture.png"))
		first := asked.Len()
		one := packet(fxRead, 1, "1", uint64(0), 32<<10)
		asked.Write(bytes.Repeat(one, 1000))

		requests, w := io.Pipe()
		var read atomic.Int64
		go func() {
			_, _ = io.Copy(w, counting{iotest.OneByteReader(&asked), &read})
			w.Close()
		}()
		client, done := make(stuck), make(chan struct{})
		tree := files.NewSource(func() *content.Edition { return lib.At(today) }, nowhere, "").Tree(nil)
		g := &sftpHandler{tree: tree, readOnly: errors.New("readers do not write"), log: slog.New(slog.DiscardHandler), stderr: io.Discard}
		served := make(chan error)
		go func() {
			served <- sftp.NewRequestServer(newSFTPStream(requests, client, done), g.handlers()).Serve()
		}()
		settle()
		if read, most := int(read.Load()), first+2*len(one); read > most {
			t.Errorf("%d bytes are read of a client who takes nothing, more than %d", read, most)
		}
		close(client)
		close(done)
		requests.Close()
		<-served
	})
}

// FuzzSFTP: whatever a client sends, nothing panics, and it gets at most one answer for each request.
func FuzzSFTP(f *testing.F) {
	lib, err := content.Load(shelf(3))
	if err != nil {
		f.Fatal(err)
	}
	tree := files.NewSource(func() *content.Edition { return lib.At(today) }, nowhere, "").Tree(nil)
	hello := packet(fxInit, 3)
	f.Add(hello)
	f.Add([]byte(nil))
	f.Add(append(opening(1, "/images/picture.png"), packet(fxRead, 2, "1", uint64(math.MaxUint64), 1<<31)...))
	f.Add(append(packet(fxOpenDir, 1, "/posts"), append(packet(12, 2, "1"), packet(fxRead, 3, "1", uint64(0), 1)...)...))
	f.Add(append(packet(fxOpenDir, 1, "."), packet(4, 2, "1")...))
	for kind := byte(0); kind < 21; kind++ {
		f.Add(packet(kind, 1, "/posts/post-aaa.md", "/x", 0))
	}
	for _, name := range []string{"statvfs@openssh.com", "posix-rename@openssh.com", "hardlink@openssh.com", "x"} {
		f.Add(packet(200, 1, name, "/posts", "/x"))
	}
	f.Fuzz(func(t *testing.T, asked []byte) {
		requests, w := io.Pipe()
		go func() {
			_, _ = w.Write(asked)
			w.Close()
		}()
		g := &sftpHandler{tree: tree, readOnly: errors.New("readers do not write"), log: slog.New(slog.DiscardHandler), stderr: io.Discard}
		var answers bytes.Buffer
		done := make(chan struct{})
		e := newSFTPStream(requests, &answers, done)
		_ = sftp.NewRequestServer(e, g.handlers()).Serve()
		close(done)
		var in, out packetReader
		if a, b := in.pass(asked), out.pass(answers.Bytes()); b > a || !out.between() {
			t.Errorf("%d requests, %d answers", a, b)
		}
		if n := g.open.Load(); n != 0 {
			t.Errorf("%d handles are left", n)
		}
	})
}

// nowhere is the host of a blog that hasn't been told its own.
func nowhere() settings.Host { return "" }
