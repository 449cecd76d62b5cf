package git_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/go-git/go-git/v6/plumbing"

	"postern/content"
	"postern/content/publish"
	"postern/sshapp/git"
	"postern/sshapp/publishing"
)

var ada = publish.Author{Name: "Ada", Key: "SHA256:abc"}

// A site is a published site in a directory of its own.
type site struct {
	*publishing.Publisher
	t   testing.TB
	dir string
}

func newSite(t testing.TB, limits publish.Limits) *site {
	t.Helper()
	return openSite(t, t.TempDir(), limits)
}

func openSite(t testing.TB, dir string, limits publish.Limits) *site {
	t.Helper()
	manual, err := content.NewScan(fstest.MapFS{"bread.md": {Data: []byte("# Bread\n")}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := publishing.Open(dir, limits, "the manual", manual)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return &site{p, t, dir}
}

// push sends a request to update main, with a pack. It returns what the client is shown.
func (s *site) push(old, new plumbing.Hash, pack []byte) (string, error) {
	return s.receive(request(old, new, pack))
}

func request(old, new plumbing.Hash, pack []byte) []byte {
	command := fmt.Sprintf("%s %s refs/heads/main\x00report-status side-band-64k", old, new)
	return append(fmt.Appendf(nil, "%04x%s0000", len(command)+4, command), pack...)
}

func (s *site) receive(request []byte) (string, error) {
	var out bytes.Buffer
	session := git.Session{Context: s.t.Context(), Publisher: s.Publisher, Author: ada, In: bytes.NewReader(request), Out: &out}
	err := session.Receive()
	return out.String(), err
}

// tip returns the newest commit of the repository, as a client is told of it; the zero hash if there is none.
func (s *site) tip() plumbing.Hash {
	s.t.Helper()
	var out bytes.Buffer
	session := git.Session{Context: s.t.Context(), Publisher: s.Publisher, Author: ada, In: strings.NewReader("0000"), Out: &out}
	if err := session.Upload(); err != nil {
		s.t.Fatal(err)
	}
	hash, _, ok := strings.Cut(out.String()[len("0000"):], " ")
	if !ok {
		s.t.Fatalf("the repository says %q", out.String())
	}
	return plumbing.NewHash(hash)
}

// files returns how many files there are in a directory of the site.
func (s *site) files(dir string) (n int) {
	s.t.Helper()
	err := filepath.WalkDir(filepath.Join(s.dir, dir), func(_ string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *site) generation() int {
	s.t.Helper()
	n, err := s.Store.Generation()
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// mustBe says what is left of a push that was refused: nothing.
func (s *site) mustBe(generation int, tip plumbing.Hash, objects int) {
	s.t.Helper()
	if n := s.files("staging"); n > 0 {
		s.t.Errorf("%d files are left on their way in", n)
	}
	if n := s.files("git"); n != objects {
		s.t.Errorf("the repository has %d files, and had %d", n, objects)
	}
	if s.generation() != generation || s.tip() != tip {
		s.t.Errorf("generation %d with the commit %s is published", s.generation(), s.tip())
	}
}

// read returns the texts of all files in a directory of the site, by their paths.
func (s *site) read(dir string) map[string]string {
	s.t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(s.dir), dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(s.dir, name))
		all[name] = string(text)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

func (s *site) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(text), 0o600)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) remove(name string) {
	s.t.Helper()
	if err := os.Remove(filepath.Join(s.dir, name)); err != nil {
		s.t.Fatal(err)
	}
}
