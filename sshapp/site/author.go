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

// An Author is a site as its author sees it: with drafts, at any time, and with the problems of files. It is not safe for
// concurrent use, but another goroutine may follow the site.
type Author struct {
	*Site
	Drafts bool      // show drafts, and scheduled and expired posts
	Moment time.Time // the time at which the blog is shown; zero for the present

	// Newest returns the library to show, if that isn't the site's own. It is called for every frame, so it must be fast.
	Newest func() *content.Library

	library      *content.Library // that the following fields are of
	published    *content.Edition // without drafts; nil until it is needed
	edition      *content.Edition // with drafts; nil until it is needed
	editionTime  time.Time        // that edition is of
	problemsFile string           // that problems are of; empty for none
	problems     []problem.Problem
}

// Blog returns the site as its author sees it. Its cache of pages takes at most cache bytes.
func (a *Author) Blog(cache int64) *blog.Blog {
	b := a.Site.Blog(cache)
	b.Edition = a.Edition
	return b
}

// refresh drops what was made of an older library.
func (a *Author) refresh() {
	newest := a.Newest
	if newest == nil {
		newest = a.Library
	}
	if l := newest(); l != a.library {
		a.library, a.published, a.edition, a.problemsFile = l, nil, nil, ""
	}
}

// Edition returns what the author sees. With drafts, it is of a time at most a minute ago, since it takes long to make.
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
	if a.edition == nil || now.Sub(a.editionTime) >= time.Minute {
		a.edition, a.editionTime = a.library.AllAt(now), now
	}
	return a.edition
}

// Problems returns the problems of a file, errors first. For "" it returns the problems of all files that are known without
// reading the text of posts.
func (a *Author) Problems(file string) []problem.Problem {
	a.refresh()
	if file == "" {
		return a.library.Problems()
	}
	if a.problemsFile != file {
		a.problemsFile, a.problems = file, check.File(a.library, file).Problems
		slices.SortStableFunc(a.problems, func(p, q problem.Problem) int { return cmp.Compare(p.Severity, q.Severity) })
	}
	return a.problems
}
