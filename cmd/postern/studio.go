package main

import (
	"cmp"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/tui"
)

// A studio is a site that is looked at while it is written. But for following, it is used by one goroutine.
type studio struct {
	*site
	drafts bool
	fixed  time.Time // when the blog is looked at; zero for now

	library  *content.Library // what follows was made of it
	whole    *content.Edition
	made     time.Time // whole
	file     string    // of problems
	problems []content.Problem
}

// newStudio returns the studio of a site, at the moment that was asked for.
func newStudio(of *site, f previewFlags) (*studio, error) {
	s := &studio{site: of, drafts: f.drafts}
	if f.now == "" {
		return s, nil
	}
	var err error
	s.fixed, err = of.Library().Settings().Moment(f.now)
	return s, err
}

func (s *studio) blog() *tui.Blog {
	b := s.site.blog(previewCache)
	b.Edition = s.edition
	b.Desk = &tui.Desk{Problems: s.problemsOf, Edit: s.edit}
	return b
}

// previewCache bounds the typeset pages that one author's preview holds, in bytes.
const previewCache = 32 << 20

// refresh lets go of what was made of a library that is no longer the newest.
func (s *studio) refresh() {
	if l := s.Library(); l != s.library {
		s.library, s.whole, s.file = l, nil, ""
	}
}

// edition returns what is looked at. What an author is told of the clock is at most a minute old.
func (s *studio) edition() *content.Edition {
	s.refresh()
	now := s.fixed
	if now.IsZero() {
		now = time.Now()
	}
	if !s.drafts {
		return s.library.At(now)
	}
	if s.whole == nil || now.Sub(s.made) >= time.Minute {
		s.whole, s.made = s.library.Whole(now), now
	}
	return s.whole
}

// problemsOf returns what is wrong with a file, errors first, or with all of them as far as the library knows.
func (s *studio) problemsOf(file string) []content.Problem {
	s.refresh()
	if file == "" {
		return s.library.Problems()
	}
	if s.file != file {
		s.file, s.problems = file, blog{s.library}.problemsOf(file)
		slices.SortStableFunc(s.problems, func(a, b content.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
	}
	return s.problems
}

// edit opens a file in the author's editor, which has the terminal until it ends.
func (s *studio) edit(file string, line int) tea.Cmd {
	editor, err := editing(filepath.Join(s.name, filepath.FromSlash(file)), line)
	if err != nil {
		return func() tea.Msg { return tui.NoticeMsg(err.Error()) }
	}
	return tea.ExecProcess(editor, func(err error) tea.Msg {
		if err != nil {
			return tui.NoticeMsg(filepath.Base(editor.Path) + ": " + err.Error())
		}
		return nil
	})
}
