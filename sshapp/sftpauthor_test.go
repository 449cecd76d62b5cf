package sshapp

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pkg/sftp"
	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/content/publish"
)

// authorSSH connects an author.
func (h *house) authorSSH(key gossh.Signer) *gossh.Client {
	h.t.Helper()
	conn, err := h.login(content.AuthorName, gossh.PublicKeys(key))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	return conn
}

// authorSFTP connects an author's SFTP client.
func (h *house) authorSFTP(key gossh.Signer) (*gossh.Client, *sftp.Client) {
	h.t.Helper()
	conn := h.authorSSH(key)
	c, err := sftp.NewClient(conn)
	if err != nil {
		h.t.Fatal(err)
	}
	return conn, c
}

// TestUploadThatIsCut: of a file whose connection ends, nothing is saved or published.
func TestUploadThatIsCut(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openPublished(t, ada, "KEY ada")
		conn, c := h.authorSFTP(ada)
		f, err := c.Create("bread.md")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("---\ndate: 2026-01-02\n---\nHalf of a te")); err != nil {
			t.Fatal(err)
		}
		conn.Close()
		settle()
		store := h.server.config.Publisher.Store
		if saved, err := store.Saved(); len(saved) > 0 || err != nil {
			t.Errorf("saved: %v, %v", saved, err)
		}
		if n, err := store.Generation(); n != 0 || err != nil {
			t.Errorf("generation %d is published, %v", n, err)
		}
	})
}

// TestUploadAheadOfTheAnswers: a client may send as much of a file as the window holds before anything of it is written.
func TestUploadAheadOfTheAnswers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openPublished(t, ada, "KEY ada")
		conn := h.authorSSH(ada)
		c, err := sftp.NewClient(conn, sftp.UseConcurrentWrites(true))
		if err != nil {
			t.Fatal(err)
		}
		f, err := c.Create("bread.md")
		if err != nil {
			t.Fatal(err)
		}
		text := "---\ndate: 2026-01-02\n---\n" + strings.Repeat("Flour and water.\n\n", 200_000)
		if _, err := f.ReadFromWithConcurrency(strings.NewReader(text), 64); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if info, err := c.Stat("bread.md"); err != nil || info.Size() != int64(len(text)) {
			t.Errorf("not all of it is there: %v", err)
		}
	})
}

// TestUploadOverTheQuota: a file of ten gigabytes ends at the quota, and a session has so many files open and no more.
func TestUploadOverTheQuota(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openPublished(t, ada, "KEY ada")
		_, c := h.authorSFTP(ada)
		f, err := c.Create("bread.md")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt([]byte("x"), 10<<30); err == nil || !strings.Contains(err.Error(), "quota") {
			t.Errorf("ten gigabytes are written: %v", err)
		}
		for i := range maxHandles {
			if _, err = c.Create(fmt.Sprintf("%d.md~", i)); err != nil {
				break
			}
		}
		if err == nil || !strings.Contains(err.Error(), errManyOpen.Error()) {
			t.Errorf("%d files are open: %v", maxHandles+1, err)
		}
	})
}

// TestCommandKeyHasNoFiles: a key that may run one command only can't write, and is told so.
func TestCommandKeyHasNoFiles(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openPublished(t, ada, `command="history" KEY ada`)
		if _, err := sftp.NewClient(h.authorSSH(ada)); err == nil {
			t.Error("it has files")
		}
	})
}

// BenchmarkSave is what an author waits for between a save and what readers see, over SFTP, with 10,000 posts. Half a second goes
// by between two saves, in which the server prepares the next publication.
func BenchmarkSave(b *testing.B) {
	ada := newKey(b)
	h := openPublished(b, ada, "KEY ada")
	c, err := h.server.config.Publisher.Begin(publish.Author{Name: "ada"}, "benchmark")
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	for i := range 10_000 {
		text := fmt.Sprintf("---\ntitle: Post %d\ndate: 2026-01-02\n---\n%s\n", i, strings.Repeat("Flour and water. ", 300))
		if err := c.Put(fmt.Sprintf("posts/%d.md", i), strings.NewReader(text)); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := c.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
	_, client := h.authorSFTP(ada)
	n := 0
	for b.Loop() {
		b.StopTimer()
		time.Sleep(500 * time.Millisecond)
		b.StartTimer()
		n++
		f, err := client.OpenFile("/posts/77.md", os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fmt.Fprintf(f, "---\ntitle: Post 77\ndate: 2026-01-02\n---\nFlour, and %d g of water.\n", n); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
