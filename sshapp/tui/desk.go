package tui

import (
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
)

// A ChangedMsg says that the blog has changed, and which problems came with that.
type ChangedMsg struct{ Problems []content.Problem }

// follow keeps what is read on the screen when its file was renamed or its address changed, and tells of a problem
// elsewhere.
func (a *App) follow(msg ChangedMsg) {
	now := a.edition()
	for _, s := range a.stack {
		if s, ok := s.(*post); ok {
			s.trace(now)
		}
	}
	told := ""
	here := "" // the file that is shown; none for a list
	if s, ok := a.top().(showing); ok {
		c, _ := s.shown().current(a.env())
		here = c.Path
	}
	for _, p := range msg.Problems {
		elsewhere := p.File != here
		if elsewhere && (told == "" || p.Severity == content.Error) {
			told = p.String()
			if p.Severity == content.Error {
				break
			}
		}
	}
	a.tell(told)
}

// trace finds the post under its new address: what has its path or, where nothing has that, its text.
func (p *post) trace(now *content.Edition) {
	was := p.known()
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
		p.address, p.seen = now.Address(c), c
	}
}

// A showing is a screen that shows a post.
type showing interface{ shown() *post }

func (p *post) shown() *post     { return p }
func (l *links) shown() *post    { return l.of }
func (p *peek) shown() *post     { return p.of }
func (c *copier) shown() *post   { return c.of }
func (c *contents) shown() *post { return c.of }
func (f *finding) shown() *post  { return &f.seen }

// standing says in words why readers don't see a post, or from when on they do.
func (e env) standing(c *content.Post) string {
	if e.desk == nil {
		return ""
	}
	s := e.now.Schedule(c)
	if s == "" {
		s = string(e.now.Standing(c))
	}
	return s
}

// edit opens the post on the screen in the editor: at an error, if it has one, else at the line that is read.
func (a *App) edit() tea.Cmd {
	e := a.env()
	top := a.top()
	if l, ok := top.(*leaf); ok {
		top = l.below
	}
	switch s := top.(type) {
	case showing:
		p := s.shown()
		sheet := p.sheet(e)
		line := sheet.page.Source(p.top(e, sheet) - len(sheet.head))
		for _, problem := range e.desk.Problems(sheet.post.Path) {
			if problem.Severity == content.Error && problem.Line > 0 {
				line = problem.Line
				break
			}
		}
		return a.openEditor(sheet.post.Path, line)
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
