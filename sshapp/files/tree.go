package files

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"postern/content"
	"postern/sshapp/feed"
)

// The directories of a [Tree].
const (
	PostsDir    = "posts"
	PicturesDir = "images"
)

// A Tree is what is published at one moment, as a read-only file system: posts/SLUG.md as they were written, those of other
// languages in posts/LANG where the slug is taken; images/PATH, by the paths that they have in the blog's directory; and
// feed.xml and feed.json. It is immutable and safe for concurrent use. An open file of it holds no descriptor.
//
// A post is also found by its other addresses, as [content.Edition.Find] does, though no directory lists those.
type Tree struct {
	edition  *content.Edition
	at       time.Time // when the newest post was changed last: the time of what isn't a post's own
	listed   []*content.Post
	pictures func() []picture
	feeds    []fs.DirEntry
	posts    func() directories
	images   func() directories
	archived func() []item
}

// directories are those below and with one of the tree's, by path; each is sorted by name.
type directories map[string][]fs.DirEntry

func newTree(s *Source, now *content.Edition) *Tree {
	t := &Tree{edition: now, listed: slices.Concat(now.Posts(), now.Pages())}
	for _, p := range t.listed {
		if at := changed(p); at.After(t.at) {
			t.at = at
		}
	}
	t.pictures = sync.OnceValue(func() []picture { return pictures(now, t.listed) })
	t.posts = sync.OnceValue(t.listPosts)
	t.images = sync.OnceValue(t.listImages)
	t.archived = sync.OnceValue(t.listItems)
	for _, as := range feed.Formats() {
		if as.File != "" {
			t.feeds = append(t.feeds, &entry{tree: t, name: as.File, feed: sync.OnceValue(func() []byte { return s.written(now, as) })})
		}
	}
	return t
}

// written returns a feed as a file.
func (s *Source) written(now *content.Edition, as feed.Format) []byte {
	f := s.Feed(now, now.Posts()[:min(feed.Posts, len(now.Posts()))])
	f.Self = as.File
	var b bytes.Buffer
	_ = f.Write(&b, as) // a buffer has no errors
	return b.Bytes()
}

// epoch is the time of what has none, and the earliest that a tar or SFTP knows.
var epoch = time.Unix(0, 0).UTC()

// changed is a post's time as a file, in whole seconds, which is what all formats have.
func changed(p *content.Post) time.Time { return modified(p.Changed()) }

func modified(at time.Time) time.Time {
	if at.Before(epoch) {
		return epoch
	}
	return at.UTC().Truncate(time.Second)
}

func (t *Tree) listPosts() directories {
	all := directories{PostsDir: nil}
	for _, p := range t.listed {
		dir, base := path.Split(path.Join(PostsDir, t.edition.Address(p)+".md"))
		dir = path.Clean(dir)
		all[dir] = append(all[dir], &entry{tree: t, name: base, post: p})
	}
	return t.complete(all, PostsDir)
}

func (t *Tree) listImages() directories {
	all := directories{PicturesDir: nil}
	for _, p := range t.pictures() {
		name := path.Join(PicturesDir, p.name)
		dir := path.Dir(name)
		all[dir] = append(all[dir], &entry{tree: t, name: path.Base(name), file: p.name, at: modified(p.at)})
	}
	return t.complete(all, PicturesDir)
}

// complete adds the directories that lead to others, and sorts all of them.
func (t *Tree) complete(all directories, root string) directories {
	for _, dir := range slices.Collect(maps.Keys(all)) {
		for dir != root {
			up := path.Dir(dir)
			_, known := all[up]
			all[up] = append(all[up], &entry{tree: t, name: path.Base(dir), dir: dir})
			if known {
				break
			}
			dir = up
		}
	}
	for _, entries := range all {
		slices.SortFunc(entries, byName)
	}
	return all
}

func byName(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }

// root lists what stands at the top.
func (t *Tree) root() []fs.DirEntry {
	all := append(slices.Clone(t.feeds),
		&entry{tree: t, name: PicturesDir, dir: PicturesDir},
		&entry{tree: t, name: PostsDir, dir: PostsDir})
	slices.SortFunc(all, byName)
	return all
}

// List returns what a directory holds, sorted by name. The slice is shared, and nobody may change it.
func (t *Tree) List(name string) ([]fs.DirEntry, error) {
	if name == "." {
		return t.root(), nil
	}
	if entries, ok := t.within(name)[name]; ok {
		return entries, nil
	}
	if _, err := t.find("list", name); err != nil {
		return nil, err
	}
	return nil, failure("list", name, errNotDir)
}

// within returns the directories among which the one of that name is, if there is one.
func (t *Tree) within(name string) directories {
	switch top, _, _ := strings.Cut(name, "/"); top {
	case PostsDir:
		return t.posts()
	case PicturesDir:
		return t.images()
	}
	return nil
}

// find returns what has a path.
func (t *Tree) find(op, name string) (*entry, error) {
	switch {
	case !fs.ValidPath(name):
		return nil, failure(op, name, fs.ErrInvalid)
	case name == ".":
		return &entry{tree: t, name: ".", dir: "."}, nil
	}
	dir, base := path.Dir(name), path.Base(name)
	if dir == "." {
		return find(t.root(), op, name, base)
	}
	if address, ok := strings.CutPrefix(name, PostsDir+"/"); ok {
		if p, ok := t.postAt(address); ok {
			return &entry{tree: t, name: base, post: p}, nil
		}
	}
	return find(t.within(name)[dir], op, name, base)
}

func find(entries []fs.DirEntry, op, name, base string) (*entry, error) {
	i, ok := slices.BinarySearchFunc(entries, base, func(e fs.DirEntry, base string) int { return strings.Compare(e.Name(), base) })
	if !ok {
		return nil, failure(op, name, fs.ErrNotExist)
	}
	return entries[i].(*entry), nil
}

// postAt returns the post that a path in the directory of posts means. An address of two parts must be the post's own.
func (t *Tree) postAt(name string) (*content.Post, bool) {
	address, ok := strings.CutSuffix(name, ".md")
	if !ok {
		return nil, false
	}
	p, ok := t.edition.Find(address)
	if !ok || strings.Contains(address, "/") && t.edition.Address(p) != address {
		return nil, false
	}
	return p, true
}

func failure(op, name string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }
