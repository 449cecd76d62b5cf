package keys_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"postern/keys"
)

func TestHostKeyIsMadeOnceAndKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first, err := keys.Host(dir)
	if err != nil {
		t.Fatal(err)
	}
	second, err := keys.Host(dir)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := keys.Fingerprint(first.PublicKey()), keys.Fingerprint(second.PublicKey()); a != b {
		t.Errorf("the key changed from %s to %s", a, b)
	}
	info, err := os.Stat(filepath.Join(dir, keys.HostKeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the key's mode is %04o, want 0600", info.Mode().Perm())
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the data directory holds %v, want the key alone", entries)
	}
}

func TestHostKeyMadeByManyIsOne(t *testing.T) {
	dir := t.TempDir()
	prints := make([]string, 8)
	var wg sync.WaitGroup
	for i := range prints {
		wg.Go(func() {
			key, err := keys.Host(dir)
			if err != nil {
				t.Error(err)
				return
			}
			prints[i] = keys.Fingerprint(key.PublicKey())
		})
	}
	wg.Wait()
	for _, p := range prints {
		if p != prints[0] {
			t.Fatalf("different keys: %s and %s", prints[0], p)
		}
	}
}

func TestHostKeyRefused(t *testing.T) {
	whole := t.TempDir()
	if _, err := keys.Host(whole); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join(whole, keys.HostKeyFile))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		data []byte
		mode os.FileMode
		want string
	}{
		"readable by the group": {good, 0o640, "chmod 600"},
		"readable by others":    {good, 0o604, "chmod 600"},
		"empty":                 {nil, 0o600, "not a private key"},
		"half written":          {good[:len(good)/2], 0o600, "not a private key"},
		"too large":             {make([]byte, 1<<20), 0o600, "too large"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, keys.HostKeyFile)
			if err := os.WriteFile(path, tt.data, tt.mode); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, tt.mode); err != nil { // regardless of the umask
				t.Fatal(err)
			}
			_, err := keys.Host(dir)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want one that names %s and says %q", err, path, tt.want)
			}
			if after, _ := os.ReadFile(path); string(after) != string(tt.data) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestOpenDirectoryRefused: whoever can write in the data directory can put a key of his own there.
func TestOpenDirectoryRefused(t *testing.T) {
	for _, mode := range []os.FileMode{0o770, 0o757, 0o1777} {
		dir := filepath.Join(t.TempDir(), "data")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for range 2 { // without a key, and with one
			if err := os.Chmod(dir, mode); err != nil {
				t.Fatal(err)
			}
			if _, err := keys.Host(dir); err == nil || !strings.Contains(err.Error(), dir+": others can write in it") || !strings.Contains(err.Error(), "chmod go-w "+dir) {
				t.Errorf("mode %04o: %v", mode, err)
			}
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			if _, err := keys.Host(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestPipeIsNoKey(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, keys.HostKeyFile), 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := keys.Host(dir); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("a pipe as a key: %v", err)
	}
}

func TestHalfAKeyBesideIsNotTaken(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, keys.HostKeyFile+".new-1"), []byte("-----BEGIN"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Host(dir); err != nil {
		t.Error(err)
	}
}

func TestPublished(t *testing.T) {
	key, err := keys.Host(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	pub := key.PublicKey()
	if got := keys.KnownHosts("blog.example.com", "2222", pub); !strings.HasPrefix(got, "[blog.example.com]:2222 ssh-ed25519 ") {
		t.Errorf("known_hosts line %q", got)
	}
	if got := keys.KnownHosts("blog.example.com", "22", pub); !strings.HasPrefix(got, "blog.example.com ssh-ed25519 ") {
		t.Errorf("known_hosts line %q", got)
	}
	record, ok := keys.SSHFP("blog.example.com", pub)
	if !ok || !strings.HasPrefix(record, "blog.example.com. IN SSHFP 4 2 ") || len(record) != len("blog.example.com. IN SSHFP 4 2 ")+64 {
		t.Errorf("SSHFP record %q", record)
	}
}
