package site

import (
	"cmp"
	"slices"
	"time"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/blog"
	"postern/sshapp/check"
)

// An Author shows a site to who writes it: drafts with the rest, at any moment, and what is wrong with it. One goroutine
// uses it; the site may be followed by another.
type Author struct {
	*Site
	Drafts bool      // show drafts, and posts that are scheduled or expired
	Moment time.Time // when the blog is looked at; zero for the time of each call

	library   *content.Library // what the following was made of
	published *content.Edition // without drafts; nil until it is asked for
	whole     *content.Edition // with drafts; likewise
	made      time.Time        // when whole was made
	file      string           // that problems is about
	problems  []problem.Problem
}

// Blog returns the site as its author sees it. Its typeset pages take at most cache bytes.
func (a *Author) Blog(cache int64) *blog.Blog {
	b := a.Site.Blog(cache)
	b.Edition = a.Edition
	return b
}

// refresh drops what was made of a library that is no longer the newest.
func (a *Author) refresh() {
	if l := a.Library(); l != a.library {
		a.library, a.published, a.whole, a.file = l, nil, nil, ""
	}
}

// Edition returns what the author sees. With drafts, what it says of the clock is at most a minute old.
func (a *Author) Edition() *content.Edition {
	a.refresh()
	now := a.Moment
	if now.IsZero() {
		now = time.Now()
	}
	if !a.Drafts {
		a.published = a.library.AtAfter(a.published, now)
		return a.published
	}
	if a.whole == nil || now.Sub(a.made) >= time.Minute {
		a.whole, a.made = a.library.Whole(now), now
	}
	return a.whole
}

// Problems returns what is wrong with a file, errors first. For "" it returns what is wrong with any file, as far as that
// is known without reading the text of posts.
func (a *Author) Problems(file string) []problem.Problem {
	a.refresh()
	if file == "" {
		return a.library.Problems()
	}
	if a.file != file {
		a.file, a.problems = file, check.File(a.library, file).Problems
		slices.SortStableFunc(a.problems, func(p, q problem.Problem) int { return cmp.Compare(p.Severity, q.Severity) })
	}
	return a.problems
}
