package content

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

// A tree is what a walk found. Its slices are sorted.
type tree struct {
	posts    []foundFile // Markdown files
	files    []string    // all others, for the images and downloads that posts link to
	dirs     []string    // those that were opened
	unread   []string    // those that are there, and could not be
	problems []problem.Problem
	leftOut  []LeftOut
}

// A foundFile file is one that may be read.
type foundFile struct {
	path     string
	size     int64 // -1 if it isn't known
	modified time.Time
	lost     bool // its directory can't be read now
}

func (f *foundFile) stat(info fs.FileInfo, err error) {
	if f.size = -1; err == nil {
		f.size, f.modified = info.Size(), info.ModTime()
	}
}

func (t *tree) sort() {
	slices.SortFunc(t.posts, func(a, b foundFile) int { return strings.Compare(a.path, b.path) })
	slices.Sort(t.files)
	slices.Sort(t.dirs)
	slices.SortFunc(t.leftOut, func(a, b LeftOut) int { return strings.Compare(a.Path, b.Path) })
	problem.Sort(t.problems)
}

// A walker is a walk under way.
type walker struct {
	fsys    fs.FS
	entries int
	tree    tree
	links   []string      // names of symbolic links, followed when all else is known
	seen    []fs.FileInfo // the directories read, for links to directories
}

// walkTree walks over fsys. The error is for a root that can't be read.
func walkTree(fsys fs.FS) (tree, error) {
	w := &walker{fsys: fsys}
	if err := w.dir(".", 0); err != nil {
		return tree{}, err
	}
	// Links come last, so that what one leads to is already known where it lies within the root, and never read twice.
	slices.Sort(w.links)
	for n := 0; n < len(w.links); n++ {
		w.follow(w.links[n])
	}
	w.tree.sort()
	return w.tree, nil
}

func (w *walker) problem(name string, severity problem.Severity, message, hint string) {
	w.tree.problems = append(w.tree.problems, problem.Problem{File: sanitize.FileName(name), Severity: severity, Message: message, Hint: hint})
}

// dir reads a directory and those below it. What can't be read is a problem; of the directory itself, the error too.
func (w *walker) dir(name string, level int) error {
	if level > maxLevels {
		w.problem(name, problem.Error, "directories are nested deeper than 32; this one is not read", "move it up")
		return nil
	}
	names, err := w.read(name)
	if err != nil {
		w.problem(name, problem.Error, "can't be read: "+reason(err), "")
		w.tree.unread = append(w.tree.unread, name)
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
	w.tree.dirs = append(w.tree.dirs, name)
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("it is no directory")
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
		if kind.IsRegular() && isMarkdown(name) {
			w.tree.leftOut = append(w.tree.leftOut, LeftOut{sanitize.FileName(name), "its name begins with a dot"})
		}
		return false
	case kind.IsDir() && (e.Name() == "node_modules" || e.Name() == "bower_components"):
		w.tree.leftOut = append(w.tree.leftOut, LeftOut{sanitize.FileName(name), "it holds other people's programs"})
		return false
	case kind.IsDir():
		return true
	case kind&fs.ModeSymlink != 0:
		w.links = append(w.links, name)
	case !fs.ValidPath(name):
		w.problem(name, problem.Error, "its name is not UTF-8", "rename it")
	case kind.IsRegular() && isMarkdown(name):
		f := foundFile{path: name}
		f.stat(e.Info())
		w.tree.posts = append(w.tree.posts, f)
	case kind.IsRegular():
		w.tree.files = append(w.tree.files, name)
	case isMarkdown(name):
		w.problem(name, problem.Error, "it is no file, but a pipe, socket or device", "take it out")
	}
	return false
}

// follow looks where a symbolic link leads.
func (w *walker) follow(name string) {
	info, err := fs.Stat(w.fsys, name)
	switch {
	case err != nil:
		w.problem(name, problem.Warning, "the link leads nowhere, or out of the directory: "+reason(err), "copy what it leads to")
	case info.IsDir():
		for _, seen := range w.seen {
			if os.SameFile(seen, info) {
				w.tree.leftOut = append(w.tree.leftOut, LeftOut{sanitize.FileName(name), "it is a link to a directory that is read already"})
				return
			}
		}
		w.dir(name, strings.Count(name, "/")+1)
	case info.Mode().IsRegular() && isMarkdown(name):
		if w.known(name) {
			w.tree.leftOut = append(w.tree.leftOut, LeftOut{sanitize.FileName(name), "it is a link to a post that is read already"})
			return
		}
		f := foundFile{path: name}
		f.stat(info, nil)
		w.tree.posts = append(w.tree.posts, f)
	case info.Mode().IsRegular():
		w.tree.files = append(w.tree.files, name)
	case isMarkdown(name):
		w.problem(name, problem.Error, "it is a link to a pipe, socket or device", "take it out")
	}
}

// known reports whether a link leads straight to a Markdown file that the walk has met.
func (w *walker) known(name string) bool {
	target, err := fs.ReadLink(w.fsys, name)
	if err != nil {
		return false
	}
	target = path.Join(path.Dir(name), target)
	return slices.ContainsFunc(w.tree.posts, func(f foundFile) bool { return f.path == target })
}

// reason is what an error says, without the operation and the path that people see beside it.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return sanitize.Line(err.Error())
}

func isMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx":
		return true
	}
	return false
}
