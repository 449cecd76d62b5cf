package files

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/feed"
)

// The directories of a [Tree].
const (
	PostsDir    = "posts"
	picturesDir = "images"
)

// A Tree is what is published at a time, as a read-only file system. It has the posts as they were written, as posts/SLUG.md,
// or posts/LANG/SLUG.md for a translation whose slug is taken, where a slug may have slashes; the pictures, as images/PATH, with their paths in the blog's
// directory; and feed.xml and feed.json. It is for one client, and not safe for concurrent use. An open file has no file
// descriptor.
//
// A post is also found by its other addresses, as [content.Edition.Find] does, though no directory lists those.
type Tree struct {
	*snapshot
	turn *work.Turn
}

// A snapshot is what all trees of one edition share. It is immutable and safe for concurrent use.
type snapshot struct {
	source   *Source
	edition  *content.Edition
	modTime  time.Time // when a post was changed last; the time of directories and feeds
	listed   []*content.Post
	pictures work.Shared[[]picture]
	feeds    map[string]*work.Shared[[]byte] // by the names of their files
	posts    work.Shared[directories]
	images   work.Shared[directories]
	items    work.Shared[[]item]
}

// directories are the entries of a directory and of those below it, by the path of each directory, sorted by name.
type directories map[string][]fs.DirEntry

func newSnapshot(s *Source, edition *content.Edition) *snapshot {
	t := &snapshot{
		source: s, edition: edition, listed: slices.Concat(edition.Posts(), edition.Pages()), feeds: map[string]*work.Shared[[]byte]{},
	}
	for _, p := range t.listed {
		if changed := postTime(p); changed.After(t.modTime) {
			t.modTime = changed
		}
	}
	for _, as := range feed.Formats() {
		if as.File != "" {
			t.feeds[as.File] = &work.Shared[[]byte]{}
		}
	}
	return t
}

// feed returns the bytes of a feed's file.
func (t *Tree) feed(as feed.Format) ([]byte, error) {
	all, ok := t.feeds[as.File].Get(t.turn, work.Feed, 0, func() []byte {
		posts := t.edition.Posts()
		f := t.source.Feed(t.turn, t.edition, posts[:min(feed.Posts, len(posts))])
		f.Self = as.File
		var b bytes.Buffer
		_ = f.Write(&b, as) // a buffer has no errors
		return b.Bytes()
	})
	if !ok {
		return nil, pathError("read", as.File, errGone)
	}
	return all, nil
}

// epoch is the time of files without a date, and the earliest that tar and SFTP can express.
var epoch = time.Unix(0, 0).UTC()

// postTime returns the time of a post's file.
func postTime(p *content.Post) time.Time { return fileTime(p.Changed()) }

// fileTime returns a time as tar and SFTP can express it: in whole seconds, and not before the epoch.
func fileTime(t time.Time) time.Time {
	if t.Before(epoch) {
		return epoch
	}
	return t.UTC().Truncate(time.Second)
}

// postDirs returns the directories of posts; none if the client is gone.
func (t *Tree) postDirs() directories {
	all, _ := t.posts.Get(t.turn, work.List, 0, t.listPosts)
	return all
}

// imageDirs returns the directories of pictures; none if the client is gone.
func (t *Tree) imageDirs() directories {
	all, _ := t.images.Get(t.turn, work.List, 0, t.listImages)
	return all
}

func (t *Tree) listPosts() directories {
	all := directories{PostsDir: nil}
	for _, p := range t.listed {
		dir, base := path.Split(path.Join(PostsDir, t.edition.Address(p)+".md"))
		dir = path.Clean(dir)
		all[dir] = append(all[dir], &entry{tree: t.snapshot, name: base, post: p})
	}
	return t.addParents(all, PostsDir)
}

func (t *Tree) listImages() directories {
	all := directories{picturesDir: nil}
	for _, p := range t.shownPictures() {
		name := path.Join(picturesDir, p.name)
		dir := path.Dir(name)
		all[dir] = append(all[dir], &entry{tree: t.snapshot, name: path.Base(name), file: p.name, modTime: fileTime(p.modTime)})
	}
	return t.addParents(all, picturesDir)
}

// addParents adds the directories between root and those in all, and sorts the entries of each.
func (t *Tree) addParents(all directories, root string) directories {
	for _, dir := range slices.Collect(maps.Keys(all)) {
		for dir != root {
			up := path.Dir(dir)
			_, known := all[up]
			all[up] = append(all[up], &entry{tree: t.snapshot, name: path.Base(dir), dir: dir})
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

// root returns the entries of the top directory.
func (t *Tree) root() []fs.DirEntry {
	all := []fs.DirEntry{
		&entry{tree: t.snapshot, name: picturesDir, dir: picturesDir},
		&entry{tree: t.snapshot, name: PostsDir, dir: PostsDir},
	}
	for _, as := range feed.Formats() {
		if as.File != "" {
			all = append(all, &entry{tree: t.snapshot, name: as.File, feed: func() ([]byte, error) { return t.feed(as) }})
		}
	}
	slices.SortFunc(all, byName)
	return all
}

// ReadDir implements [fs.ReadDirFS]. The slice is shared and must not be changed.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "." {
		return t.root(), nil
	}
	if entries, ok := t.directoriesFor(name)[name]; ok {
		return entries, nil
	}
	if _, err := t.find("list", name); err != nil {
		return nil, err
	}
	return nil, pathError("list", name, errNotDir)
}

// directoriesFor returns the directories that a path may be in: those of the posts or of the pictures.
func (t *Tree) directoriesFor(name string) directories {
	switch top, _, _ := strings.Cut(name, "/"); top {
	case PostsDir:
		return t.postDirs()
	case picturesDir:
		return t.imageDirs()
	}
	return nil
}

// find returns the entry of a path.
func (t *Tree) find(op, name string) (*entry, error) {
	switch {
	case !fs.ValidPath(name):
		return nil, pathError(op, name, fs.ErrInvalid)
	case name == ".":
		return &entry{tree: t.snapshot, name: ".", dir: "."}, nil
	}
	dir, base := path.Dir(name), path.Base(name)
	if dir == "." {
		return find(t.root(), op, name, base)
	}
	if address, ok := strings.CutPrefix(name, PostsDir+"/"); ok {
		if p, ok := t.postAt(address); ok {
			return &entry{tree: t.snapshot, name: base, post: p}, nil
		}
	}
	return find(t.directoriesFor(name)[dir], op, name, base)
}

func find(entries []fs.DirEntry, op, name, base string) (*entry, error) {
	i, ok := slices.BinarySearchFunc(entries, base, func(e fs.DirEntry, base string) int { return strings.Compare(e.Name(), base) })
	if !ok {
		return nil, pathError(op, name, fs.ErrNotExist)
	}
	return entries[i].(*entry), nil
}

// postAt returns the post at a path below posts. In a directory, only addresses that are the post's as a whole are found.
func (t *Tree) postAt(name string) (*content.Post, bool) {
	address, ok := strings.CutSuffix(name, ".md")
	if !ok {
		return nil, false
	}
	p, ok := t.edition.Find(address)
	if !ok || strings.Contains(address, "/") && t.edition.Address(p) != address && !slices.Contains(p.Aliases, address) {
		return nil, false
	}
	return p, true
}

func pathError(op, name string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }
