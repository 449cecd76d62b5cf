package upload

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"postern/content"
	"postern/content/publish"
	"postern/sshapp/publishing"
)

var ada = publishing.Author{Name: "ada", Key: "SHA256:a"}

const bread = "---\ntitle: On bread\ndate: 2026-01-02\n---\nFlour.\n"

// open opens an author's view of a site that nothing was published into.
func open(t *testing.T, limits publish.Limits) (*Workspace, *publishing.Publisher) {
	t.Helper()
	manual, err := content.NewScan(fstest.MapFS{"welcome.md": {Data: []byte("---\ndate: 2026-01-02\n---\nText.\n")}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := publishing.Open(filepath.Join(t.TempDir(), "site"), limits, "the manual", manual)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	w := New(p, ada, "sftp")
	t.Cleanup(func() { w.Close() })
	return w, p
}

// create begins a file and writes a text into it.
func create(t *testing.T, w *Workspace, name, text string) *File {
	t.Helper()
	f, err := w.Create(name, How{Create: true, Truncate: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte(text), 0); err != nil {
		t.Fatal(err)
	}
	return f
}

func save(t *testing.T, w *Workspace, name, text string) {
	t.Helper()
	if err := create(t, w, name, text).Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// published returns the paths that readers may see something of.
func published(t *testing.T, p *publishing.Publisher) []string {
	t.Helper()
	n, err := p.Store.Generation()
	if err != nil {
		t.Fatal(err)
	}
	files, err := p.Store.Files(n)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func read(t *testing.T, fsys fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestFileThatIsBeingWritten: the session that writes a file sees it at once, and nobody else sees anything of it.
func TestFileThatIsBeingWritten(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	f := create(t, w, "notes/bread.md", bread)
	if info, err := w.Stat("notes/bread.md"); err != nil || info.Size() != int64(len(bread)) {
		t.Errorf("the size is not seen: %v", err)
	}
	if entries, err := w.ReadDir("notes"); err == nil && len(entries) != 1 {
		t.Errorf("the directory has %d entries", len(entries))
	}
	if got := published(t, p); len(got) > 0 {
		t.Errorf("%q is published", got)
	}
	f.Discard()
	if _, err := w.Stat("notes/bread.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that was given up is there: %v", err)
	}
	if saved, err := p.Store.Saved(); len(saved) > 0 || err != nil {
		t.Errorf("a file that was given up is saved: %v, %v", saved, err)
	}
}

// TestPublishedFileIsNotWrittenInto: what readers see changes when the file is closed, and generations that share it don't.
func TestPublishedFileIsNotWrittenInto(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	save(t, w, "bread.md", bread)
	f, err := w.Create("bread.md", How{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("Rye and flour.\n"), int64(len(bread))); err != nil {
		t.Fatal(err)
	}
	whole := make([]byte, f.size())
	if _, err := f.ReadAt(whole, 0); err != nil || string(whole) != bread+"Rye and flour.\n" {
		t.Errorf("the file reads %q, %v", whole, err)
	}
	first, err := p.Store.FS(1)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if err := f.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := read(t, first.FS(), "bread.md"); got != bread {
		t.Errorf("the first generation has %q", got)
	}
	if got := read(t, w, "bread.md"); got != bread+"Rye and flour.\n" {
		t.Errorf("the site has %q", got)
	}
}

// TestSavedAndNotPublished: what is not whole, has an error, or is an editor's own stays on the desk.
func TestSavedAndNotPublished(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	save(t, w, "bread.md", bread)
	save(t, w, "empty.md", "")
	save(t, w, "soup.md~", bread)
	save(t, w, ".soup.md.swp", "swap")
	broken := create(t, w, "bread.md", strings.Replace(bread, "2026-01-02", "2026-13-02", 1))
	var refused *publish.CheckError
	if err := broken.Close(t.Context()); !errors.As(err, &refused) || !strings.Contains(err.Error(), "bread.md:3") {
		t.Errorf("the error is %v", err)
	}
	if got := published(t, p); !slices.Equal(got, []string{"bread.md"}) {
		t.Errorf("%q are published", got)
	}
	for _, name := range []string{"empty.md", "soup.md~", ".soup.md.swp"} {
		if _, err := w.Stat(name); err != nil {
			t.Error(err)
		}
	}
	if got := read(t, w, "bread.md"); !strings.Contains(got, "2026-13-02") {
		t.Errorf("the author's text is lost: %q", got)
	}
	if err := w.Rename(t.Context(), "soup.md~", "soup.md", false); err != nil {
		t.Error(err)
	}
	if got := published(t, p); !slices.Equal(got, []string{"bread.md", "soup.md"}) {
		t.Errorf("%q are published", got)
	}
}

// TestFileThatIsOpenIsRemovedAndRenamed: a mount by sshfs closes a file some time after its program has, so that the program's next
// step may come first.
func TestFileThatIsOpenIsRemovedAndRenamed(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	save(t, w, "bread.md", bread)

	swap := create(t, w, ".bread.md.swp", "")
	if err := w.Remove(t.Context(), ".bread.md.swp"); err != nil {
		t.Error(err)
	}
	again, err := w.Create(".bread.md.swp", How{Create: true, Exclusive: true})
	if err != nil {
		t.Fatalf("a file that was removed is in the way: %v", err)
	}
	if err := swap.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := w.Stat(".bread.md.swp"); err != nil {
		t.Errorf("closing a removed file hides the one that has its name now: %v", err)
	}
	again.Discard()
	if saved, err := p.Store.Saved(); len(saved) > 0 || err != nil {
		t.Errorf("a file that was removed is saved: %v, %v", saved, err)
	}

	rye, old := create(t, w, "sedAbCdEf", bread+"Rye.\n"), create(t, w, "bread.md", "")
	if err := w.Rename(t.Context(), "sedAbCdEf", "bread.md", true); err != nil {
		t.Error(err)
	}
	if info, err := w.Stat("bread.md"); err != nil || info.Size() != rye.size() {
		t.Errorf("the file isn't seen under its new name: %v", err)
	}
	if err := rye.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := old.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if got := read(t, w, "bread.md"); got != bread+"Rye.\n" {
		t.Errorf("the file that was replaced is back: %q", got)
	}

	f := create(t, w, "bread.md", bread+"Spelt.\n")
	if err := w.Rename(t.Context(), "bread.md", "spelt.md", true); err != nil {
		t.Error(err)
	}
	if err := f.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if got := read(t, w, "spelt.md"); got != bread+"Spelt.\n" {
		t.Errorf("the text is lost: %q", got)
	}
	if got := published(t, p); !slices.Equal(got, []string{"spelt.md"}) {
		t.Errorf("%q are published", got)
	}
	if saved, err := p.Store.Saved(); len(saved) > 0 || err != nil {
		t.Errorf("%v is saved, %v", saved, err)
	}
}

// TestRemovedFileThatIsRead: sshfs gives a file that is removed while a program has it open another name until that is done.
func TestRemovedFileThatIsRead(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	save(t, w, "bread.md", bread)
	save(t, w, "soup.md", bread)
	const hidden = ".fuse_hidden0000000700000001"
	if err := w.Rename(t.Context(), "bread.md", hidden, true); err != nil {
		t.Fatal(err)
	}
	if got := published(t, p); !slices.Equal(got, []string{"soup.md"}) {
		t.Errorf("%q are published", got)
	}
	if got := read(t, w, hidden); got != bread {
		t.Errorf("who still reads the file gets %q", got)
	}
	if err := w.Remove(t.Context(), hidden); err != nil {
		t.Error(err)
	}
	if saved, err := p.Store.Saved(); len(saved) > 0 || err != nil {
		t.Errorf("%v is saved, %v", saved, err)
	}
}

// TestRenameOntoSaved: what has a name now is what its author sees under it.
func TestRenameOntoSaved(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	save(t, w, "bread.md", bread)
	broken := strings.Replace(bread, "2026-01-02", "2026-13-02", 1)
	if err := create(t, w, "soup.md", broken).Close(t.Context()); err == nil {
		t.Fatal("a post with an error is published")
	}
	if err := w.Rename(t.Context(), "bread.md", "soup.md", true); err != nil {
		t.Fatal(err)
	}
	if got := read(t, w, "soup.md"); got != bread {
		t.Errorf("the file that was replaced is still there: %q", got)
	}
	if err := create(t, w, "soup.md", broken).Close(t.Context()); err == nil {
		t.Fatal("a post with an error is published")
	}
	if err := w.Rename(t.Context(), "soup.md", "soup.md~", true); err != nil {
		t.Fatal(err)
	}
	if got := read(t, w, "soup.md~"); got != broken {
		t.Errorf("an editor's copy isn't what its author saw: %q", got)
	}
	if got := published(t, p); !slices.Equal(got, []string{"soup.md"}) {
		t.Errorf("%q are published", got)
	}
}

func TestNamesThatExist(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	save(t, w, "bread.md", bread)
	save(t, w, "soup.md", bread)
	if _, err := w.Create("bread.md", How{Create: true, Exclusive: true}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file is made twice: %v", err)
	}
	if _, err := w.Create("pie.md", How{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file is made that was to be there: %v", err)
	}
	if err := w.Mkdir("bread.md"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a directory is made in place of a file: %v", err)
	}
	if err := w.Rename(t.Context(), "soup.md", "bread.md", false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file is replaced: %v", err)
	}
	if err := w.Rename(t.Context(), "soup.md", "bread.md", true); err != nil {
		t.Error(err)
	}
	if err := w.Rename(t.Context(), "none.md", "pie.md", true); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing has another name: %v", err)
	}
	if err := w.Rename(t.Context(), "bread.md", "bread.md", true); err != nil {
		t.Error(err)
	}
	save(t, w, "images/loaf.png", "loaf")
	if err := w.Rename(t.Context(), "bread.md", "images", true); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file replaces a directory: %v", err)
	}
	if err := w.Rename(t.Context(), "images", "images/old", true); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a directory is put into itself: %v", err)
	}
	if err := w.Remove(t.Context(), "images/loaf.png"); err != nil {
		t.Error(err)
	}
	if err := w.Remove(t.Context(), "soup.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is gone is removed: %v", err)
	}
	if got := published(t, p); !slices.Equal(got, []string{"bread.md"}) {
		t.Errorf("%q are published", got)
	}
}

// TestDirectories: they are there for whoever makes them, with or without a file, and take their files along.
func TestDirectories(t *testing.T) {
	w, p := open(t, publish.DefaultLimits())
	if err := w.Mkdir("notes"); err != nil {
		t.Fatal(err)
	}
	if info, err := w.Stat("notes"); err != nil || !info.IsDir() {
		t.Errorf("the directory isn't there: %v", err)
	}
	save(t, w, "notes/bread.md", bread)
	save(t, w, "notes/draft.md~", bread)
	if err := w.Rmdir("notes"); !errors.Is(err, errNotEmpty) {
		t.Errorf("a directory with files is removed: %v", err)
	}
	if err := w.Rename(t.Context(), "notes", "old", false); err != nil {
		t.Fatal(err)
	}
	if got := published(t, p); !slices.Equal(got, []string{"old/bread.md"}) {
		t.Errorf("%q are published", got)
	}
	if saved, _ := p.Store.Saved(); len(saved) != 1 || saved["old/draft.md~"] == (publish.File{}) {
		t.Errorf("%v is saved", saved)
	}
}

// TestQuotaOfWorkspace: an author can't fill the disk, with bytes, files or directories.
func TestQuotaOfWorkspace(t *testing.T) {
	w, p := open(t, publish.Limits{Bytes: 1000, Files: 3, Keep: 2})
	var quota *publish.QuotaError
	f := create(t, w, "bread.md", bread)
	if _, err := f.WriteAt([]byte("x"), 1<<40); !errors.As(err, &quota) {
		t.Errorf("a terabyte is written: %v", err)
	}
	if err := f.Close(t.Context()); !errors.As(err, &quota) {
		t.Errorf("half of a file is taken for the whole: %v", err)
	}
	if _, err := w.Stat("bread.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half of a file is kept: %v", err)
	}
	save(t, w, "bread.md", bread)
	for i := range 4 {
		if err := w.Mkdir("d" + string(rune('0'+i))); i == 3 && !errors.As(err, &quota) {
			t.Errorf("directories are not bounded: %v", err)
		}
	}
	for i := range 4 {
		_, err := w.Create("f"+string(rune('0'+i)), How{Create: true})
		if i == 3 && !errors.As(err, &quota) {
			t.Errorf("open files are not bounded: %v", err)
		}
	}
	if got := published(t, p); !slices.Equal(got, []string{"bread.md"}) {
		t.Errorf("%q are published", got)
	}
}
