package content

import (
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/sanitize"
)

// A Suggester finds where a link that leads nowhere was probably meant to lead. It is safe for concurrent use.
type Suggester struct {
	edition *Edition
	names   func() linkNames
	cache   sync.Map // from a name to the nearest: the same mistake is often made in many posts
}

// linkNames are the names that a link may have meant.
type linkNames struct {
	addresses, posts, files []string
	of                      map[string]*Post // by address, by title, and by the file's name
	dirs                    map[string]bool  // the names of all directories, in lower case
}

// Suggester returns a [Suggester] for the edition. Its first answer takes time in proportion to the posts.
func (e *Edition) Suggester() *Suggester {
	return &Suggester{edition: e, names: sync.OnceValue(e.linkNames)}
}

func (e *Edition) linkNames() linkNames {
	n := linkNames{of: map[string]*Post{}, dirs: map[string]bool{}}
	add := func(list *[]string, name string, p *Post) {
		if _, known := n.of[name]; !known && name != "" {
			n.of[name] = p
			*list = append(*list, name)
		}
	}
	all := slices.Concat(e.posts, e.pages)
	for _, p := range all {
		add(&n.addresses, lastPart(p.Slug), p)
		n.addDirs(p.source.file.Path)
	}
	for _, p := range all {
		for _, name := range append(slices.Clone(p.Aliases), p.source.titleSlug) {
			add(&n.addresses, lastPart(name), p)
		}
		add(&n.posts, path.Base(p.source.file.Path), p)
	}
	for _, paths := range e.library.files.bases {
		for _, f := range paths {
			n.addDirs(f)
		}
		n.files = append(n.files, path.Base(paths[0]))
	}
	slices.Sort(n.files)
	return n
}

func (n linkNames) addDirs(file string) {
	for dir := path.Dir(file); dir != "." && !n.dirs[dir]; dir = path.Dir(dir) {
		n.dirs[dir] = true
		n.dirs[strings.ToLower(path.Base(dir))] = true
	}
}

// Suggest returns what to write in place of the target of a link in a post.
func (g *Suggester) Suggest(from *Post, target string) (string, bool) {
	last := lastPartOf(target)
	ext := strings.ToLower(path.Ext(last))
	near, known := g.cache.Load(last)
	switch {
	case known:
	case strings.TrimSuffix(last, ext) == "index", strings.TrimSuffix(last, ext) == "_index": // they are everywhere
		near = ""
	case discover.IsMarkdown(last):
		near = nearestFile(last, g.names().posts)
	case ext != "" && len(ext) < 6:
		near = nearestFile(last, g.names().files)
	default:
		near, _ = problem.Nearest(last, slices.Values(g.names().addresses))
	}
	g.cache.Store(last, near)
	name := near.(string)
	files := g.edition.library.files
	switch p := g.names().of[name]; {
	case name == "":
		return "", false
	case p == nil:
		return relative(path.Dir(from.Path), sanitize.FileName(files.paths[files.bases[name][0]])), true
	case discover.IsMarkdown(last):
		return relative(path.Dir(from.Path), p.Path), true
	default:
		return g.edition.Address(p), true
	}
}

// nearestFile returns the name of the file that was probably meant: one of the same kind, or one of another kind whose name
// is the same otherwise, unless that is as common as "1.png".
func nearestFile(name string, files []string) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	near, ok := problem.Nearest(stem, func(yield func(string) bool) {
		for _, f := range files {
			if e := path.Ext(f); strings.EqualFold(e, ext) && !yield(strings.TrimSuffix(f, e)) {
				return
			}
		}
	})
	i := slices.IndexFunc(files, func(f string) bool {
		e := path.Ext(f)
		s := strings.TrimSuffix(f, e)
		if ok {
			return s == near && strings.EqualFold(e, ext)
		}
		return strings.EqualFold(s, stem) && len(strings.Trim(s, "0123456789")) > 3
	})
	if i < 0 {
		return ""
	}
	return files[i]
}

// OtherSection returns the first directory of a target, such as "/docs", if this blog has none of that name: then the link is
// not mistyped, but leads to another part of the author's website. It is empty for any other target.
func (g *Suggester) OtherSection(target string) string {
	if !strings.HasPrefix(target, "/") {
		return ""
	}
	first, _, _ := strings.Cut(target[1:], "/")
	first, _, _ = strings.Cut(first, "#")
	first, _, _ = strings.Cut(first, "?")
	if year := strings.Trim(first, "0123456789"); first == "" || year == "" || g.names().dirs[strings.ToLower(first)] {
		return ""
	}
	return "/" + first
}

// lastPartOf returns the part of a target that names what it leads to.
func lastPartOf(target string) string {
	target, _, _ = strings.Cut(target, "#")
	target, _, _ = strings.Cut(target, "?")
	target = strings.Trim(norm.NFC.String(unescape(target)), "/")
	for _, ext := range []string{"/index.html", "/index.md", ".html", ".htm"} {
		target = strings.TrimSuffix(target, ext)
	}
	return path.Base(target)
}

// relative returns the path of a file as it is written in a directory.
func relative(dir, file string) string {
	up := ""
	for ; dir != "." && !strings.HasPrefix(file, dir+"/"); dir = path.Dir(dir) {
		up += "../"
	}
	if dir == "." {
		return up + file
	}
	return up + strings.TrimPrefix(file, dir+"/")
}
