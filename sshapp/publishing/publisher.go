// Package publishing is what all ways into a published site share. A way in, such as a command, SFTP or git, fills a [Change]
// for the author whose key was proved, and commits it: the tree is checked as `postern check` does, becomes a generation whole or
// not at all, and is what readers see when Commit returns.
//
//	c, err := publisher.Begin(author, "sftp") // the base is what is published now
//	defer c.Close()
//	err = c.Put("posts/bread.md", r)          // bounded by the site's quota
//	done, err := c.Commit(ctx)                // or: c.Save keeps the file on the desk
//	done.Print(stdout, stderr, host)          // what was added, changed and removed, with addresses; warnings
//
// An error of Commit is for the author, and one of those of [publish.Site.Commit]; its text names each file and line. With any
// of them the site is what it was.
package publishing

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"postern/content"
	"postern/content/live"
	"postern/content/problem"
	"postern/content/publish"
	"postern/sshapp/check"
	"postern/sshapp/site"
)

// A Publisher publishes into a site and shows readers what is published. It is safe for concurrent use.
type Publisher struct {
	Store *publish.Site // what is kept on disk. Its Commit, Undo and Unpublish show readers nothing: those of the Publisher do
	Site  *site.Site    // what readers see
	Log   *slog.Logger  // gets a record for each publication; may be set before the first

	MaxFiles int // of the tree

	mu      sync.Mutex // held while the shown generation is replaced
	shown   int        // the generation that Site shows
	checked checked    // the tree that was checked last, which may be the next to be shown

	previewing sync.Mutex
	preview    Preview // what Preview returned last, at first without a library; guarded by previewing
}

// checked is a tree that was read to be checked. The zero checked is no tree.
type checked struct {
	scan *content.Scan
	dir  fs.FileInfo
}

// isAt reports whether a directory is the one that was checked, which is renamed to be a generation. Another one may have got
// its number in the file system since, but was not changed last at the same time.
func (c checked) isAt(dir fs.FileInfo) bool {
	return c.scan != nil && os.SameFile(dir, c.dir) && dir.ModTime().Equal(c.dir.ModTime())
}

// Open opens the site in dir, which is made if it isn't there. Until the first publication readers see before, which people
// call name.
func Open(dir string, limits publish.Limits, name string, before *content.Scan) (*Publisher, error) {
	p := &Publisher{Log: slog.New(slog.DiscardHandler), MaxFiles: limits.Files}
	var err error
	if p.Store, err = publish.Open(dir, limits, p.check); err != nil {
		return nil, err
	}
	n, err := p.Store.Generation()
	if err != nil {
		return nil, err
	}
	if n > 0 {
		name = p.Store.Path()
	}
	p.Site = site.Fixed(name, before)
	_, err = p.show()
	return p, err
}

// Close waits for what goes on after a publication.
func (p *Publisher) Close() { p.Store.Close() }

// followTime is how often Follow looks for what another process has published: while one takes over from another, authors may
// come to either.
const followTime = time.Second

// Follow shows what other processes publish, until ctx is done. It calls tell after each change, and once for each error.
func (p *Publisher) Follow(ctx context.Context, tell func(live.Reload)) {
	told := ""
	tick := time.NewTicker(followTime)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		r, err := p.show()
		switch {
		case err != nil && err.Error() != told:
			told = err.Error()
			tell(live.Reload{Err: err})
		case err == nil && r != nil:
			told = ""
			tell(*r)
		}
	}
}

// show has readers see the current generation. It returns nil if they do already.
func (p *Publisher) show() (*live.Reload, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n, err := p.Store.Generation()
	if err != nil || n == p.shown {
		return nil, err
	}
	dir, err := os.Stat(p.Store.Path())
	if err != nil {
		return nil, err
	}
	var read *content.Scan
	if p.checked.isAt(dir) {
		read = p.checked.scan
	}
	r, err := p.Site.Replace(p.Store.Path(), read)
	if err != nil {
		return nil, err
	}
	p.shown, p.checked = n, checked{}
	r.Problems = append(r.Problems, p.Site.UpdateTheme()...)
	return &r, nil
}

// check is the [publish.Check] of the site. What is published already may have errors that an older version of the program did
// not find: they refuse only a change of their own files.
func (p *Publisher) check(staged fs.FS, changed []string) []problem.Problem {
	scan, shown := p.published()
	now, err := p.read(scan, shown, staged, changed)
	if err != nil {
		return []problem.Problem{{File: ".", Severity: problem.Error, Message: err.Error()}}
	}
	var old *content.Library
	if scan != nil {
		old = scan.Library()
	}
	return check.Since(context.Background(), old, now, changed)
}

// published returns the scan of what readers see, and its generation; nil before the first publication.
func (p *Publisher) published() (*content.Scan, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown == 0 {
		return nil, 0
	}
	return p.Site.Scan(), p.shown
}

// read reads a tree of which the changed files differ from the current generation. It may follow a scan of the generation that is
// shown, which may be nil.
func (p *Publisher) read(old *content.Scan, shown int, tree fs.FS, changed []string) (*content.Library, error) {
	if old == nil {
		return content.Read(tree)
	}
	dir, err := fs.Stat(tree, ".")
	if err != nil {
		return nil, err
	}
	base, err := p.Store.Generation()
	if err != nil {
		return nil, err
	}
	var now *content.Scan
	if base == shown {
		now, err = old.RereadFiles(tree, changed)
	} else { // another process has published
		now, err = old.Reread(tree)
	}
	if err != nil {
		return nil, err
	}
	if len(now.Unsettled()) > 0 {
		return content.Read(tree)
	}
	p.mu.Lock()
	p.checked = checked{now, dir}
	p.mu.Unlock()
	return now.Library(), nil
}
