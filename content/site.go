package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"postern/content/sanitize"
)

// A markdownFile is one Markdown markdownFile of the site, and what its place says of it.
type markdownFile struct {
	path string
	fileName
	among placement
	draft bool
}

// A placement is where a file lies, as far as that says what it is.
type placement int

const (
	anywhere  placement = iota // its date decides
	withPosts                  // in a directory for posts
	withPages                  // in a directory for pages
	outside                    // beside the posts, where pages may be
)

// A site is what is read of a tree, and where it was found.
type site struct {
	root    string
	files   []markdownFile
	at      []int // of each of files, where it stands in the tree's posts; ascending
	leftOut []LeftOut
	jekyll  bool
}

// surveySite chooses what to read of a tree. chosen is the directory that the settings name; empty means to look.
func surveySite(t tree, chosen string) site {
	s := site{leftOut: slices.Clone(t.leftOut)}
	candidates := make([]string, 0, len(t.posts))
	var at []int // of candidates
	for i, f := range t.posts {
		if why := notPost(f.path); why != "" {
			s.leftOut = append(s.leftOut, LeftOut{sanitize.FileName(f.path), why})
			continue
		}
		candidates, at = append(candidates, f.path), append(at, i)
	}
	var roots []string
	s.root, roots = findRoots(holders(candidates), t.files, chosen)
	s.jekyll = slices.ContainsFunc(roots, func(r string) bool { return path.Base(r) == "_posts" }) ||
		slices.ContainsFunc(t.files, func(f string) bool { return path.Base(f) == "_config.yml" && isAbove(path.Dir(f), s.root) })

	var paths []string
	for i, p := range candidates {
		as, draft, why := placeOf(p, s.root, roots)
		if why != "" {
			s.leftOut = append(s.leftOut, LeftOut{sanitize.FileName(p), why})
			continue
		}
		paths, s.at = append(paths, p), append(s.at, at[i])
		s.files = append(s.files, markdownFile{path: p, among: as, draft: draft})
	}
	isLanguage := languageFinder(paths)
	for i := range s.files {
		s.files[i].fileName = parseName(paths[i], isLanguage)
	}
	for _, f := range t.files {
		if ext := strings.ToLower(path.Ext(f)); slices.Contains(foreign, ext) && slices.ContainsFunc(roots, func(r string) bool { return isAbove(r, f) }) {
			s.leftOut = append(s.leftOut, LeftOut{sanitize.FileName(f), "Postern reads Markdown, and this is " + ext})
		}
	}
	return s
}

// holdsPosts reports whether anything lies where the posts do.
func (s site) holdsPosts() bool {
	return slices.ContainsFunc(s.files, func(f markdownFile) bool { return f.among != outside })
}

// foreign are the other formats that posts are written in.
var foreign = []string{".dj", ".rst", ".org", ".html", ".htm", ".adoc", ".ipynb", ".txt"}

// aboutSite are the names of files that are about a site, and not of it. In capitals, as they are usually written,
// anything may follow; in small letters a post may be called so, unless nothing follows but a language.
var aboutSite = []string{"README", "LICENSE", "LICENCE", "COPYING"}

// inCapitals are those that count in capitals alone.
var inCapitals = []string{"CONTRIBUTING", "CHANGELOG", "CODE_OF_CONDUCT", "SECURITY"}

func isAboutSite(base string) bool {
	stem := strings.TrimSuffix(base, path.Ext(base))
	if slices.Contains(inCapitals, stem) || stem == "404" {
		return true
	}
	return slices.ContainsFunc(aboutSite, func(begin string) bool {
		if strings.HasPrefix(stem, begin) {
			return true
		}
		if len(stem) < len(begin) || !strings.EqualFold(stem[:len(begin)], begin) {
			return false
		}
		rest := stem[len(begin):]
		return rest == "" || isLanguageCode(strings.TrimLeft(rest, ".-_"))
	})
}

// notPost says why a file's name means that it is none.
func notPost(name string) string {
	dir, base := path.Split(name)
	for part := range strings.SplitSeq(dir, "/") {
		if strings.HasPrefix(part, "_") && part != "_posts" && part != "_drafts" && part != "_pages" {
			return "its directory's name begins with _"
		}
		if part == "archetypes" || part == "scaffolds" {
			return "it is a template for new posts"
		}
	}
	if strings.HasPrefix(base, "_") {
		return "its name begins with _"
	}
	if isAboutSite(base) {
		return "a file of this name is about the site, and not of it"
	}
	return ""
}

// isAbove reports whether dir is name or one of the directories isAbove it.
func isAbove(dir, name string) bool {
	return dir == "." || dir == name || strings.HasPrefix(name, dir+"/")
}

func isIndex(p string) bool {
	stem, _, _ := strings.Cut(path.Base(p), ".")
	return stem == "index"
}

func isDraftDir(name string) bool {
	return name == "_drafts" || name == "drafts" || name == "draft" || strings.HasSuffix(name, "-drafts")
}

// placeOf says what the place of a file makes of it, or why it is not read.
func placeOf(p, root string, roots []string) (as placement, draft bool, why string) {
	dir := path.Dir(p)
	within := slices.ContainsFunc(roots, func(r string) bool { return isAbove(r, p) })
	for part := range strings.SplitSeq(dir, "/") {
		draft = draft || isDraftDir(part)
	}
	switch {
	case within:
		return placeNamed(dir, root), draft, ""
	case draft && isAbove(draftsParent(dir), root):
		return withPosts, true, ""
	}
	if isIndex(p) { // NAME/index.md is the page NAME
		dir = path.Dir(dir)
	}
	if isPagesDir(path.Base(dir)) {
		dir = path.Dir(dir)
	}
	if isAbove(dir, root) {
		return outside, draft, ""
	}
	return 0, false, fmt.Sprintf("it is not in %s, where the posts are", sanitize.FileName(root))
}

// draftsParent returns the directory that holds the directory of drafts.
func draftsParent(dir string) string {
	for d := dir; d != "."; d = path.Dir(d) {
		if isDraftDir(path.Base(d)) {
			dir = path.Dir(d)
		}
	}
	return dir
}

func isPagesDir(name string) bool { return name == "pages" || name == "page" || name == "_pages" }

// placeNamed reads the names of the directories above a post, the nearest first. Where src/pages holds the posts too,
// its name says nothing.
func placeNamed(dir, root string) placement {
	for d := dir; d != "."; d = path.Dir(d) {
		switch name := path.Base(d); name {
		case "_posts", "posts", "post", "blog", "articles", "_drafts", "drafts", "draft":
			return withPosts
		case "pages", "page", "_pages":
			if d == root && path.Base(path.Dir(d)) == "src" {
				return anywhere
			}
			return withPages
		}
	}
	return anywhere
}
