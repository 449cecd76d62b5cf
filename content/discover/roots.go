package discover

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"postern/content/language"
)

// Where the posts of a site live is a matter of its generator. The places below are tried in order, in the root and,
// where the root holds nothing but one directory that leads on, in that; the first that holds posts is taken. A root
// without any of them is itself a directory of posts.

// knownPlaces are patterns of directories; those of one line are taken together. One of a single plain word may as well be
// a topic, so it must hold most of what there is, or stand beside the files of a generator.
var knownPlaces = [][]string{
	{"content/posts", "content/post", "content/blog"},
	{"content/*/posts", "content/*/post", "content/*/blog"},
	{"content"},
	{"src/content/blog", "src/content/posts", "src/content/post"},
	{"src/posts", "src/blog"},
	{"src/pages/posts", "src/pages/post", "src/pages/blog"},
	{"src/pages"},
	{"blog"},
	{"website/blog"},
	{"articles"},
	{"posts"},
	{"data/blog"},
}

// A postDir is a directory that holds Markdown itself.
type postDir struct {
	dir   string
	files int
	posts int // those of files that are not an index
}

func postDirs(candidates []string) []postDir {
	var all []postDir
	at := map[string]int{}
	for _, f := range candidates {
		dir := path.Dir(f)
		i, ok := at[dir]
		if !ok {
			i = len(all)
			at[dir] = i
			all = append(all, postDir{dir: dir})
		}
		all[i].files++
		if !IsIndex(f) {
			all[i].posts++
		}
	}
	return all
}

// findRoots returns the directories that hold the posts, and the one that holds all these.
func findRoots(all []postDir, others, chosen []string) (root string, roots []string) {
	if len(chosen) > 0 {
		return commonDir(chosen), chosen
	}
	if roots = dirsNamed("_posts", all); len(roots) > 0 {
		return commonDir(roots), roots
	}
	for base := "."; ; {
		for _, p := range knownPlaces {
			if roots = matches(base, p, all); len(roots) > 0 && (strings.Contains(p[0], "/") || p[0] == "content" || plausible(base, roots, all, others)) {
				return commonDir(roots), roots
			}
		}
		below, only := onlyDir(base, all)
		if !only {
			return base, []string{base}
		}
		base = below
	}
}

// dirsNamed returns the directories of a name that are not below one another.
func dirsNamed(name string, all []postDir) []string {
	var dirs []string
	for _, h := range all {
		for at, part := range pathParts(h.dir) {
			if part == name {
				if dir := h.dir[:at+len(part)]; !slices.Contains(dirs, dir) {
					dirs = append(dirs, dir)
				}
				break
			}
		}
	}
	return dirs
}

// pathParts yields the parts of a path, and where each begins.
func pathParts(p string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at := 0; at <= len(p); {
			part, _, _ := strings.Cut(p[at:], "/")
			if !yield(at, part) {
				return
			}
			at += len(part) + 1
		}
	}
}

// matches returns the directories below base that match one of the patterns and hold a post. An index alone is a list
// of posts, and not one.
func matches(base string, patterns []string, all []postDir) []string {
	var dirs []string
	for _, h := range all {
		if !Contains(base, h.dir) {
			continue
		}
		rel := strings.TrimPrefix(h.dir, base+"/")
		for _, p := range patterns {
			dir := firstDirs(rel+"/", strings.Count(p, "/")+1)
			if ok, _ := path.Match(p, dir); !ok || strings.Contains(p, "*") && !language.IsCode(strings.Split(dir, "/")[1]) {
				continue
			}
			dir = path.Join(base, dir)
			if h.dir == dir && h.posts == 0 || slices.Contains(dirs, dir) {
				continue
			}
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// firstDirs returns the first n directories of a path, or nothing if it has fewer.
func firstDirs(p string, n int) string {
	for i := range len(p) {
		if p[i] == '/' {
			if n--; n == 0 {
				return p[:i]
			}
		}
	}
	return ""
}

var generator = regexp.MustCompile(`^(?:package\.json|Gemfile|go\.mod|(?:_?config|hugo|zola|theme)\.(?:toml|ya?ml|json)|mkdocs\.ya?ml|pelicanconf\.py|book\.toml|.*[.-]config\.[cm]?[jt]s)$`)

// plausible reports whether directories of a single plain word are where the posts are.
func plausible(base string, roots []string, all []postDir, others []string) bool {
	for _, f := range others {
		if path.Dir(f) == base && generator.MatchString(path.Base(f)) {
			return true
		}
	}
	inside, total := 0, 0
	for _, h := range all {
		total += h.files
		if slices.ContainsFunc(roots, func(r string) bool { return Contains(r, h.dir) }) {
			inside += h.files
		}
	}
	return 2*inside >= total
}

// onlyDir returns the directory below base that holds all Markdown there, if it is a single one.
func onlyDir(base string, all []postDir) (string, bool) {
	only := ""
	for _, h := range all {
		if h.dir == base {
			return "", false
		}
		dir := firstDirs(strings.TrimPrefix(h.dir, base+"/")+"/", 1)
		if only != "" && dir != only {
			return "", false
		}
		only = dir
	}
	if only == "" || language.IsCode(only) || IsDraftDir(only) {
		return "", false
	}
	return path.Join(base, only), true
}

// commonDir returns the directory that holds all of dirs.
func commonDir(dirs []string) string {
	c := dirs[0]
	for _, d := range dirs[1:] {
		for !Contains(c, d) {
			c = path.Dir(c)
		}
	}
	return c
}
