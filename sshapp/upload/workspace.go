// Package upload is the site as a tree of files that its authors write, for ways in that know files and nothing else, such as
// SFTP. Saving isn't publishing: a file that is closed is on the desk whatever is wrong with it, and is published by itself if
// it is whole and without an error.
package upload

import (
	"context"
	"crypto/rand"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"postern/content/publish"
	"postern/sshapp/check"
	"postern/sshapp/publishing"
)

// A Workspace is the site as one author sees it in one session: what is published, the desk over it, and over both what the
// session is writing. Paths are slash-separated and relative, as in [fs.FS], and "." is the root. It is for one goroutine, but
// for the files that Open returns.
type Workspace struct {
	publisher  *publishing.Publisher
	author     publishing.Author
	way        string
	session    string           // marks its publications, which are one in the history
	generation int              // that tree is of
	tree       *publish.Overlay // nil until it is read, and after a publication
	writing    []*File          // that are open and have a name, in the order in which they were opened
	made       map[string]bool  // directories that the session has made: on the disk they are there with their first file
	first      int              // the first generation that the session has published; 0 for none
}

// New returns an author's view of a site. The way is what the log calls it, such as "sftp". The caller closes it.
func New(p *publishing.Publisher, author publishing.Author, way string) *Workspace {
	return &Workspace{publisher: p, author: author, way: way, session: rand.Text(), made: map[string]bool{}}
}

// Close gives up what is still being written.
func (w *Workspace) Close() error {
	for _, f := range slices.Clone(w.writing) {
		f.Discard()
	}
	return w.drop()
}

// written returns the file that is being written under a name, the one that was opened last; nil if there is none.
func (w *Workspace) written(name string) *File {
	for _, f := range slices.Backward(w.writing) {
		if f.name == name {
			return f
		}
	}
	return nil
}

// drop closes the tree, which no longer shows what is there.
func (w *Workspace) drop() error {
	if w.tree == nil {
		return nil
	}
	defer func() { w.tree = nil }()
	return w.tree.Close()
}

// Home returns the directory that relative paths of the session begin in: that of the posts, so that a post lands among them.
func (w *Workspace) Home() string {
	if n, err := w.publisher.Store.Generation(); n == 0 || err != nil {
		return "."
	}
	return w.publisher.Site.Library().Root()
}

// files returns what is saved or published, as it is now.
func (w *Workspace) files() (*publish.Overlay, error) {
	n, err := w.publisher.Store.Generation()
	if err != nil {
		return nil, err
	}
	if w.tree != nil && w.generation == n {
		return w.tree, nil
	}
	if err := w.drop(); err != nil {
		return nil, err
	}
	w.generation = n
	w.tree, err = w.publisher.Store.Desk()
	return w.tree, err
}

// Open implements [fs.FS]. A file that is being written is not seen in it before it is closed.
func (w *Workspace) Open(name string) (fs.File, error) {
	tree, err := w.files()
	if err != nil {
		return nil, err
	}
	return tree.Open(name)
}

// Stat implements [fs.StatFS]. A file that the session is writing is as large as it is by now.
func (w *Workspace) Stat(name string) (fs.FileInfo, error) {
	if f := w.written(name); f != nil {
		return fileInfo(f), nil
	}
	tree, err := w.files()
	if err != nil {
		return nil, err
	}
	info, err := tree.Stat(name)
	if err != nil && (w.made[name] || name == ".") {
		return directoryInfo(name), nil
	}
	return info, err
}

// ReadDir implements [fs.ReadDirFS].
func (w *Workspace) ReadDir(name string) ([]fs.DirEntry, error) {
	tree, err := w.files()
	if err != nil {
		return nil, err
	}
	entries, err := tree.ReadDir(name)
	if err != nil && !w.made[name] && name != "." {
		return nil, err
	}
	known := map[string]bool{}
	for _, e := range entries {
		known[e.Name()] = true
	}
	add := func(at string, info fs.FileInfo) {
		if path.Dir(at) == name && !known[info.Name()] {
			known[info.Name()] = true
			entries = append(entries, fs.FileInfoToDirEntry(info))
		}
	}
	for _, f := range slices.Backward(w.writing) {
		add(f.name, fileInfo(f))
	}
	for at := range w.made {
		add(at, directoryInfo(at))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// Mkdir makes a directory. Only its author sees it, in this connection, until a file is saved in it.
func (w *Workspace) Mkdir(name string) error {
	if err := publish.CheckPath(name); err != nil {
		return err
	}
	if _, err := w.Stat(name); err == nil {
		return &fs.PathError{Op: "mkdir", Path: name, Err: fs.ErrExist}
	}
	if len(w.made) >= w.publisher.MaxFiles {
		return &publish.QuotaError{What: "files", Limit: int64(w.publisher.MaxFiles)}
	}
	w.made[name] = true
	return nil
}

// Rmdir removes a directory that holds nothing. Those that held something went with their last file.
func (w *Workspace) Rmdir(name string) error {
	entries, err := w.ReadDir(name)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return &fs.PathError{Op: "rmdir", Path: name, Err: errNotEmpty}
	}
	delete(w.made, name)
	return nil
}

// Remove takes a file off the desk, and out of the site if it is published. What is being written under that name is not saved
// when it is closed: a mount may close a file after its program has removed it.
func (w *Workspace) Remove(ctx context.Context, name string) error {
	saved, published, err := w.under(name)
	if err != nil {
		return err
	}
	if !w.unname(name) && saved[name] == (publish.File{}) && published[name] == (publish.File{}) {
		return &fs.PathError{Op: "remove", Path: name, Err: fs.ErrNotExist}
	}
	if published[name] != (publish.File{}) {
		if err := w.unpublish(ctx, published); err != nil {
			return err
		}
	}
	if saved[name] != (publish.File{}) {
		return w.publisher.Store.Discard(name)
	}
	return nil
}

// unpublish takes files out of the site.
func (w *Workspace) unpublish(ctx context.Context, published map[string]publish.File) error {
	c, err := w.begin()
	if err != nil {
		return err
	}
	defer c.Close()
	for name := range published {
		c.Remove(name)
	}
	return w.commit(ctx, c)
}

// unname takes the name of the files that are being written under it. It reports whether there are any.
func (w *Workspace) unname(name string) bool {
	before := len(w.writing)
	w.writing = slices.DeleteFunc(w.writing, func(f *File) bool {
		f.removed = f.name == name
		return f.removed
	})
	return len(w.writing) < before
}

// under returns what is saved and what is published at a path, and below it.
func (w *Workspace) under(name string) (saved, published map[string]publish.File, err error) {
	n, err := w.publisher.Store.Generation()
	if err != nil {
		return nil, nil, err
	}
	if published, err = w.publisher.Store.Files(n); err != nil {
		return nil, nil, err
	}
	if saved, err = w.publisher.Store.Saved(); err != nil {
		return nil, nil, err
	}
	elsewhere := func(at string, _ publish.File) bool { return !isUnder(at, name) }
	maps.DeleteFunc(saved, elsewhere)
	maps.DeleteFunc(published, elsewhere)
	return saved, published, nil
}

// isUnder reports whether a path is that of a file or a directory, or below it.
func isUnder(at, name string) bool { return at == name || strings.HasPrefix(at, name+"/") }

// begin begins a change of the session.
func (w *Workspace) begin() (*publishing.Change, error) {
	c, err := w.publisher.Begin(w.author, w.way)
	if err == nil {
		c.Session = w.session
	}
	return c, err
}

// commit publishes a change, if it changes anything.
func (w *Workspace) commit(ctx context.Context, c *publishing.Change) error {
	r, err := c.Commit(ctx)
	if w.first == 0 {
		w.first = r.Generation
	}
	return err
}

// Published returns what the session has published, and what is wrong with it by now. It is one publication, or several if others
// have published in between.
func (w *Workspace) Published(ctx context.Context) ([]publishing.Result, error) {
	if w.first == 0 {
		return nil, nil
	}
	history, err := w.publisher.Store.History(w.first - 1)
	var all []publishing.Result
	now := w.publisher.Site.Library()
	for _, done := range history {
		if done.Session != w.session {
			continue
		}
		touched := slices.Concat(done.Added, done.Changed)
		slices.Sort(touched)
		done.Problems = check.Since(ctx, now, now, touched)
		all = append(all, w.publisher.ResultOf(done))
	}
	return all, err
}
