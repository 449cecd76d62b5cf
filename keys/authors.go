package keys

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// AuthorsFile is the name of the authors' file in the data directory, in the format of OpenSSH's authorized_keys.
const AuthorsFile = "authorized_keys"

// maxAuthors bounds the authors' file in bytes.
const maxAuthors = 1 << 20

// Authors are those who may publish: the authors' file of a data directory, which is read again whenever it has changed. It
// is safe for concurrent use.
type Authors struct {
	path string
	warn func(error)

	mu       sync.Mutex
	size     int64
	modified time.Time
	list     []Author
	failed   string // the error that was told last
}

// NewAuthors returns the authors of a data directory. A file that isn't there names nobody. warn is told once of each problem
// with the file, and of each line in it that is not valid.
func NewAuthors(dir string, warn func(error)) *Authors {
	return &Authors{path: filepath.Join(dir, AuthorsFile), warn: warn}
}

// Find returns the author whom a key belongs to. While the file can't be read, or others may write it, nobody is found.
func (a *Authors) Find(key ssh.PublicKey) (Author, bool) {
	blob := key.Marshal()
	for _, author := range a.List() {
		if bytes.Equal(author.Key.Marshal(), blob) {
			return author, true
		}
	}
	return Author{}, false
}

// List returns all authors, in the order of the file. The slice is shared.
func (a *Authors) List() []Author {
	a.mu.Lock()
	defer a.mu.Unlock()
	info, err := os.Stat(a.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		a.list, a.modified, a.failed = nil, time.Time{}, ""
		return nil
	case err != nil:
		return a.fail(err)
	case OthersMay(info, 0o022):
		return a.fail(fmt.Errorf("%s: others may write it (mode %04o), so it lets nobody in; run chmod 600 %s", a.path, info.Mode().Perm(), a.path))
	case !info.Mode().IsRegular() || info.Size() > maxAuthors:
		return a.fail(fmt.Errorf("%s: not a file of at most 1 MB", a.path))
	case info.Size() == a.size && info.ModTime().Equal(a.modified):
		return a.list
	}
	data, err := os.ReadFile(a.path)
	if err != nil {
		return a.fail(err)
	}
	list, problems := ParseAuthors(data)
	a.list, a.size, a.modified, a.failed = list, info.Size(), info.ModTime(), ""
	if time.Since(a.modified) < 2*time.Second {
		a.modified = time.Time{} // it may change again within the resolution of the file system's clock
	}
	for _, p := range problems {
		a.warn(fmt.Errorf("%s: %w", a.path, p))
	}
	return list
}

func (a *Authors) fail(err error) []Author {
	if a.list, a.modified = nil, (time.Time{}); a.failed != err.Error() {
		a.failed = err.Error()
		a.warn(err)
	}
	return nil
}

// An Edit replaces an authors' file, which need not be there yet, by what a func makes of it: whole, or not at all.
type Edit func(change func([]byte) ([]byte, error)) error

// AddAuthor adds a key under a name to an authors' file. The key is a line as ssh-keygen writes it to a .pub file; its comment is
// left out. A key that is there already is an error.
func AddAuthor(edit Edit, name, line string) (Author, error) {
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return Author{}, errors.New("not a public key; name the author, then the file that ends in .pub")
	}
	if err := errors.Join(checkName(name), checkStrength(key)); err != nil {
		return Author{}, err
	}
	added := Author{Name: name, Key: key}
	return added, edit(func(data []byte) ([]byte, error) {
		known, _ := ParseAuthors(data)
		for _, a := range known {
			if bytes.Equal(a.Key.Marshal(), key.Marshal()) {
				return nil, fmt.Errorf("the key is there already: %s, line %d", a.Name, a.Line)
			}
		}
		if len(data) > 0 && data[len(data)-1] != '\n' {
			data = append(data, '\n')
		}
		return fmt.Appendf(data, "%s %s\n", strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key))), name), nil
	})
}

// RemoveAuthor takes all keys of a name, or the key of a fingerprint, out of an authors' file. It returns those that it took out;
// the error is [fs.ErrNotExist] if there was none.
func RemoveAuthor(edit Edit, nameOrFingerprint string) (removed []Author, err error) {
	err = edit(func(data []byte) ([]byte, error) {
		known, _ := ParseAuthors(data)
		lines := slices.Collect(bytes.Lines(data))
		for _, a := range slices.Backward(known) {
			if a.Name == nameOrFingerprint || Fingerprint(a.Key) == nameOrFingerprint {
				removed = append(removed, a)
				lines = slices.Delete(lines, a.Line-1, a.Line)
			}
		}
		if len(removed) == 0 {
			return nil, fs.ErrNotExist
		}
		slices.Reverse(removed)
		return bytes.Join(lines, nil), nil
	})
	return removed, err
}

// EditIn returns the edit of the authors' file of a data directory, which is made if it isn't there.
func EditIn(dir string) Edit {
	return func(change func([]byte) ([]byte, error)) error {
		data, err := os.ReadFile(filepath.Join(dir, AuthorsFile))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if data, err = change(data); err != nil {
			return err
		}
		return ReplaceAuthors(dir, data)
	}
}

// ReplaceAuthors makes data the authors' file of a data directory.
func ReplaceAuthors(dir string, data []byte) error { return replaceFile(dir, AuthorsFile, data) }
