package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/content/live"
	"postern/sshapp/page"
	"postern/sshapp/tui"
)

// A studio is a blog that is looked at while it is written. It is used by one goroutine.
type studio struct {
	dir    string
	files  *os.Root
	live   *live.Directory
	drafts bool
	fixed  time.Time // when the blog is looked at; zero for now

	library  *content.Library // what follows was made of it
	whole    *content.Edition
	made     time.Time // whole
	theme    *page.Theme
	file     string // of problems
	problems []content.Problem
}

func newStudio(dir string, d *live.Directory, f previewFlags) (*studio, error) {
	s := &studio{dir: dir, live: d, drafts: f.drafts}
	var err error
	if s.files, err = os.OpenRoot(dir); err != nil {
		return nil, err
	}
	if f.now != "" {
		if s.fixed, err = d.Library().Settings().Moment(f.now); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *studio) blog() *tui.Blog {
	return &tui.Blog{
		Edition: s.edition,
		Theme:   func() *page.Theme { s.refresh(); return s.theme },
		Pages:   page.NewCache(32 << 20),
		Desk:    &tui.Desk{Problems: s.problemsOf, Edit: s.edit},
	}
}

// refresh makes anew what was made of a library that is no longer the newest.
func (s *studio) refresh() {
	if l := s.live.Library(); l != s.library {
		s.library, s.whole, s.file = l, nil, ""
		if files, err := os.OpenRoot(s.dir); err == nil { // its name may lead elsewhere than it did
			s.files.Close()
			s.files = files
		}
		s.theme, _ = blog{library: l, files: s.files.FS()}.theme()
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

// problemsOf returns what is wrong with a file, or with all of them as far as the library knows.
func (s *studio) problemsOf(file string) []content.Problem {
	s.refresh()
	if file == "" {
		return s.library.Problems()
	}
	if s.file != file {
		b := blog{library: s.library, files: s.files.FS()}
		s.file, s.problems = file, b.problemsOf(file)
		slices.SortStableFunc(s.problems, func(a, b content.Problem) int { // errors come before warnings
			return cmp.Compare(a.Severity, b.Severity)
		})
	}
	return s.problems
}

// edit opens a file in the author's editor, which has the terminal until it ends.
func (s *studio) edit(file string, line int) tea.Cmd {
	editor, err := editing(filepath.Join(s.dir, filepath.FromSlash(file)), line)
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
