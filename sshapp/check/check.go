// Package check finds all problems of a blog: of its files and settings, its theme, and its text.
package check

import (
	"context"
	"slices"
	"sync"
	"time"

	"postern/content"
	"postern/content/discover"
	"postern/content/problem"
	"postern/sshapp/page/lint"
	"postern/sshapp/page/theme"
)

// A Report is what a blog, or one file of it, contains, and the problems there.
type Report struct {
	content.Report
	posts   []*content.Post
	zone    *time.Location   // of the blog
	library *content.Library // the blog, if all of it is checked; nil for some files of it
}

// Blog checks a whole blog, also drafts, pages and scheduled posts. It calls progress at the beginning and after each post, one
// call at a time, with the number of posts that are checked and that of all. The error is that of ctx, which ends the check
// early.
func Blog(ctx context.Context, l *content.Library, progress func(checked, all int)) (Report, error) {
	r := newReport(l)
	r.library = l
	return r, r.checkText(ctx, l, progress)
}

// Files checks some files of a blog, as Blog checks all. The paths are relative to the blog's directory, with slashes, as
// [content.Post] has them. A file that is neither a post nor the settings has no problems.
func Files(ctx context.Context, l *content.Library, paths []string, progress func(checked, all int)) (Report, error) {
	other := otherThan(paths)
	r := newReport(l)
	r.posts = slices.DeleteFunc(r.posts, func(p *content.Post) bool { return other(p.Path) })
	r.Posts = slices.DeleteFunc(r.Posts, func(p content.ReportedPost) bool { return other(p.Path) })
	r.LeftOut = slices.DeleteFunc(r.LeftOut, func(f discover.LeftOut) bool { return other(f.Path) })
	r.Problems = slices.DeleteFunc(r.Problems, func(p problem.Problem) bool { return other(p.File) })
	return r, r.checkText(ctx, l, progress)
}

// File checks one file of a blog.
func File(l *content.Library, path string) Report {
	r, _ := Files(context.Background(), l, []string{path}, func(int, int) {})
	return r
}

// Since returns the problems that a change has brought: all of the changed files, and the new ones of other files. The paths are
// as those of Files. For the first library of a blog, old is nil. If ctx is done early, problems may be missing.
func Since(ctx context.Context, old, l *content.Library, changed []string) []problem.Problem {
	other := otherThan(changed)
	known := map[problem.Problem]bool{}
	if old != nil {
		for _, p := range problemsOf(old) {
			known[p] = true
		}
	}
	all := l.All()
	r := Report{posts: slices.Concat(all.Posts(), all.Pages())}
	r.posts = slices.DeleteFunc(r.posts, func(p *content.Post) bool { return other(p.Path) })
	r.Problems = slices.DeleteFunc(problemsOf(l), func(p problem.Problem) bool { return known[p] && other(p.File) })
	_ = r.checkText(ctx, l, func(int, int) {})
	return r.Problems
}

// otherThan returns a func that reports whether a path is not among paths.
func otherThan(paths []string) func(path string) bool {
	among := make(map[string]bool, len(paths))
	for _, path := range paths {
		among[path] = true
	}
	return func(path string) bool { return !among[path] }
}

// newReport returns what is known of a blog without reading the text of posts.
func newReport(l *content.Library) Report {
	all := l.All()
	r := Report{Report: l.Report(), posts: slices.Concat(all.Posts(), all.Pages()), zone: l.Settings().Location()}
	r.Problems = append(r.Problems[:0], problemsOf(l)...) // never nil, which JSON would write as null
	return r
}

// problemsOf returns the problems of a blog that are known without reading the text of posts.
func problemsOf(l *content.Library) []problem.Problem {
	problems := l.Problems()
	if _, err := theme.ForBlog(l); err != nil {
		problems = append(problems, theme.Problem(l, err))
	}
	return problems
}

// checkText adds the problems in the text of the report's posts.
func (r *Report) checkText(ctx context.Context, l *content.Library, progress func(checked, all int)) error {
	var mu sync.Mutex
	checked, all := 0, len(r.posts)
	progress(checked, all)
	r.Problems = append(r.Problems, lint.NewChecker(l.All()).Problems(ctx, r.posts, func() {
		mu.Lock()
		defer mu.Unlock()
		checked++
		progress(checked, all)
	})...)
	problem.Sort(r.Problems)
	return ctx.Err()
}

// Count returns the number of problems of a severity.
func (r Report) Count(s problem.Severity) int {
	n := 0
	for _, p := range r.Problems {
		if p.Severity == s {
			n++
		}
	}
	return n
}

// Empty reports whether there is neither a post nor a file that was left out.
func (r Report) Empty() bool { return len(r.posts) == 0 && len(r.LeftOut) == 0 }
