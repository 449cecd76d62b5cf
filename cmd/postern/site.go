package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"postern/content"
	"postern/content/live"
	"postern/content/welcome"
	"postern/sshapp/page"
	"postern/sshapp/tui"
)

// A site is a blog that is shown while it may change: its library, and its theme, which is made of files too.
type site struct {
	*live.Directory
	name  string // of the directory, as it was called
	theme atomic.Pointer[page.Theme]
	look  look   // of the theme that was made last
	wrong string // with the theme; empty if it is right
}

// openSite opens the directory that args name, or the embedded blog without any.
func openSite(args []string) (*site, error) {
	s := &site{name: "the welcome blog"}
	if len(args) == 0 {
		l, err := content.Load(welcome.FS)
		if err != nil {
			return nil, err
		}
		s.Directory = live.Still(l)
	} else {
		var err error
		if s.Directory, err = live.Open(args[0]); err != nil {
			return nil, noDirectory(args[0], err)
		}
		s.name = args[0]
	}
	s.theme.Store(page.Terminal())
	return s, nil
}

// blog returns what screens need of the site. They show at most cache bytes of pages without typesetting them again.
func (s *site) blog(cache int64) *tui.Blog {
	return &tui.Blog{
		Edition: func() *content.Edition { return s.Library().At(time.Now()) },
		Theme:   s.theme.Load,
		Pages:   page.NewCache(cache),
		Changed: s.Changed,
	}
}

// posts returns the directory that the posts are taken from.
func (s *site) posts() string {
	if root := s.Library().Root(); root != "." {
		return filepath.Join(s.name, filepath.FromSlash(root))
	}
	return s.name
}

// follow keeps library and theme what the directory is, until ctx is done, and hands tell what has changed.
func (s *site) follow(ctx context.Context, tell func(live.Reload)) {
	s.Follow(ctx, func(r live.Reload) {
		if err := s.dress(); err != nil {
			r.Problems = append(r.Problems, themeProblem(s.Library(), err))
		}
		tell(r)
	})
}

// dress makes the theme anew if what it is made of has changed: a new theme has all pages typeset again. A theme that is
// broken stays what it was; its error is returned once.
func (s *site) dress() error {
	k, err := lookOf(s.Library())
	if err == nil && k != s.look {
		var t *page.Theme
		if t, err = k.theme(); err == nil {
			s.theme.Store(t)
			s.look = k
		}
	}
	if err == nil {
		s.wrong = ""
		return nil
	}
	if err.Error() == s.wrong {
		return nil
	}
	s.wrong = err.Error()
	return err
}

func themeProblem(l *content.Library, err error) content.Problem {
	return l.Settings().Problem("theme", err.Error(), "")
}

// warnEmpty says what was looked for in a directory where no post was found; empty if there is one.
func (s *site) warnEmpty() string {
	l := s.Library()
	if l.Len() > 0 {
		return ""
	}
	return fmt.Sprintf("no posts in %s: files that end in .md, .markdown or .mdx were looked for, there and where generators keep them; %d files were left out (postern check names them)",
		s.name, len(l.LeftOut()))
}
