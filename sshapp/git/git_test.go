package git_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/go-git/go-git/v6/plumbing"
	"github.com/go-git/go-git/v6/plumbing/filemode"
	"github.com/go-git/go-git/v6/plumbing/format/packfile"
	"github.com/go-git/go-git/v6/plumbing/object"
	"github.com/go-git/go-git/v6/storage/memory"

	"postern/content"
	"postern/content/publish"
	"postern/sshapp/admission/work"
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

// A clone is an author's own repository.
type clone struct {
	*memory.Storage
	t     testing.TB
	added []plumbing.Hash // that no push has sent
}

func newClone(t testing.TB) *clone { return &clone{memory.NewStorage(), t, nil} }

func (c *clone) add(kind plumbing.ObjectType, data string) plumbing.Hash {
	c.t.Helper()
	o := c.NewEncodedObject()
	o.SetType(kind)
	w, err := o.Writer()
	if err != nil {
		c.t.Fatal(err)
	}
	_, _ = io.WriteString(w, data)
	h, err := c.SetEncodedObject(o)
	if err != nil {
		c.t.Fatal(err)
	}
	c.added = append(c.added, h)
	return h
}

// An entry is one of a tree, which need not be valid.
type entry struct {
	mode filemode.FileMode
	name string
	hash plumbing.Hash
}

func (c *clone) tree(entries ...entry) plumbing.Hash {
	c.t.Helper()
	sort.Slice(entries, func(i, j int) bool { return entries[i].name < entries[j].name })
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%o %s\x00%s", e.mode, e.name, e.hash.Bytes())
	}
	return c.add(plumbing.TreeObject, b.String())
}

func (c *clone) commit(tree plumbing.Hash, parents ...plumbing.Hash) plumbing.Hash {
	c.t.Helper()
	who := object.Signature{Name: "Ada", Email: "ada@example.com"}
	o := c.NewEncodedObject()
	err := (&object.Commit{Author: who, Committer: who, Message: "A change.\n", TreeHash: tree, ParentHashes: parents}).Encode(o)
	if err != nil {
		c.t.Fatal(err)
	}
	h, err := c.SetEncodedObject(o)
	if err != nil {
		c.t.Fatal(err)
	}
	c.added = append(c.added, h)
	return h
}

// post adds a commit with one post of a text.
func (c *clone) post(text string, parents ...plumbing.Hash) plumbing.Hash {
	c.t.Helper()
	return c.commit(c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, text)}), parents...)
}

// pack returns a pack of what was added.
func (c *clone) pack() []byte {
	c.t.Helper()
	var b bytes.Buffer
	if _, err := packfile.NewEncoder(&b, c, false).Encode(c.added, 0); err != nil {
		c.t.Fatal(err)
	}
	c.added = nil
	return b.Bytes()
}

// rawPack returns a pack that says it has so many objects, of the bytes of some.
func rawPack(count uint32, objects ...[]byte) []byte {
	var b bytes.Buffer
	b.WriteString("PACK")
	_ = binary.Write(&b, binary.BigEndian, []uint32{2, count})
	for _, o := range objects {
		b.Write(o)
	}
	sum := sha1.Sum(b.Bytes())
	return append(b.Bytes(), sum[:]...)
}

// rawObject returns an object of a pack: of a type, with the size that it claims, what its base is, and its data.
func rawObject(kind plumbing.ObjectType, size uint64, base string, data io.Reader) []byte {
	var b bytes.Buffer
	first := byte(kind)<<4 | byte(size&15)
	if size >>= 4; size > 0 {
		b.WriteByte(first | 0x80)
		b.Write(binary.AppendUvarint(nil, size))
	} else {
		b.WriteByte(first)
	}
	b.WriteString(base)
	w, _ := zlib.NewWriterLevel(&b, zlib.BestSpeed)
	_, _ = io.Copy(w, data)
	w.Close()
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestPush pushes one post after the other.
func TestPush(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	if !s.tip().IsZero() {
		t.Error("an empty site has a commit")
	}
	first := c.post("# Bread\n")
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil || !strings.Contains(out, "ok refs/heads/main") {
		t.Fatalf("%v, %q", err, out)
	}
	second := c.post("# Bread\n\nFlour.\n", first)
	if out, err := s.push(first, second, c.pack()); err != nil || !strings.Contains(out, "changed\tbread.md") {
		t.Fatalf("%v, %q", err, out)
	}
	if s.generation() != 2 || s.tip() != second || s.files("staging") > 0 {
		t.Errorf("generation %d, tip %s, %d files on their way", s.generation(), s.tip(), s.files("staging"))
	}
	same := c.commit(c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, "# Bread\n\nFlour.\n")}), second)
	if out, err := s.push(second, same, c.pack()); err != nil || s.generation() != 2 || s.tip() != same {
		t.Errorf("a commit that changes nothing: generation %d, tip %s, %v, %q", s.generation(), s.tip(), err, out)
	}
}

// TestPushRefused pushes what is refused. Nothing of it is left, and the next push is none the worse for it.
func TestPushRefused(t *testing.T) {
	limits := publish.Limits{Bytes: 1 << 20, Files: 100, Keep: 20}
	deep := func(c *clone, n int, mode filemode.FileMode) plumbing.Hash {
		h := c.tree(entry{mode, "bread.md", c.add(plumbing.BlobObject, "# Bread\n")})
		for range n {
			h = c.tree(entry{filemode.Dir, "a", h})
		}
		return h
	}
	wide := func(c *clone, n int) plumbing.Hash {
		h := c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, "# Bread\n")})
		for range n {
			var all []entry
			for i := range 10 {
				all = append(all, entry{filemode.Dir, fmt.Sprint("d", i), h})
			}
			h = c.tree(all...)
		}
		return h
	}
	named := func(mode filemode.FileMode, names ...string) func(*clone) plumbing.Hash {
		return func(c *clone) plumbing.Hash {
			var all []entry
			for _, name := range names {
				all = append(all, entry{mode, name, c.add(plumbing.BlobObject, "# Bread\n")})
			}
			return c.tree(all...)
		}
	}
	for name, test := range map[string]struct {
		tree func(*clone) plumbing.Hash
		says string
	}{
		"a broken post": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", c.add(plumbing.BlobObject, "---\ntitle: x\ndate: 2024-13-01\n---\n")})
		}, "a.md:3:"},
		"10 million files": {func(c *clone) plumbing.Hash { return wide(c, 7) }, "quota of 100 files"},
		"101 files":        {func(c *clone) plumbing.Hash { return wide(c, 2) }, "quota of 100 files"},
		"33 directories":   {func(c *clone) plumbing.Hash { return deep(c, 33, filemode.Regular) }, "has more than 32 parts"},
		"200 directories":  {func(c *clone) plumbing.Hash { return deep(c, 200, filemode.Regular) }, "more than 128 deep"},
		"a symbolic link":  {named(filemode.Symlink, "a.md"), "a.md is a symbolic link"},
		"a submodule":      {named(filemode.Submodule, "theme"), "theme is a submodule"},
		"a pointer of LFS": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", c.add(plumbing.BlobObject, "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n")})
		}, "a pointer of Git LFS"},
		"..":                  {named(filemode.Regular, ".."), "not valid"},
		".":                   {named(filemode.Regular, "."), "not valid"},
		"no name":             {named(filemode.Regular, ""), "not valid"},
		"a slash":             {named(filemode.Regular, "../../a.md"), "not valid"},
		"a backslash":         {named(filemode.Regular, `..\a.md`), "not valid"},
		".git":                {named(filemode.Regular, ".git"), "not valid"},
		".GIT":                {named(filemode.Regular, ".GIT"), "not valid"},
		".git with a joiner":  {named(filemode.Regular, ".g\u200cit"), "not valid"},
		"git~1":               {named(filemode.Regular, "git~1"), "not valid"},
		"a control character": {named(filemode.Regular, "a\x1b[2J.md"), "not valid"},
		"no UTF-8":            {named(filemode.Regular, "a\xff.md"), "not valid UTF-8"},
		"4 KB":                {named(filemode.Regular, strings.Repeat("a", 4096)), "too long"},
		"another case":        {named(filemode.Regular, "A.md", "a.md"), "differ in case"},
		"another form":        {named(filemode.Regular, "\u00e9.md", "e\u0301.md"), "differ in case or in the form"},
		"twice":               {named(filemode.Regular, "a.md", "a.md"), "not valid"},
		"the null hash":       {func(c *clone) plumbing.Hash { return c.tree(entry{filemode.Regular, "a.md", plumbing.ZeroHash}) }, "not valid"},
		"a missing blob": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", plumbing.NewHash("1111111111111111111111111111111111111111")})
		}, "not valid"},
		"a missing tree": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Dir, "a", plumbing.NewHash("1111111111111111111111111111111111111111")})
		}, "not valid"},
		"a tree for a blob": {func(c *clone) plumbing.Hash {
			return c.tree(entry{filemode.Regular, "a.md", deep(c, 0, filemode.Regular)})
		}, "a.md"},
		"garbage for a tree": {func(c *clone) plumbing.Hash { return c.add(plumbing.TreeObject, "garbage") }, "not valid"},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := newSite(t, limits), newClone(t)
			first := c.post("# Bread\n")
			if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
				t.Fatalf("%v, %q", err, out)
			}
			objects := s.files("git")
			next := c.commit(test.tree(c), first)
			out, err := s.push(first, next, c.pack())
			if err == nil || !strings.Contains(out, test.says) || !strings.Contains(out, "ng refs/heads/main") {
				t.Errorf("it is answered: %v, %q", err, out)
			}
			s.mustBe(1, first, objects)
			good := c.post("# Bread\n\nFlour.\n", first)
			if out, err := s.push(first, good, c.pack()); err != nil {
				t.Errorf("the next push: %v, %q", err, out)
			}
		})
	}
}

// TestDeepHistory: trees don't grow deeper and deeper from push to push, in commits that were never published.
func TestDeepHistory(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	tree := c.tree(entry{filemode.Regular, "bread.md", c.add(plumbing.BlobObject, "# Bread\n")})
	deepen := func() {
		for range 100 {
			tree = c.tree(entry{filemode.Dir, "a", tree})
		}
	}
	deepen()
	first := c.post("# Bread\n", c.commit(tree))
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
		t.Fatalf("100 directories: %v, %q", err, out)
	}
	deepen()
	second := c.post("# Bread\n", c.commit(tree, first))
	if out, err := s.push(first, second, c.pack()); err == nil || !strings.Contains(out, "more than 128 deep") {
		t.Errorf("200 directories: %v, %q", err, out)
	}
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

// TestPushPacks pushes packs that aren't what they say, or are much more.
func TestPushPacks(t *testing.T) {
	const mb = 1 << 20
	s, c := newSite(t, publish.Limits{Bytes: 64 * mb, Files: 1000, Keep: 20}), newClone(t)
	first := c.post("# Bread\n")
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
		t.Fatalf("%v, %q", err, out)
	}
	objects := s.files("git")
	next := c.post("# Bread\n\nFlour.\n", first)
	good := c.pack()
	base := rawObject(plumbing.BlobObject, mb, "", io.LimitReader(zeros{}, mb))
	blob := plumbing.NewHash("9e0f96a2a253b173cb45b41868209a5d043e1437") // of those zeros
	delta := func(target uint64, copies int) []byte {
		d := binary.AppendUvarint(binary.AppendUvarint(nil, mb), target)
		for range copies {
			d = append(d, 0xf0, 0, 0, 0x10) // all of the base
		}
		return rawObject(plumbing.REFDeltaObject, uint64(len(d)), string(blob.Bytes()), bytes.NewReader(d))
	}
	many := [][]byte{base}
	for range 40 {
		many = append(many, delta(30*mb, 30))
	}
	for name, test := range map[string]struct {
		pack []byte
		says string
	}{
		"100 MB of zeros":         {rawPack(1, rawObject(plumbing.BlobObject, 100*mb, "", io.LimitReader(zeros{}, 100*mb))), "quota of 67108864 bytes"},
		"more than it says":       {rawPack(1, rawObject(plumbing.BlobObject, 10, "", io.LimitReader(zeros{}, 100*mb))), "the pack is not valid"},
		"less than it says":       {rawPack(1, rawObject(plumbing.BlobObject, 10, "", strings.NewReader("a"))), "the pack is not valid"},
		"a size of 2^63":          {rawPack(1, rawObject(plumbing.BlobObject, 1<<63, "", strings.NewReader("a"))), "the pack is not valid"},
		"4 billion objects":       {rawPack(1<<32 - 1)[:12], "the pack is not valid"},
		"a delta of 1 GB":         {rawPack(2, base, delta(1024*mb, 1024)), "comes as a difference to another"},
		"a delta that says 2^63":  {rawPack(2, base, delta(1<<63, 1)), "comes as a difference to another"},
		"40 deltas of 30 MB":      {rawPack(41, many...), "quota of 67108864 bytes"},
		"a delta without base":    {rawPack(1, delta(mb, 1)), "reference delta not found"},
		"a commit of 9 MB":        {rawPack(1, rawObject(plumbing.CommitObject, 9*mb, "", io.LimitReader(zeros{}, 9*mb))), "too large"},
		"a type that there isn't": {rawPack(1, rawObject(5, 1, "", strings.NewReader("a"))), "the pack is not valid"},
		"half a pack":             {good[:len(good)/2], "the pack is not valid"},
		"another checksum":        {append(bytes.Clone(good[:len(good)-1]), good[len(good)-1]^1), "checksum"},
		"no pack":                 {[]byte("something else"), "the pack is not valid"},
		"an empty pack":           {rawPack(0), "complete"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			out, err := s.push(first, next, test.pack)
			if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 16*mb {
				t.Errorf("%d bytes were allocated", after.TotalAlloc-before.TotalAlloc)
			}
			if err == nil || !strings.Contains(out, test.says) {
				t.Errorf("it is answered: %v, %q", err, out)
			}
			s.mustBe(1, first, objects)
		})
	}
	if out, err := s.push(first, next, good); err != nil {
		t.Errorf("a good pack: %v, %q", err, out)
	}
}

// TestFollow publishes in other ways: each publication is a commit.
func TestFollow(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	put := func(path, text string) {
		t.Helper()
		change, err := s.Begin(ada, "sftp")
		if err != nil {
			t.Fatal(err)
		}
		defer change.Close()
		if err := change.Put(path, strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		if _, err := change.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	put("bread.md", "# Bread\n")
	put("soup/index.md", "# Soup\n")
	tip := s.tip()
	next := c.post("# Bread\n\nFlour.\n", tip)
	if out, err := s.push(tip, next, c.pack()); err != nil || !strings.Contains(out, "removed\tsoup/index.md") {
		t.Fatalf("%v, %q", err, out)
	}
	put("tea.md", "# Tea\n")
	after := c.post("# Bread\n", next)
	pack := c.pack()
	if out, err := s.push(next, after, pack); err == nil || !strings.Contains(out, "something was published since") {
		t.Errorf("a push over a publication: %v, %q", err, out)
	}
	forced := c.post("# Bread\n")
	if out, err := s.push(s.tip(), forced, c.pack()); err == nil || !strings.Contains(out, "take back") {
		t.Errorf("a push of another history: %v, %q", err, out)
	}
	if s.generation() != 4 {
		t.Errorf("generation %d", s.generation())
	}
}

// TestInterrupted takes back one step after the other of a push, as if the server had been killed between them. The next use of
// the repository puts it right: the published files are those of its branch.
func TestInterrupted(t *testing.T) {
	for name, undone := range map[string]func(s *site, before map[string]string){
		"the note":                           func(s *site, before map[string]string) { s.write("git/generation", before["git/generation"]) },
		"a note of what was never published": func(s *site, before map[string]string) { s.write("git/generation", "99\n") },
		"the branch": func(s *site, before map[string]string) {
			s.write("git/generation", before["git/generation"])
			s.write("git/refs/heads/main", before["git/refs/heads/main"])
		},
		"the objects": func(s *site, before map[string]string) {
			for name, text := range s.read("git") {
				if old, ok := before[name]; !ok {
					s.remove(name)
				} else if old != text {
					s.write(name, old)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := newSite(t, publish.DefaultLimits()), newClone(t)
			first := c.post("# Bread\n")
			if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
				t.Fatalf("%v, %q", err, out)
			}
			before := s.read("git")
			second := c.post("# Bread\n\nFlour.\n", first)
			sent := slices.Clone(c.added)
			if out, err := s.push(first, second, c.pack()); err != nil {
				t.Fatalf("%v, %q", err, out)
			}
			undone(s, before)
			s.write("staging/999999999-1/objects/00/half", "what is half there")
			s = openSite(t, s.dir, publish.DefaultLimits())
			tip := s.tip()
			if kept := name == "the note"; kept != (tip == second) {
				t.Errorf("the tip is %s", tip)
			}
			if s.files("staging") > 0 {
				t.Error("something is left on its way in")
			}
			third := c.post("# Bread\n\nFlour and water.\n", second, tip) // as git pull makes one
			c.added = append(c.added, sent...)
			if out, err := s.push(tip, third, c.pack()); err != nil || !strings.Contains(out, "changed\tbread.md") {
				t.Errorf("the next push: %v, %q", err, out)
			}
			if s.generation() != 3 {
				t.Errorf("generation %d", s.generation())
			}
		})
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

// TestQuotaOfHistory: the history has a quota of its own, and what is published stays when it is reached.
func TestQuotaOfHistory(t *testing.T) {
	s, c := newSite(t, publish.Limits{Bytes: 100 << 10, Files: 100, Keep: 3}), newClone(t)
	tip := plumbing.ZeroHash
	for i := range 20 {
		next := c.post(fmt.Sprintf("# Bread\n\n%d\n", i), append([]plumbing.Hash{}, c.parents(tip)...)...)
		out, err := s.push(tip, next, c.pack())
		if err != nil {
			if i < 5 || !strings.Contains(out, "the history in Git has reached the site's quota") {
				t.Errorf("push %d: %v, %q", i, err, out)
			}
			if s.generation() != i {
				t.Errorf("generation %d", s.generation())
			}
			return
		}
		tip = next
	}
	t.Error("the history has no end")
}

func (c *clone) parents(tip plumbing.Hash) []plumbing.Hash {
	if tip.IsZero() {
		return nil
	}
	return []plumbing.Hash{tip}
}

// A waiting is a client that notes whether a session has the turn while it waits for it.
type waiting struct {
	io.Reader
	queue        *work.Queue
	used, inTurn int
}

func (w *waiting) look() {
	w.used++
	w.inTurn += w.queue.Running()
}

func (w *waiting) Read(p []byte) (int, error) {
	w.look()
	return w.Reader.Read(p)
}

func (w *waiting) Write(p []byte) (int, error) {
	w.look()
	return len(p), nil
}

// TestTurn: others have their turn while a push waits for its client.
func TestTurn(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	queue := work.NewQueue(1, 1<<20)
	first := c.post("# Bread\n")
	client := &waiting{bytes.NewReader(request(plumbing.ZeroHash, first, c.pack())), queue, 0, 0}
	session := git.Session{Context: t.Context(), Publisher: s.Publisher, Author: ada, Turn: queue.Turn(new(work.Source), nil), In: client, Out: client}
	var err error
	if !session.Turn.Do(work.Command, 0, func() { err = session.Receive() }) || err != nil || s.generation() != 1 {
		t.Errorf("generation %d, %v", s.generation(), err)
	}
	if client.used == 0 || client.inTurn > 0 || queue.Running() > 0 {
		t.Errorf("it had the turn %d of %d times, and %d run", client.inTurn, client.used, queue.Running())
	}
}

// TestGone: a push whose client goes before it is whole publishes nothing, and leaves nothing.
func TestGone(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	all := request(plumbing.ZeroHash, c.post("# Bread\n"), c.pack())
	in, feed := io.Pipe()
	go func() {
		_, _ = feed.Write(all[:len(all)-10])
		cancel(errors.New("the client is gone"))
		feed.CloseWithError(context.Cause(ctx))
	}()
	session := git.Session{Context: ctx, Publisher: s.Publisher, Author: ada, In: in, Out: io.Discard}
	if err := session.Receive(); err == nil || !strings.Contains(err.Error(), "the client is gone") {
		t.Errorf("it ends with %v", err)
	}
	if s.generation() != 0 || s.files("staging") > 0 {
		t.Errorf("generation %d, %d files are left", s.generation(), s.files("staging"))
	}
}

// TestTwoPushes pushes twice at once: one is published, and the other is told to pull.
func TestTwoPushes(t *testing.T) {
	s, c := newSite(t, publish.DefaultLimits()), newClone(t)
	first := c.post("# Bread\n")
	if out, err := s.push(plumbing.ZeroHash, first, c.pack()); err != nil {
		t.Fatalf("%v, %q", err, out)
	}
	answers := make(chan string)
	for i := range 2 {
		next := c.post(fmt.Sprintf("# Bread\n\n%d\n", i), first)
		pack := c.pack()
		go func() {
			out, _ := s.push(first, next, pack)
			answers <- out
		}()
	}
	both := <-answers + <-answers
	if strings.Count(both, "ok refs/heads/main") != 1 || strings.Count(both, "ng refs/heads/main") != 1 || s.generation() != 2 {
		t.Errorf("generation %d, %q", s.generation(), both)
	}
}

// TestNames: a client may write the repository's name in a few ways.
func TestNames(t *testing.T) {
	for name, want := range map[string]bool{"blog": true, "/blog": true, "blog.git": true, "/blog.git": true, "blog/": true, "": false, "/": false, "../blog": false, "notes": false} {
		if git.IsName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

// FuzzReceive sends any bytes as a push: it is published if the client is told so, and nothing is left of it on its way.
func FuzzReceive(f *testing.F) {
	c := newClone(f)
	whole := request(plumbing.ZeroHash, c.post("# Bread\n"), c.pack())
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add([]byte("0000"))
	f.Add([]byte("ffff"))
	f.Add(whole[:200])
	f.Fuzz(func(t *testing.T, sent []byte) {
		s := newSite(t, publish.Limits{Bytes: 1 << 20, Files: 100, Keep: 3})
		out, err := s.receive(sent)
		if published := strings.Contains(out, "ok refs/heads/main"); published != (s.generation() > 0) {
			t.Errorf("generation %d, %v, %q", s.generation(), err, out)
		}
		if n := s.files("staging"); n > 0 {
			t.Errorf("%d files are left", n)
		}
	})
}
