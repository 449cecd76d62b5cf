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
)

// A Site is a blog that is shown while it may change. Its methods may be called at the same time, but for Follow and
// UpdateTheme.
type Site struct {
	*live.Directory
	Name string // what people call it: its directory, as it was named

	theme       atomic.Pointer[page.Theme]
	themeSource page.ThemeSource // of theme
	themeError  string           // that was returned last; empty if the theme is right
}

// Open loads the blog in dir. It has the default theme until UpdateTheme or Follow is called.
func Open(dir string) (*Site, error) {
	d, err := live.Open(dir)
	if err != nil {
		return nil, err
	}
	return newSite(dir, d), nil
}

// Fixed returns a site that never changes.
func Fixed(name string, scan *content.Scan) *Site { return newSite(name, live.Still(scan)) }

func newSite(name string, d *live.Directory) *Site {
	s := &Site{Directory: d, Name: name}
	s.theme.Store(page.Terminal())
	return s
}

// Blog returns the site as sessions share it: what is published at the time of each call. Its typeset pages take at most
// cache bytes.
func (s *Site) Blog(cache int64) *blog.Blog {
	return &blog.Blog{
		Edition: blog.Editions(s.Library),
		Theme:   s.theme.Load,
		Pages:   page.NewCache(cache),
		Changed: s.Changed,
	}
}

// PostsDir returns the directory that the posts are taken from.
func (s *Site) PostsDir() string {
	if root := s.Library().Root(); root != "." {
		return filepath.Join(s.Name, filepath.FromSlash(root))
	}
	return s.Name
}

// Follow keeps library and theme up to date until ctx is done. It calls tell after each change, as [live.Directory.Follow]
// does, with the problems of the theme among the others.
func (s *Site) Follow(ctx context.Context, tell func(live.Reload)) {
	s.Directory.Follow(ctx, func(r live.Reload) {
		r.Problems = append(r.Problems, s.UpdateTheme()...)
		tell(r)
	})
}

// UpdateTheme makes the theme again if what it is made of has changed, for a new theme has all pages typeset again. If the
// new one is broken, the theme stays what it was, and its problem is returned once.
func (s *Site) UpdateTheme() []problem.Problem {
	l := s.Library()
	source, err := page.BlogTheme(l)
	if err == nil && source != s.themeSource {
		var t *page.Theme
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
	return []problem.Problem{page.ThemeProblem(l, err)}
}

// EmptyWarning says where posts were looked for, in a directory that has none; empty if there is a post.
func (s *Site) EmptyWarning() string {
	l := s.Library()
	if l.Len() > 0 {
		return ""
	}
	return fmt.Sprintf("no posts in %s: files that end in .md, .markdown or .mdx were looked for, there and where generators keep them; %d files were left out (postern check names them)",
		s.Name, len(l.LeftOut()))
}
