package discover

import (
	"path"
	"slices"
	"strings"

	"postern/content/language"
	"postern/content/sanitize"
)

// A File is one Markdown file of the site, and what its place says of it.
type File struct {
	Path string
	Name
	Placement Placement
	Draft     bool
}

// A Placement is where a file lies, as far as that says what it is.
type Placement int

const (
	Anywhere  Placement = iota // its date decides
	WithPosts                  // in a directory for posts
	WithPages                  // in a directory for pages
	Outside                    // beside the posts, where pages may be
)

// A Site is what is read of a tree, and where it was found.
type Site struct {
	Root    string   // the directory that holds all of Roots
	Roots   []string // the directories that hold the posts
	Files   []File
	Indices []int // of each of files, where it stands in the tree's posts; ascending
	LeftOut []LeftOut
	Jekyll  bool
}

// Survey chooses what to read of a tree. chosen are the directories that the settings name; none means to look.
func Survey(t Tree, chosen []string) Site {
	s := Site{LeftOut: slices.Clone(t.LeftOut)}
	candidates := make([]string, 0, len(t.Posts))
	var at []int // of candidates
	for i, f := range t.Posts {
		if why := notPost(relativeTo(chosen, f.Path)); why != "" {
			left := LeftOut{Path: sanitize.FileName(f.Path), Why: why}
			if dir := Underscored(f.Path); dir != "" && !ofGenerators[path.Base(dir)] {
				left.Reason = Elsewhere // it may be a collection, as Jekyll has them
			}
			s.LeftOut = append(s.LeftOut, left)
			continue
		}
		candidates, at = append(candidates, f.Path), append(at, i)
	}
	s.Root, s.Roots = findRoots(postDirs(candidates), t.Files, chosen)
	s.Jekyll = slices.ContainsFunc(s.Roots, func(r string) bool { return path.Base(r) == "_posts" }) ||
		slices.ContainsFunc(t.Files, func(f string) bool { return path.Base(f) == "_config.yml" && Contains(path.Dir(f), s.Root) })

	var paths []string
	for i, p := range candidates {
		as, draft, why := placeOf(p, s.Root, s.Roots)
		if why != "" {
			s.LeftOut = append(s.LeftOut, LeftOut{sanitize.FileName(p), why, Elsewhere})
			continue
		}
		if len(chosen) > 1 && as == Anywhere {
			as = WithPosts
		}
		paths, s.Indices = append(paths, p), append(s.Indices, at[i])
		s.Files = append(s.Files, File{Path: p, Placement: as, Draft: draft})
	}
	isLanguage := languageFinder(paths)
	for i := range s.Files {
		s.Files[i].Name = ParseName(paths[i], isLanguage)
	}
	for _, f := range t.Files {
		if ext := strings.ToLower(path.Ext(f)); slices.Contains(foreign, ext) && slices.ContainsFunc(s.Roots, func(r string) bool { return Contains(r, f) }) {
			s.LeftOut = append(s.LeftOut, LeftOut{sanitize.FileName(f), ext + ": Postern reads Markdown", Foreign})
		}
	}
	return s
}

// HoldsPosts reports whether anything lies where the posts do.
func (s Site) HoldsPosts() bool {
	return slices.ContainsFunc(s.Files, func(f File) bool { return f.Placement != Outside })
}

// relativeTo returns what a path is within the innermost of some directories that holds it, or the path.
func relativeTo(dirs []string, p string) string {
	rel := p
	for _, dir := range dirs {
		if short, ok := strings.CutPrefix(p, dir+"/"); ok && len(short) < len(rel) {
			rel = short
		}
	}
	return rel
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
		return rest == "" || language.IsCode(strings.TrimLeft(rest, ".-_"))
	})
}

// ofGenerators are directories that generators keep for themselves.
var ofGenerators = map[string]bool{"_site": true, "_includes": true, "_layouts": true, "_sass": true, "_data": true, "_templates": true, "_partials": true}

// Underscored returns the first of the directories above a file whose name begins with an underscore and that isn't read for
// that; empty if there is none.
func Underscored(name string) string {
	for at, part := range pathParts(path.Dir(name)) {
		if strings.HasPrefix(part, "_") && part != "_posts" && part != "_drafts" && part != "_pages" {
			return name[:at+len(part)]
		}
	}
	return ""
}

// notPost says why a file is not a post, by its name.
func notPost(name string) string {
	dir, base := path.Split(name)
	if Underscored(name) != "" {
		return "in a directory whose name begins with _"
	}
	for part := range strings.SplitSeq(dir, "/") {
		if part == "archetypes" || part == "scaffolds" {
			return "a template for new posts"
		}
	}
	if strings.HasPrefix(base, "_") {
		return "a name that begins with _"
	}
	if isAboutSite(base) {
		return "a name of files about a site, and not of it"
	}
	return ""
}

// Contains reports whether dir is name or one of the directories above it.
func Contains(dir, name string) bool {
	return dir == "." || dir == name || strings.HasPrefix(name, dir+"/")
}

// IsIndex reports whether a path is that of a bundle's text, as a/index.md and a/index.fr.md are.
func IsIndex(p string) bool {
	stem, _, _ := strings.Cut(path.Base(p), ".")
	return stem == "index"
}

// IsDraftDir reports whether a directory of that name holds drafts.
func IsDraftDir(name string) bool {
	return name == "_drafts" || name == "drafts" || name == "draft" || strings.HasSuffix(name, "-drafts")
}

// placeOf says what the place of a file makes of it, or why it is not read.
func placeOf(p, root string, roots []string) (as Placement, draft bool, why string) {
	dir := path.Dir(p)
	within := slices.ContainsFunc(roots, func(r string) bool { return Contains(r, p) })
	for part := range strings.SplitSeq(dir, "/") {
		draft = draft || IsDraftDir(part)
	}
	switch {
	case within:
		return placeNamed(dir, root), draft, ""
	case draft && Contains(draftsParent(dir), root):
		return WithPosts, true, ""
	}
	if IsIndex(p) { // NAME/index.md is the page NAME
		dir = path.Dir(dir)
	}
	if IsPagesDir(path.Base(dir)) {
		dir = path.Dir(dir)
	}
	if Contains(dir, root) {
		return Outside, draft, ""
	}
	return 0, false, "not in " + sanitize.FileName(strings.Join(roots[:min(3, len(roots))], ", ")) + ", where the posts are"
}

// draftsParent returns the directory that holds the directory of drafts.
func draftsParent(dir string) string {
	for d := dir; d != "."; d = path.Dir(d) {
		if IsDraftDir(path.Base(d)) {
			dir = path.Dir(d)
		}
	}
	return dir
}

// IsPagesDir reports whether a directory of that name holds pages.
func IsPagesDir(name string) bool { return name == "pages" || name == "page" || name == "_pages" }

// placeNamed reads the names of the directories above a post, the nearest first. Where src/pages holds the posts too,
// its name says nothing.
func placeNamed(dir, root string) Placement {
	for d := dir; d != "."; d = path.Dir(d) {
		switch name := path.Base(d); name {
		case "_posts", "posts", "post", "blog", "articles", "_drafts", "drafts", "draft":
			return WithPosts
		case "pages", "page", "_pages":
			if d == root && path.Base(path.Dir(d)) == "src" {
				return Anywhere
			}
			return WithPages
		}
	}
	return Anywhere
}
