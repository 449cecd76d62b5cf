// Package site keeps a blog's library and theme up to date with its directory.
package site

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"postern/content"
	"postern/content/live"
	"postern/content/problem"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// A Site is a blog with its theme, which both may change while they are shown. It is safe for concurrent use, except that Follow
// and UpdateTheme must not run at the same time.
type Site struct {
	*live.Directory
	Name string // for messages: the blog's directory as it was named

	theme       atomic.Pointer[theme.Theme]
	themeSource theme.Source // of theme
	themeError  string       // that was returned last; empty if there was none
}

// Open loads the blog in dir. It has the default theme until UpdateTheme or Follow is called.
func Open(dir string) (*Site, error) {
	d, err := live.Open(dir)
	if err != nil {
		return nil, err
	}
	return newSite(dir, d), nil
}

// Fixed returns a site whose directory never changes.
func Fixed(name string, scan *content.Scan) *Site { return newSite(name, live.Fixed(scan)) }

func newSite(name string, d *live.Directory) *Site {
	s := &Site{Directory: d, Name: name}
	s.theme.Store(theme.Terminal())
	return s
}

// Blog returns the site as sessions share it, with what is published at the time of each call. Its cache of pages takes at most
// cache bytes.
func (s *Site) Blog(cache int64) *blog.Blog {
	return &blog.Blog{
		Edition: blog.Editions(s.Library),
		Theme:   s.theme.Load,
		Pages:   page.NewCache(cache),
		Rows:    new(blog.Rows),
		Changed: s.Changed,
	}
}

// PostsDir returns the directory that has the posts.
func (s *Site) PostsDir() string {
	if root := s.Library().Root(); root != "." {
		return filepath.Join(s.Name, filepath.FromSlash(root))
	}
	return s.Name
}

// Follow keeps the library and the theme up to date until ctx is done. It calls report as [live.Directory.Follow] does, with the
// problem of the theme among the others.
func (s *Site) Follow(ctx context.Context, report func(live.Reload)) {
	s.Directory.Follow(ctx, func(r live.Reload) {
		r.Problems = append(r.Problems, s.UpdateTheme()...)
		report(r)
	})
}

// UpdateTheme loads the theme again if its source has changed. If the new source is not valid, the theme stays as it was, and its
// problem is returned once.
func (s *Site) UpdateTheme() []problem.Problem {
	l := s.Library()
	source, err := theme.SourceOf(l)
	if err == nil && source != s.themeSource {
		var t *theme.Theme
		if t, err = source.Load(); err == nil {
			s.theme.Store(t)
			s.themeSource = source
		}
	}
	if err == nil {
		s.themeError = ""
		return nil
	}
	if err.Error() == s.themeError {
		return nil
	}
	s.themeError = err.Error()
	return []problem.Problem{theme.Problem(l, err)}
}

// EmptyWarning returns a warning that says where posts were looked for, if the blog has none; empty if it has one.
func (s *Site) EmptyWarning() string {
	l := s.Library()
	if l.Len() > 0 {
		return ""
	}
	return fmt.Sprintf("no posts in %s: files that end in .md, .markdown or .mdx were looked for, there and where generators keep them; %d files were left out (postern check names them)",
		s.Name, len(l.LeftOut()))
}
