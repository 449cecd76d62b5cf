package content

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// What was written comes back byte for byte, whatever had to be changed to read it.
func TestRaw(t *testing.T) {
	for name, text := range map[string]string{
		"plain":         dated,
		"no line end":   "---\ntitle: T\n---\nx",
		"CRLF":          strings.ReplaceAll(dated, "\n", "\r\n"),
		"BOM":           "\ufeff" + dated,
		"BOM and CRLF":  "\ufeff" + strings.ReplaceAll(dated, "\n", "\r\n"),
		"mixed ends":    "---\r\ntitle: T\n---\r\nx\ny\r\n",
		"lone CR":       "---\r\ntitle: T\r\n---\r\nx\ry\r\n",
		"control":       "---\ntitle: T\n---\nx\x1b[1my\x00\n",
		"not UTF-8":     "---\ntitle: T\n---\nx\xff\n",
		"UTF-16":        "\xff\xfe-\x00-\x00-\x00\r\x00\n\x00",
		"empty":         "",
		"no front":      "# T\n\nx\n",
		"a broken one":  "---\ntitle: a: b\n---\nx\n",
		"CR at the end": "x\r\n\r",
	} {
		if p, _ := one(t, text); p.Raw() != text {
			t.Errorf("%s: %q became %q", name, text, p.Raw())
		}
	}
}

// Keeping what was written costs nothing: a text is held once, with LF as with CRLF.
func TestRawIsHeldOnce(t *testing.T) {
	const n, size = 200, 20_000
	for _, end := range []string{"\n", "\r\n"} {
		files := fstest.MapFS{}
		for name, text := range synthetic(n, size) {
			files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(text), "\n", end))}
		}
		before := inUse()
		l, err := Load(files)
		if err != nil {
			t.Fatal(err)
		}
		if used := inUse() - before; used > n*size*3/2 && !underRace {
			t.Errorf("with %q, %d bytes of text take %d", end, n*size, used)
		}
		runtime.KeepAlive(l)
		runtime.KeepAlive(files)
	}
}

// inUse returns how many bytes are reachable.
func inUse() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A library opens the files that posts link to, and nothing else.
func TestOpenAttachment(t *testing.T) {
	dir := t.TempDir()
	writeAll(t, dir, map[string][]byte{"a.md": []byte(dated), "pics/e\u0301.png": []byte("png"), "pics/pipe.png": {}, ".secret": {}})
	l, err := Load(rooted(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	target := l.At(someday).Resolve(post(t, l, "a.md"), "pics/\u00e9.png")
	f, err := l.Open(target.File)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, _ := io.ReadAll(f); string(data) != "png" {
		t.Errorf("read %q", data)
	}
	for _, name := range []string{"a.md", "pics", ".", "", "nothing.png", "../a.png", ".secret", "pics/\u00e9.png"} {
		if f, err := l.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v, %v", name, f, err)
		}
	}
	pipe := filepath.Join(dir, "pics/pipe.png")
	if err := errors.Join(os.Remove(pipe), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Open("pics/pipe.png"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a pipe: %v", err)
	}
}
