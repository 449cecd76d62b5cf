package tui

import (
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/content/problem"
)

// A ChangedMsg says that the blog has changed, and which problems it has now.
type ChangedMsg struct{ Problems []problem.Problem }

// changed keeps the open posts open if their files or addresses have changed, and shows a notice of one problem in another
// file, of an error rather than of a warning.
func (a *App) changed(msg ChangedMsg) {
	now := a.edition()
	for _, s := range a.stack {
		if s, ok := s.(*post); ok {
			s.relocate(now)
		}
	}
	told := ""
	here := "" // the file of the post that is shown; empty for a list
	if s, ok := a.top().(postScreen); ok {
		c, _ := s.shownPost().current(a.env())
		here = c.Path
	}
	for _, p := range msg.Problems {
		elsewhere := p.File != here
		if elsewhere && (told == "" || p.Severity == problem.Error) {
			told = p.String()
			if p.Severity == problem.Error {
				break
			}
		}
	}
	a.notify(told)
}

// relocate finds the post if its address has changed: by its path or, if no post has that, by its text.
func (p *post) relocate(now *content.Edition) {
	was := p.lastKnown()
	c, ok := now.Find(p.address)
	if !ok || c.Path != was.Path && c.Body != was.Body {
		for _, posts := range [][]*content.Post{now.Posts(), now.Pages()} {
			for _, q := range posts {
				if q.Path == was.Path || q.Body == was.Body && strings.TrimSpace(q.Body) != "" && (c == nil || c.Path != was.Path) {
					c, ok = q, true
				}
			}
		}
	}
	if ok {
		p.address, p.lastSeen = now.Address(c), c
	}
}

// A postScreen is a screen that shows a post.
type postScreen interface{ shownPost() *post }

func (p *post) shownPost() *post       { return p }
func (l *links) shownPost() *post      { return l.of }
func (p *footnote) shownPost() *post   { return p.of }
func (c *copier) shownPost() *post     { return c.of }
func (c *contents) shownPost() *post   { return c.of }
func (f *findPrompt) shownPost() *post { return &f.preview }

var _ = []postScreen{&post{}, &links{}, &footnote{}, &copier{}, &contents{}, &findPrompt{}}

// visibility tells an author why readers don't see a post, or when they will; it is empty for readers.
func (e env) visibility(c *content.Post) string {
	if e.authoring == nil {
		return ""
	}
	s := e.edition.Schedule(c)
	if s == "" {
		s = string(e.edition.Standing(c))
	}
	return s
}

// edit opens the post on the screen in the editor, at its first error or, without one, at the line on top of the screen.
func (a *App) edit() tea.Cmd {
	e := a.env()
	top := a.top()
	if s, ok := top.(*scroll); ok {
		top = s.below
	}
	switch s := top.(type) {
	case postScreen:
		p := s.shownPost()
		l := p.layout(e)
		line := l.page.Source(p.top(e, l) - len(l.head))
		for _, p := range e.authoring.Problems(l.post.Path) {
			if p.Severity == problem.Error && p.Line > 0 {
				line = p.Line
				break
			}
		}
		return a.openEditor(l.post.Path, line)
	case *list:
		posts := e.rows(s.filter).posts
		if i := s.index(e, posts); i >= 0 && i < len(posts) {
			return a.openEditor(posts[i].Path, posts[i].BodyLine)
		}
	}
	a.notice = "There is no post here to edit."
	return nil
}

// openEditor returns a command that opens a file in the author's editor, which has the terminal until it is closed.
func (a *App) openEditor(file string, line int) tea.Cmd {
	editor, err := a.blog.Authoring.Edit(file, line)
	if err != nil {
		a.notice = err.Error()
		return nil
	}
	return tea.ExecProcess(editor, func(err error) tea.Msg {
		if err != nil {
			return NoticeMsg(filepath.Base(editor.Path) + ": " + err.Error())
		}
		return nil
	})
}
