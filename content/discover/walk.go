// Package discover finds out which files of a directory are posts, in whatever way their blog's generator keeps them.
package discover

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"postern/content/problem"
	"postern/content/sanitize"
)

// A walk finds every file below a directory that may hold anything: endless links, pipes, a million entries. What must
// hold: nothing is opened but directories, no directory twice, and time and memory are bounded by the limits below.
const (
	maxEntries = 200_000 // in all; the largest blog known has 4,723 posts
	maxLevels  = 32      // of directories
)

// A LeftOut is a file or directory that was not taken for a post.
type LeftOut struct {
	Path   string `json:"path"` // slash-separated, relative to the directory that was loaded; safe to show
	Why    string `json:"why"`
	Reason Reason `json:"-"`
}

// A Reason says whether an author is likely to be surprised by what was left out.
type Reason int

const (
	Expected  Reason = iota
	Elsewhere        // it is Markdown that is not where the posts are
	Foreign          // it is where the posts are, and not Markdown
)

// A Tree is what a walk has found. Its slices are sorted.
type Tree struct {
	Posts    []TreeFile // Markdown files
	Files    []string   // all others, for the images and downloads that posts link to
	Dirs     []string   // those that were opened
	Unread   []string   // those that are there, and could not be
	Problems []problem.Problem
	LeftOut  []LeftOut
}

// A TreeFile is a Markdown file in a tree.
type TreeFile struct {
	Path     string
	Size     int64 // -1 if it isn't known
	Modified time.Time
	Unread   bool // its directory can't be read now
}

func (f *TreeFile) stat(info fs.FileInfo, err error) {
	if f.Size = -1; err == nil {
		f.Size, f.Modified = info.Size(), info.ModTime()
	}
}

// Sort sorts the slices by path.
func (t *Tree) Sort() {
	slices.SortFunc(t.Posts, func(a, b TreeFile) int { return strings.Compare(a.Path, b.Path) })
	slices.Sort(t.Files)
	slices.Sort(t.Dirs)
	slices.SortFunc(t.LeftOut, func(a, b LeftOut) int { return strings.Compare(a.Path, b.Path) })
	problem.Sort(t.Problems)
}

// Recall adds what an older tree has in directories that can't be read now.
func (t *Tree) Recall(old Tree) {
	for _, dir := range t.Unread {
		for _, f := range old.Posts {
			if Contains(dir, f.Path) {
				t.Posts = append(t.Posts, TreeFile{Path: f.Path, Unread: true})
			}
		}
		for _, f := range old.Files {
			if Contains(dir, f) {
				t.Files = append(t.Files, f)
			}
		}
	}
	if len(t.Unread) > 0 {
		t.Sort()
	}
}

// Equal reports whether two trees have the same names.
func (t Tree) Equal(other Tree) bool {
	return slices.EqualFunc(t.Posts, other.Posts, func(a, b TreeFile) bool { return a.Path == b.Path }) &&
		slices.Equal(t.Files, other.Files) && slices.Equal(t.Dirs, other.Dirs) &&
		slices.Equal(t.Problems, other.Problems) && slices.Equal(t.LeftOut, other.LeftOut)
}

// A walker is a walk under way.
type walker struct {
	fsys    fs.FS
	entries int
	tree    Tree
	links   []string      // names of symbolic links, followed when all else is known
	seen    []fs.FileInfo // the directories read, for links to directories
}

// Walk walks over fsys. The error is for a root that can't be read.
func Walk(fsys fs.FS) (Tree, error) {
	w := &walker{fsys: fsys}
	if err := w.dir(".", 0); err != nil {
		return Tree{}, err
	}
	// Links come last, so that what one leads to is already known where it lies within the root, and never read twice.
	slices.Sort(w.links)
	for n := 0; n < len(w.links); n++ {
		w.follow(w.links[n])
	}
	w.tree.Sort()
	return w.tree, nil
}

func (w *walker) problem(name string, severity problem.Severity, message, hint string) {
	w.tree.Problems = append(w.tree.Problems, problem.Problem{File: sanitize.FileName(name), Severity: severity, Message: message, Hint: hint})
}

// dir reads a directory and those below it. What can't be read is a problem; of the directory itself, the error too.
func (w *walker) dir(name string, level int) error {
	if level > maxLevels {
		w.problem(name, problem.Error, "directories are nested deeper than 32; this one is not read", "move it up")
		return nil
	}
	names, err := w.read(name)
	if err != nil {
		w.problem(name, problem.Error, "can't be read: "+problem.Reason(err), "")
		w.tree.Unread = append(w.tree.Unread, name)
	}
	if w.entries >= maxEntries {
		w.problem(name, problem.Error, "there are more than 200,000 files; those that come after are not read", "serve the directory of the posts")
		return nil
	}
	slices.Sort(names)
	for _, sub := range names {
		w.dir(sub, level+1)
	}
	return err
}

// read files the entries of one directory, and returns the directories among them.
func (w *walker) read(name string) (dirs []string, err error) {
	f, err := w.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w.tree.Dirs = append(w.tree.Dirs, name)
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("it is not a directory")
	}
	if info, err := f.Stat(); err == nil {
		w.seen = append(w.seen, info)
	}
	for w.entries < maxEntries {
		const atOnce = 1024
		entries, err := d.ReadDir(atOnce)
		for _, e := range entries {
			if w.entry(name, e) {
				dirs = append(dirs, path.Join(name, e.Name()))
			}
		}
		if err == io.EOF || err == nil && len(entries) == 0 {
			break
		}
		if err != nil {
			return dirs, err
		}
	}
	return dirs, nil
}

// entry files one entry of a directory, and reports whether it is a directory to read.
func (w *walker) entry(dir string, e fs.DirEntry) bool {
	w.entries++
	name := path.Join(dir, e.Name())
	switch kind := e.Type(); {
	case strings.HasPrefix(e.Name(), "."):
		if kind.IsRegular() && IsMarkdown(name) {
			w.tree.LeftOut = append(w.tree.LeftOut, LeftOut{Path: sanitize.FileName(name), Why: "a name that begins with a dot"})
		}
		return false
	case kind.IsDir() && (e.Name() == "node_modules" || e.Name() == "bower_components"):
		w.tree.LeftOut = append(w.tree.LeftOut, LeftOut{Path: sanitize.FileName(name), Why: "it holds other people's programs"})
		return false
	case kind.IsDir():
		return true
	case kind&fs.ModeSymlink != 0:
		w.links = append(w.links, name)
	case !fs.ValidPath(name):
		w.problem(name, problem.Error, "its name is not UTF-8", "rename it")
	case kind.IsRegular() && IsMarkdown(name):
		f := TreeFile{Path: name}
		f.stat(e.Info())
		w.tree.Posts = append(w.tree.Posts, f)
	case kind.IsRegular():
		w.tree.Files = append(w.tree.Files, name)
	case IsMarkdown(name):
		w.problem(name, problem.Error, "it is not a file, but a pipe, socket or device", "take it out")
	}
	return false
}

// follow looks where a symbolic link leads.
func (w *walker) follow(name string) {
	info, err := fs.Stat(w.fsys, name)
	switch {
	case err == nil && w.leadsToHidden(name):
		w.tree.LeftOut = append(w.tree.LeftOut, LeftOut{Path: sanitize.FileName(name), Why: "it is a link to something hidden: a name on the way begins with a dot"})
	case err != nil:
		w.problem(name, problem.Warning, "the link leads nowhere, or out of the directory: "+problem.Reason(err), "copy what it leads to")
	case info.IsDir():
		for _, seen := range w.seen {
			if os.SameFile(seen, info) {
				w.tree.LeftOut = append(w.tree.LeftOut, LeftOut{Path: sanitize.FileName(name), Why: "it is a link to a directory that is read already"})
				return
			}
		}
		w.dir(name, strings.Count(name, "/")+1)
	case info.Mode().IsRegular() && IsMarkdown(name):
		if w.known(name) {
			w.tree.LeftOut = append(w.tree.LeftOut, LeftOut{Path: sanitize.FileName(name), Why: "it is a link to a post that is read already"})
			return
		}
		f := TreeFile{Path: name}
		f.stat(info, nil)
		w.tree.Posts = append(w.tree.Posts, f)
	case info.Mode().IsRegular():
		w.tree.Files = append(w.tree.Files, name)
	case IsMarkdown(name):
		w.problem(name, problem.Error, "it is a link to a pipe, socket or device", "take it out")
	}
}

// leadsToHidden reports whether a link leads to a file or directory that wouldn't be read itself, since its name or that of a
// directory above it begins with a dot. Two dots are Kubernetes's own, which swaps mounted files by such a link.
func (w *walker) leadsToHidden(name string) bool {
	const maxLinks = 40 // as Linux follows
	for range maxLinks {
		dir, next := ".", ""
		for part, rest := "", name; rest != "" && next == ""; {
			part, rest, _ = strings.Cut(rest, "/")
			if strings.HasPrefix(part, ".") && !strings.HasPrefix(part, "..") {
				return true
			}
			link := path.Join(dir, part)
			if target, err := fs.ReadLink(w.fsys, link); err == nil {
				next = path.Join(dir, target, rest)
			}
			dir = link
		}
		if next == "" {
			return false
		}
		name = next
	}
	return true
}

// known reports whether a link leads straight to a Markdown file that the walk has met.
func (w *walker) known(name string) bool {
	target, err := fs.ReadLink(w.fsys, name)
	if err != nil {
		return false
	}
	target = path.Join(path.Dir(name), target)
	return slices.ContainsFunc(w.tree.Posts, func(f TreeFile) bool { return f.Path == target })
}

// IsMarkdown reports whether a file of that name is read as Markdown.
func IsMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx":
		return true
	}
	return false
}
