package content

import (
	"iter"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"postern/content/discover"
	"postern/content/sanitize"
)

// Links are written for the generator that the blog had, so where one leads has to be found: by path from the file,
// from the site's root, from where static files lie, by address, by name. What must hold: nothing outside of the
// directory that was loaded is ever found, and no scheme gets through that runs a program.

// A Target is where a link leads. The zero Target leads nowhere.
type Target struct {
	Post   *Post  // another post, or the one that the link stands in
	Anchor string // the heading in Post, without #; empty for its top; there may be no such heading
	File   string // an image or download, as a path in the file system that was loaded
	URL    string // an address outside, on one line
}

// oneLine removes tabs and line ends, as browsers do (https://url.spec.whatwg.org, section 4.4): a line end in an address that is
// pasted into a shell would begin a command.
var oneLine = strings.NewReplacer("\t", "", "\n", "")

var (
	scheme   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	template = regexp.MustCompile(`^(?:\{\{[^{}]*\}\}|\{%[^{}]*%\})`)
)

// maxTarget bounds the target of a link, in bytes.
const maxTarget = 2048

// Resolve returns where a link or image in a post leads. Posts that this edition doesn't show are not found.
func (e *Edition) Resolve(from *Post, target string) Target {
	target = strings.TrimSpace(sanitize.Text(target))
	if len(target) > maxTarget {
		return Target{}
	}
	if strings.HasPrefix(target, "//") {
		target = "https:" + target
	}
	if scheme.MatchString(target) {
		if sanitize.IsAddress(target) {
			return Target{URL: oneLine.Replace(target)}
		}
		return Target{}
	}
	target = target[len(template.FindString(target)):] // {{ site.baseurl }}
	target, anchor, _ := strings.Cut(target, "#")
	target, _, _ = strings.Cut(target, "?")
	anchor = unescape(anchor)
	if target == "" {
		if anchor == "" {
			return Target{}
		}
		return Target{Post: from, Anchor: anchor}
	}
	target = norm.NFC.String(unescape(target))
	if p, ok := e.linked(from, target); ok {
		return Target{Post: p, Anchor: anchor}
	}
	if f, ok := e.attachment(from, target); ok {
		return Target{File: f}
	}
	return Target{}
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return sanitize.Text(u)
	}
	return s
}

// linked finds the post that a link means: by the path of its file, else by the last part of the target, which is the address or
// what some generators make of the title.
func (e *Edition) linked(from *Post, target string) (*Post, bool) {
	l := e.library
	for p := range l.searchPath(from, target) {
		for _, candidate := range []string{p, p + ".md", p + ".mdx", p + ".markdown", p + "/index.md", p + "/index.mdx"} {
			if q := l.address.paths[candidate]; q != nil && e.shows(q) {
				return e.translated(q, from, target), true
			}
		}
	}
	ext := strings.ToLower(path.Ext(target))
	if len(l.files.bases[path.Base(target)]) > 0 && !discover.IsMarkdown(target) && ext != ".html" {
		return nil, false
	}
	lang := l.language(from)
	trimmed := strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(target, "/"), ".html"), ".htm")
	if discover.IsMarkdown(trimmed) {
		trimmed = strings.TrimSuffix(trimmed, path.Ext(trimmed))
	}
	if b := path.Base(trimmed); b == "index" {
		trimmed = path.Dir(trimmed)
	}
	if p, ok := e.find(trimmed, lang); ok {
		return p, true
	}
	if p, ok := e.find(sanitize.AddressOfPath(trimmed), lang); ok {
		return p, true
	}
	dir, last := path.Split(strings.Trim(trimmed, "/"))
	p := l.address.titles[sanitize.Slug(last)]
	return p, p != nil && e.shows(p) && p.agrees(strings.TrimSuffix(dir, "/"))
}

// translated returns a post that a link found, in the language of the post with the link, unless the link names a file.
func (e *Edition) translated(p, from *Post, target string) *Post {
	if lang := e.library.language(from); !discover.IsMarkdown(target) && e.library.language(p) != lang {
		for _, q := range e.Translations(p) {
			if e.library.language(q) == lang {
				return q
			}
		}
	}
	return p
}

// staticRoots are the directories in which generators look for content, and for files to copy as they are.
var staticRoots = []string{"", "static", "public", "source", "content", "src", "assets", "docs", "website/static"}

// searchPath yields the paths that a target may mean, the likeliest first, none outside of the root.
func (l *Library) searchPath(from *Post, target string) iter.Seq[string] {
	return func(yield func(string) bool) {
		try := func(dir, rel string) bool {
			p := strings.TrimPrefix(path.Join(dir, rel), "/")
			return p == "" || p == "." || p == ".." || strings.HasPrefix(p, "../") || yield(p)
		}
		rel := strings.TrimPrefix(strings.TrimPrefix(target, "@"), "/")
		dir := "."
		if from != nil && from.source != nil {
			file := from.source.file.Path
			dir = path.Dir(file)
			if !strings.HasPrefix(target, "/") && !(try(dir, target) &&
				try(strings.TrimSuffix(file, path.Ext(file)), target)) { // files of a post beside a directory of its name
				return
			}
		}
		if !strings.HasPrefix(target, "/") && !strings.HasPrefix(target, "@/") && !try(path.Dir(dir), target) {
			return
		}
		if !try(l.site.Root, rel) {
			return
		}
		for up := path.Dir(l.site.Root); up != "."; up = path.Dir(up) {
			if !try(up, rel) {
				return
			}
		}
		for _, s := range staticRoots {
			if !try(s, rel) {
				return
			}
		}
		for top := dir; top != "."; top = path.Dir(top) { // a site within the root has static roots of its own
			for _, s := range staticRoots[:4] {
				if !try(path.Join(top, s), rel) {
					return
				}
			}
		}
	}
}

// attachment finds a file: on the search path, else the only one whose path ends in the target.
func (e *Edition) attachment(from *Post, target string) (string, bool) {
	l := e.library
	for p := range l.searchPath(from, target) {
		if f, ok := l.files.paths[p]; ok && e.mayTake(from, p) {
			return f, true
		}
	}
	suffix := path.Join("/", strings.TrimLeft(target, "./"))
	found := ""
	for _, f := range l.files.bases[path.Base(target)] {
		if strings.HasSuffix("/"+f, suffix) && e.mayTake(from, f) {
			if found != "" {
				return "", false
			}
			found = l.files.paths[f]
		}
	}
	return found, found != ""
}

// mayTake reports whether a post may show a file: not one that is kept with posts that are all drafts, or that this edition
// doesn't show, unless the post is one of them. A file is kept with the posts of its directory; with the post whose bundle it is
// in; and with those in a directory of drafts that it is below. What lies at the top is everyone's.
func (e *Edition) mayTake(from *Post, file string) bool {
	a, root := &e.library.address, e.library.site.Root
	for dir := path.Dir(file); dir != "." && dir != root; dir = path.Dir(dir) {
		owners := slices.Clone(a.dirs[dir])
		if dir != path.Dir(file) && !discover.IsDraftDir(path.Base(dir)) {
			owners = slices.DeleteFunc(owners, func(p string) bool { return !discover.IsIndex(p) })
		}
		for _, ext := range []string{".md", ".mdx", ".markdown"} {
			if a.paths[dir+ext] != nil {
				owners = append(owners, dir+ext)
			}
		}
		if len(owners) > 0 {
			return slices.ContainsFunc(owners, func(p string) bool { return a.paths[p] == from || !a.paths[p].Draft && e.shows(a.paths[p]) })
		}
	}
	return true
}
