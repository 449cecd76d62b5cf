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
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// A Report is what a blog, or one file of it, contains, and the problems there.
type Report struct {
	content.Report
	posts []*content.Post
	zone  *time.Location // of the blog
}

// Blog checks a whole blog, also drafts, pages and scheduled posts. It calls progress at the beginning and after each post, one
// call at a time, with the number of posts that are checked and that of all. The error is that of ctx, which ends the check
// early.
func Blog(ctx context.Context, l *content.Library, progress func(checked, all int)) (Report, error) {
	r := newReport(l)
	progress(0, len(r.posts))
	var mu sync.Mutex
	checked := 0
	r.check(ctx, l, func() {
		mu.Lock()
		defer mu.Unlock()
		checked++
		progress(checked, len(r.posts))
	})
	return r, ctx.Err()
}

// File checks one file of a blog. The path is relative to the blog's directory, with slashes, as [content.Post] has it. A file
// that is neither a post nor the settings has no problems.
func File(l *content.Library, path string) Report {
	r := newReport(l)
	r.posts = slices.DeleteFunc(r.posts, func(p *content.Post) bool { return p.Path != path })
	r.Posts = slices.DeleteFunc(r.Posts, func(p content.ReportedPost) bool { return p.Path != path })
	r.LeftOut = slices.DeleteFunc(r.LeftOut, func(f discover.LeftOut) bool { return f.Path != path })
	r.Problems = slices.DeleteFunc(r.Problems, func(p problem.Problem) bool { return p.File != path })
	r.check(context.Background(), l, func() {})
	return r
}

// Since checks what differs between two libraries of a blog: changed files in full, and of the others what was not wrong
// before. The paths are as those of File. Before a blog's first library old is nil. A check that ctx ends is not complete.
func Since(ctx context.Context, old, now *content.Library, changed []string) []problem.Problem {
	isChanged, known := map[string]bool{}, map[problem.Problem]bool{}
	for _, path := range changed {
		isChanged[path] = true
	}
	if old != nil {
		for _, p := range newReport(old).Problems {
			known[p] = true
		}
	}
	r := newReport(now)
	r.posts = slices.DeleteFunc(r.posts, func(p *content.Post) bool { return !isChanged[p.Path] })
	r.Problems = slices.DeleteFunc(r.Problems, func(p problem.Problem) bool { return known[p] && !isChanged[p.File] })
	r.check(ctx, now, func() {})
	return r.Problems
}

// newReport returns what is known of a blog without reading the text of posts.
func newReport(l *content.Library) Report {
	all := l.All()
	r := Report{Report: l.Report(), posts: slices.Concat(all.Posts(), all.Pages()), zone: l.Settings().Location()}
	if _, err := theme.ForBlog(l); err != nil {
		r.Problems = append(r.Problems, theme.Problem(l, err))
	}
	return r
}

// check adds the problems in the text of the report's posts. It calls done after each, from several goroutines.
func (r *Report) check(ctx context.Context, l *content.Library, done func()) {
	r.Problems = append(r.Problems, page.NewChecker(l.All()).Problems(ctx, r.posts, done)...)
	problem.Sort(r.Problems)
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
