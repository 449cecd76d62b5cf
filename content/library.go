// Package content reads a directory of Markdown, as any generator of blogs keeps it, into an immutable [Library] of
// posts, and names every problem that it finds on the way. It knows no terminal and no network.
package content

import (
	"slices"
	"strings"
	"time"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/search"
	"postern/content/settings"
)

// A Library is all that one directory holds, at the moment when it was loaded. It is immutable: a change of the
// directory makes another. It is safe for concurrent use.
type Library struct {
	inputs
	posts    []*Post     // newest first; drafts, pages and future ones too
	listed   []*Post     // those of posts that may stand in the list: neither drafts nor unlisted nor pages
	pages    []*Post     // as listed
	expiries []time.Time // when a post ceases to be published, ascending
	address  addresses
	problems []problem.Problem
	leftOut  []discover.LeftOut
	index    *search.Index

	includes      map[string]includedText // by path, what the files that posts include looked like
	includedBytes int64                   // of these
}

// Settings returns what the blog says of itself.
func (l *Library) Settings() settings.Settings { return l.settings }

// Generator returns the file of the blog's generator from which settings were taken, and which; the keys are those of
// postern.toml. None if there were none.
func (l *Library) Generator() (file string, keys []string) {
	return l.generator.file, slices.Clone(l.generator.taken)
}

// Root returns the directory that the posts were taken from, slash-separated and relative to the one that was loaded:
// "." if that is the directory itself. Where there are several, it is the one that holds them all.
func (l *Library) Root() string { return l.site.Root }

// Roots returns the directories that the posts were taken from, as Root does one. The slice is the caller's.
func (l *Library) Roots() []string { return slices.Clone(l.site.Roots) }

// Jekyll reports whether the posts are kept as Jekyll keeps them: spaces separate the tags in one text.
func (l *Library) Jekyll() bool { return l.site.Jekyll }

// Post returns the post whose file has a path, slash-separated and relative to the directory that was loaded.
func (l *Library) Post(path string) (*Post, bool) {
	p, ok := l.address.paths[path]
	return p, ok
}

// HasFile reports whether the directory has a Markdown file of that path, be it a post or not.
func (l *Library) HasFile(path string) bool {
	_, ok := findFile(l.tree.Posts, path)
	return ok
}

// findFile returns the index of a file in a list that is sorted by path, or the one at which it would be.
func findFile(files []discover.TreeFile, path string) (int, bool) {
	return slices.BinarySearchFunc(files, path, func(f discover.TreeFile, path string) int { return strings.Compare(f.Path, path) })
}

// Problems returns all that is wrong, sorted by file and line. The slice is the caller's.
func (l *Library) Problems() []problem.Problem { return slices.Clone(l.problems) }

// LeftOut returns what was not taken for a post, and why, sorted by path. The slice is the caller's.
func (l *Library) LeftOut() []discover.LeftOut { return slices.Clone(l.leftOut) }

// Directories returns the directories that were looked into, slash-separated and relative to the one that was loaded,
// which is "." itself. A change in none of them changes the library. The slice is the caller's.
func (l *Library) Directories() []string { return slices.Clone(l.tree.Dirs) }

// Files returns the paths of all files that were found, posts and others, slash-separated and relative to the directory that was
// loaded, sorted: those that begin with a dot, and those of other people's programs, were not looked for. The slice is the caller's.
func (l *Library) Files() []string {
	all := slices.Clone(l.tree.Files)
	for _, f := range l.tree.Posts {
		all = append(all, f.Path)
	}
	slices.Sort(all)
	return all
}

// Len returns how many posts there are, with drafts, pages and those that are not published at the time.
func (l *Library) Len() int { return len(l.posts) }

// LostAll reports whether everything that an older library lists has gone, and nothing has come in its place: what a
// directory looks like while another is put there. A page that would be taken for a post now, since it is all that is left,
// is nothing new.
func (l *Library) LostAll(old *Library) bool {
	gone := func(p *Post) bool { return l.address.paths[p.source.file.Path] == nil }
	for _, p := range old.listed {
		if !gone(p) {
			return false
		}
	}
	for _, p := range l.listed {
		if was := old.address.paths[p.source.file.Path]; was == nil || !was.Page {
			return false
		}
	}
	return len(old.listed) > 0 || len(old.posts) > 0 && len(l.posts) == 0
}

// Since returns the paths of the files that were read anew since an older library: those that have changed, come or
// gone, sorted.
func (l *Library) Since(old *Library) []string {
	var changed []string
	now, before := l.sources, old.sources
	for i, j := 0, 0; i < len(now) || j < len(before); {
		switch c := comparePaths(now[i:], before[j:]); {
		case c < 0:
			changed = append(changed, now[i].post.Path)
			i++
		case c > 0:
			changed = append(changed, before[j].post.Path)
			j++
		default:
			if now[i] != before[j] {
				changed = append(changed, now[i].post.Path)
			}
			i, j = i+1, j+1
		}
	}
	return changed
}

// comparePaths compares the first paths of two lists that are sorted by them; the end of one comes last.
func comparePaths(a, b []*source) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return strings.Compare(a[0].file.Path, b[0].file.Path)
}
