package content

import (
	"fmt"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/sanitize"
	"postern/content/search"
	"postern/content/settings"
)

// assemble makes a library: which files are posts and which are pages, in which order, at which address.
func assemble(in inputs) *Library {
	l := &Library{inputs: in, index: &search.Index{}}
	l.leftOut = slices.Clone(l.site.LeftOut)
	l.problems = slices.Concat(l.tree.Problems, l.settingsProblems)
	for _, dir := range l.settings.Posts {
		if !slices.ContainsFunc(l.site.Files, func(f discover.File) bool { return discover.Contains(dir, f.Path) && f.Placement != discover.Outside }) {
			l.problems = append(l.problems, l.settings.Problem("posts", "posts "+problem.Quote(dir)+" holds no Markdown",
				"name a directory, relative to "+settings.File))
		}
	}
	isPage := pageSorter(l.sources)
	l.posts = make([]*Post, 0, len(l.sources))
	for _, s := range l.sources {
		if why := s.unwanted(l.site.Root); why != "" {
			l.leftOut = append(l.leftOut, discover.LeftOut{Path: s.post.Path, Why: why, Reason: discover.Elsewhere})
			continue
		}
		l.problems = append(l.problems, s.problems...)
		if s.leftOut != "" {
			l.leftOut = append(l.leftOut, discover.LeftOut{Path: s.post.Path, Why: s.leftOut})
			continue
		}
		p := new(s.post) // each on its own: who holds one must not hold the others
		p.source, p.Page = s, isPage(s)
		if len(p.Authors) == 0 && l.settings.Author != "" {
			p.Authors = []string{l.settings.Author}
		}
		l.complete(p)
		l.posts = append(l.posts, p)
	}
	slices.SortFunc(l.posts, newestFirst)
	l.warnEmpty()
	l.warnUndated()
	l.assignSlugs()
	l.reportReserved()
	l.address = l.newAddresses()
	l.reportOldAddresses()
	for _, p := range l.posts {
		if p.Draft {
			continue
		}
		if !p.Expires.IsZero() {
			l.expiries = append(l.expiries, p.Expires)
		}
		switch {
		case p.Unlisted:
		case p.Page:
			l.pages = append(l.pages, p)
		default:
			l.listed = append(l.listed, p)
		}
	}
	l.warnPages()
	slices.SortFunc(l.expiries, time.Time.Compare)
	slices.SortFunc(l.leftOut, func(a, b discover.LeftOut) int { return strings.Compare(a.Path, b.Path) })
	problem.Sort(l.problems)
	return l
}

// unwanted says why a file beside the posts is not a page for readers; empty if it is. Its problems don't count then.
func (s *source) unwanted(root string) string {
	if s.file.Placement != discover.Outside || s.leftOut == "" && s.hasFrontMatter && !s.noText && !strings.Contains(s.post.Body, "{%") {
		return ""
	}
	return "not in " + sanitize.FileName(root) + ", where the posts are, and not a page of plain text"
}

// pageSorter returns a func that tells pages from posts. Their place and their template say it; else a page is what has no date
// in a directory of which at most half the files have one. Where most have one, it was forgotten.
func pageSorter(sources []*source) (isPage func(*source) bool) {
	dated, all := map[string]int{}, map[string]int{}
	anyDated := false
	for _, s := range sources {
		if s.leftOut != "" || s.isDeclaredPage() {
			continue
		}
		dir := path.Dir(s.file.Path)
		all[dir]++
		if s.post.Day != "" {
			dated[dir]++
			anyDated = true
		}
	}
	return func(s *source) bool {
		dir := path.Dir(s.file.Path)
		switch {
		case s.isDeclaredPage():
			return true
		case s.file.Placement == discover.WithPosts, s.post.Day != "", s.badDate, strings.Contains(s.layout, "post"):
			return false
		}
		return anyDated && 2*dated[dir] <= all[dir]
	}
}

// warnEmpty says where Markdown was left out, if there is no post at all.
func (l *Library) warnEmpty() {
	if len(l.posts) > 0 {
		return
	}
	files := map[string]int{} // in directories whose names begin with an underscore
	for _, f := range l.tree.Posts {
		if dir := discover.Underscored(f.Path); dir != "" {
			files[dir]++
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(files)) {
		name := sanitize.FileName(dir)
		l.problems = append(l.problems, problem.Problem{File: name, Severity: problem.Warning,
			Message: fmt.Sprintf("no posts: a directory whose name begins with _ is not read, and this has %s", problem.Count(files[dir], "Markdown file")),
			Hint:    "write posts = " + strconv.Quote(name) + " into " + settings.File})
	}
}

// warnUndated names the posts that have no date, which lists show behind the pages. Where none has one, all are listed.
func (l *Library) warnUndated() {
	var undated []*Post
	dated := false
	for _, p := range l.posts {
		switch {
		case p.Page || p.Draft:
		case p.Day != "":
			dated = true
		case !p.source.badDate:
			undated = append(undated, p)
		}
	}
	if len(undated) > 0 && !dated {
		l.problems = append(l.problems, problem.Problem{File: sanitize.FileName(l.site.Root), Severity: problem.Warning,
			Message: "no post has a date: they are listed in the order of their paths", Hint: "write `date: YYYY-MM-DD` into their front matter"})
		return
	}
	for _, p := range undated {
		l.problems = append(l.problems, problem.Problem{File: p.Path, Line: 1, Severity: problem.Warning,
			Message: "it is shown as a page, not in the list of posts, since it has no date", Hint: "write `date: YYYY-MM-DD` into its front matter"})
	}
}

// warnPages names the pages of the settings that the blog doesn't have.
func (l *Library) warnPages() {
	for _, name := range l.settings.Pages {
		if !slices.ContainsFunc(l.address.slugs[sanitize.AddressKey(name)], func(p *Post) bool { return p.Page }) {
			hint := "write the slugs of pages"
			if near, ok := problem.Nearest(name, l.pageSlugs()); ok {
				hint = "did you mean " + near + "?"
			}
			p := l.settings.Problem("pages", "pages names "+problem.Quote(name)+", and there is no such page", hint)
			p.Severity = problem.Warning
			l.problems = append(l.problems, p)
		}
	}
}

func (l *Library) pageSlugs() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, p := range l.posts {
			if p.Page && !yield(p.Slug) {
				return
			}
		}
	}
}
