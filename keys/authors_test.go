package keys_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/keys"
)

// publicKey returns a new key as a .pub file has it, without a comment.
func publicKey(t *testing.T) (gossh.PublicKey, string) {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return key, strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key)))
}

func TestParseAuthors(t *testing.T) {
	_, line := publicKey(t)
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	smallKey, err := gossh.NewPublicKey(small.Public())
	if err != nil {
		t.Fatal(err)
	}
	weak := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(smallKey)))
	for text, want := range map[string]string{ // "" where the line lets its author in
		line + " ada":                                     "",
		line + " Ada Lovelace":                            "",
		"restrict " + line + " ada":                       "",
		`restrict,command="stats" ` + line + " ada":       "",
		`from="192.0.2.0/24,!192.0.2.7" ` + line + " ada": "",
		`expiry-time="20270101Z" ` + line + " ada":        "",
		"# a comment":                                     "",
		"":                                                "",
		line:                                              "no name",
		line + " a\x1b[2Jda":                              "control character",
		"ssh-ed25519 AAAA ada":                            "no key can be read",
		weak + " ada":                                     "1024 bits",
		`environment="A=b" ` + line + " ada":              "not supported",
		"cert-authority " + line + " ada":                 "not supported",
		`from="evil.example" ` + line + " ada":            "not an address",
		`expiry-time="soon" ` + line + " ada":             "not a time",
		"command= " + line + " ada":                       "not supported",
	} {
		_, problems := keys.ParseAuthors([]byte("\n" + text + "\n"))
		switch {
		case want == "" && len(problems) > 0:
			t.Errorf("%q: %v", text, problems)
		case want != "" && (len(problems) != 1 || problems[0].Line != 2 || !strings.Contains(problems[0].Error(), want)):
			t.Errorf("%q: %v, want %q in line 2", text, problems, want)
		}
	}
}

func TestPermits(t *testing.T) {
	_, line := publicKey(t)
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		options, from string
		ok            bool
	}{
		{`from="192.0.2.0/24" `, "192.0.2.9", true},
		{`from="192.0.2.0/24" `, "::ffff:192.0.2.9", true},
		{`from="192.0.2.0/24" `, "192.0.3.9", false},
		{`from="192.0.2.0/24,!192.0.2.9" `, "192.0.2.9", false},
		{`from="192.0.2.*" `, "192.0.2.9", true},
		{`from="2001:db8::/32" `, "2001:db8::1", true},
		{`from="!2001:DB8::5,2001:db8::/32" `, "2001:db8::5", false},
		{`from="!2001:db8:0::5,2001:db8::/32" `, "2001:db8::5", false},
		{`from="!2001:DB8::5*,2001:db8::/32" `, "2001:db8::55", false},
		{`from="!::ffff:192.0.2.1,192.0.2.0/24" `, "192.0.2.1", false},
		{`from="!::ffff:192.0.2.0/120,*" `, "192.0.2.1", false},
		{`from="!fe80::1,fe80::/10" `, "fe80::1%eth0", false},
		{`from="fe80::/10" `, "fe80::2%eth0", true},
		{`expiry-time="202611241200Z" `, "192.0.2.9", false},
		{`expiry-time="202611241201Z" `, "192.0.2.9", true},
	} {
		authors, problems := keys.ParseAuthors([]byte(test.options + line + " ada"))
		if len(authors) != 1 {
			t.Fatal(problems)
		}
		if err := authors[0].Permits(netip.MustParseAddr(test.from), now); (err == nil) != test.ok {
			t.Errorf("%sfrom %s: %v", test.options, test.from, err)
		}
	}
}

// A key that some addresses may use can't be used from one that isn't known.
func TestPermitsNoAddress(t *testing.T) {
	if err := (keys.Author{From: []string{"*"}}).Permits(netip.Addr{}, time.Now()); err == nil {
		t.Error("an address that isn't known is permitted")
	}
}

func TestAuthorsFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var told []error
	authors := keys.NewAuthors(dir, func(err error) { told = append(told, err) })
	ada, adaLine := publicKey(t)
	bob, bobLine := publicKey(t)
	if _, ok := authors.Find(ada); ok {
		t.Error("an author without a file")
	}
	for name, line := range map[string]string{"ada": adaLine + " laptop", "bob": bobLine} {
		if _, err := keys.AddAuthor(keys.EditIn(dir), name, line); err != nil {
			t.Fatal(err)
		}
	}
	if a, ok := authors.Find(ada); !ok || a.Name != "ada" {
		t.Errorf("found %+v, %v", a, ok)
	}
	if _, err := keys.AddAuthor(keys.EditIn(dir), "eve", adaLine); err == nil {
		t.Error("a key was added twice")
	}
	if _, err := keys.AddAuthor(keys.EditIn(dir), "e\nve", bobLine); err == nil {
		t.Error("a name of two lines was added")
	}
	if removed, err := keys.RemoveAuthor(keys.EditIn(dir), "ada"); err != nil || len(removed) != 1 {
		t.Errorf("removed %v, %v", removed, err)
	}
	if _, ok := authors.Find(ada); ok {
		t.Error("an author who was removed")
	}
	if _, err := keys.RemoveAuthor(keys.EditIn(dir), "ada"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed twice: %v", err)
	}
	if len(told) > 0 {
		t.Errorf("told of %v", told)
	}
	if err := os.Chmod(filepath.Join(dir, keys.AuthorsFile), 0o666); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, ok := authors.Find(bob); ok {
			t.Error("a file that everybody may write let somebody in")
		}
	}
	if len(told) != 1 {
		t.Errorf("told of %v, want the mode, once", told)
	}
}

// No bytes let a key in that isn't there, or make a name that could forge a line of a log.
func FuzzAuthors(f *testing.F) {
	f.Add([]byte("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJd4iH2XTVtXzFPqZ4oV1S6KQ2b0yq2WbNbXW0vQd0o5 ada\n"))
	f.Add([]byte(`from="a\"b",command="x y" ssh-ed25519 AAAA b` + "\n#\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		authors, problems := keys.ParseAuthors(data)
		lines := strings.Count(string(data), "\n") + 1
		for _, a := range authors {
			if a.Line < 1 || a.Line > lines || a.Name == "" || strings.ContainsAny(a.Name, "\n\r\x1b\u202e") {
				t.Errorf("%+v", a)
			}
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines {
				t.Errorf("%v", p)
			}
		}
	})
}

// TestAddAuthorAsRoot: the server, which is not root, reads the file that root has added a key to.
func TestAddAuthorAsRoot(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	dir := t.TempDir()
	if err := os.Chown(dir, 12345, 12345); err != nil {
		t.Fatal(err)
	}
	_, line := publicKey(t)
	if _, err := keys.AddAuthor(keys.EditIn(dir), "ada", line); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, keys.AuthorsFile))
	if err != nil {
		t.Fatal(err)
	}
	if owner := info.Sys().(*syscall.Stat_t); owner.Uid != 12345 || info.Mode().Perm() != 0o600 {
		t.Errorf("it belongs to %d, with mode %o", owner.Uid, info.Mode().Perm())
	}
}
