package sshapp

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"postern/content"
	"postern/content/publish"
	"postern/sshapp/deploy"
)

// An author whose key was stolen sends what has no end. It ends at the quota.

// bombs are what is sent, in small quotas: each returns what the author is told.
var bombs = map[string]func(h *house, key gossh.Signer) string{
	"a post without end": func(h *house, key gossh.Signer) string {
		_, _, told := h.visit(content.AuthorName, "publish endless.md", strings.Repeat("a", content.MaxFile+1), gossh.PublicKeys(key))
		return told
	},
	"a file of 10 GB": func(h *house, key gossh.Signer) string {
		conn, c := h.authorSFTP(key)
		defer conn.Close()
		f, err := c.Create("large.bin~")
		if err != nil {
			return err.Error()
		}
		return fmt.Sprint(f.Truncate(10 << 30))
	},
	"a million files": func(h *house, key gossh.Signer) string {
		conn, c := h.authorSFTP(key)
		defer conn.Close()
		for i := range 1_000_000 {
			f, err := c.Create(fmt.Sprintf("%d.md~", i))
			if err != nil {
				return err.Error()
			}
			if err := f.Close(); err != nil {
				return err.Error()
			}
		}
		return "all are there"
	},
	"1,000 directories in one another": func(h *house, key gossh.Signer) string {
		conn, c := h.authorSFTP(key)
		defer conn.Close()
		return fmt.Sprint(c.MkdirAll(strings.Repeat("a/", 1000)))
	},
	"a deployment of many files": func(h *house, key gossh.Signer) string {
		conn := h.authorSSH(key)
		defer conn.Close()
		session, err := conn.NewSession()
		if err != nil {
			return err.Error()
		}
		in, _ := session.StdinPipe()
		out, _ := session.StdoutPipe()
		if err := session.Start("deploy"); err != nil {
			return err.Error()
		}
		many := deploy.Client{Dir: os.DirFS(h.data)}
		for range 200 {
			many.Files = append(many.Files, "authorized_keys")
		}
		_, err = many.Deploy(h.t.Context(), out, in)
		return fmt.Sprint(err)
	},
	"a push of zeros": func(h *house, key gossh.Signer) string {
		const size = 64 << 20
		pack := append([]byte("PACK\x00\x00\x00\x02\x00\x00\x00\x01"), 0xb0) // a blob
		pack = binary.AppendUvarint(pack, size>>4)
		var b bytes.Buffer
		w, _ := zlib.NewWriterLevel(&b, zlib.BestSpeed)
		_, _ = w.Write(make([]byte, size))
		w.Close()
		pack = append(pack, b.Bytes()...)
		sum := sha1.Sum(pack)
		command := strings.Repeat("0", 40) + " " + strings.Repeat("1", 40) + " refs/heads/main\x00report-status"
		request := fmt.Sprintf("%04x%s0000%s%s", len(command)+4, command, pack, sum)
		_, _, told := h.visit(content.AuthorName, "git-receive-pack blog", request, gossh.PublicKeys(key))
		return told
	},
}

// TestAttackHostileAuthor sends bombs, each beside an honest reader. What is on the disk stays within the quota, and nothing of
// it is on its way any more when the author has gone.
func TestAttackHostileAuthor(t *testing.T) {
	limits := publish.Limits{Bytes: 1 << 20, Files: 100, Keep: 3}
	for name, send := range bombs {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				ada := newKey(t)
				h := openWithin(t, limits, ada, "KEY ada")
				for i := range 5 {
					post := fmt.Sprintf("---\ntitle: Post %d\ndate: 2026-01-0%d\n---\nText.\n", i, i+1)
					if code, _, told := h.visit(content.AuthorName, fmt.Sprintf("publish %d.md", i), post, gossh.PublicKeys(ada)); code != 0 {
						t.Fatal(told)
					}
				}
				_, before, _ := h.visit("reader", "archive", "")
				attackOn(t, h, func(t *testing.T, h *house) {
					told := send(h, ada)
					if !strings.Contains(told, "quota") && !strings.Contains(told, "more than 32 parts") && !strings.Contains(told, "larger than 8 MB") {
						t.Errorf("the author is told %q", told)
					}
				})
				if _, after, _ := h.visit("reader", "archive", ""); after != before {
					t.Error("readers see something else")
				}
				staged, all := diskUse(t, filepath.Join(h.data, "site", "staging")), diskUse(t, h.data)
				if staged > 0 || all > 7*limits.Bytes {
					t.Errorf("%d bytes are on the disk, %d of them on their way", all, staged)
				}
			})
		})
	}
}

// diskUse returns how many bytes a directory's files have.
func diskUse(t *testing.T, dir string) (n int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
