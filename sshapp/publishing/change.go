package publishing

import (
	"context"
	"io"
	"maps"

	"postern/content/publish"
)

// An Author is who publishes, as a key has proved.
type Author = publish.Author

// A Change is a change of the site that is on its way in. It is for one goroutine. Nobody sees it before Commit.
type Change struct {
	// Base is the generation that the author had before them, at first the one that was current at Begin; 0 for whatever is
	// current at Commit. What somebody else has published since is not overwritten.
	Base   int
	Whole  bool // the files that are put are all that is to be there
	DryRun bool // everything is done but the publishing

	Session string // see [publish.Change]

	author    Author
	way       string
	publisher *Publisher
	upload    *publish.Upload
	put       map[string]publish.File
	remove    []string
}

// Begin begins a change by an author. The way is what the log calls it, such as "sftp". The caller closes the change.
func (p *Publisher) Begin(author Author, way string) (*Change, error) {
	base, err := p.Store.Generation()
	if err != nil {
		return nil, err
	}
	upload, err := p.Store.NewUpload()
	if err != nil {
		return nil, err
	}
	return &Change{Base: base, author: author, way: way, publisher: p, upload: upload, put: map[string]publish.File{}}, nil
}

// Put takes in a file that is to be at a path of the tree. The error is a [publish.QuotaError] if there is no room for it.
func (c *Change) Put(path string, r io.Reader) error {
	if err := publish.CheckPath(path); err != nil {
		return err
	}
	f, err := c.upload.Add(r)
	if err == nil {
		c.put[path] = f
	}
	return err
}

// Create begins a file that is to be at a path of the tree, for who writes it in pieces. The caller closes the writer before
// Commit.
func (c *Change) Create(path string) (*publish.Writer, error) {
	if err := publish.CheckPath(path); err != nil {
		return nil, err
	}
	f, w, err := c.upload.Create()
	if err == nil {
		c.put[path] = f
	}
	return w, err
}

// PutFile has a file of the site at a path of the tree: one of the desk, or of another generation.
func (c *Change) PutFile(path string, f publish.File) { c.put[path] = f }

// Move has a file of the change at another path of the tree than the one that it was put at.
func (c *Change) Move(from, to string) {
	c.put[to] = c.put[from]
	delete(c.put, from)
}

// Remove has nothing at a path of the tree.
func (c *Change) Remove(path string) {
	delete(c.put, path)
	c.remove = append(c.remove, path)
}

// Save puts the change's files on the desk, in the place of what is there, and publishes nothing.
func (c *Change) Save() error {
	if err := c.upload.Sync(); err != nil {
		return err
	}
	for path, f := range c.put {
		if err := c.publisher.Store.Save(path, f); err != nil {
			return err
		}
	}
	return nil
}

// Commit publishes the change, and shows it to readers. The errors are those of [publish.Site.Commit].
func (c *Change) Commit(ctx context.Context) (Result, error) {
	if err := c.upload.Sync(); err != nil {
		return Result{}, err
	}
	done, err := c.publisher.Store.Commit(ctx, publish.Change{
		Author: c.author, Way: c.way, Base: c.Base, Put: maps.Clone(c.put), Remove: c.remove, Whole: c.Whole, DryRun: c.DryRun, Session: c.Session,
	})
	return c.publisher.result(done, c.DryRun, err)
}

// Close removes what was neither published nor saved.
func (c *Change) Close() error { return c.upload.Close() }
