package tui

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/content/problem"
)

// A ChangedMsg says that the blog has changed, and which problems the change has brought.
type ChangedMsg struct{ Problems []problem.Problem }

// changed finds the open posts again if their files or addresses have changed. It shows a notice of one problem in another
// file than the one on the screen: the first error or, without one, the first warning.
func (a *App) changed(msg ChangedMsg) {
	edition := a.edition()
	for _, s := range a.stack {
		if s, ok := s.(*post); ok {
			s.relocate(edition)
		}
	}
	text := ""
	shown := "" // the file of the post that is shown; empty for a list
	if s, ok := a.top().(postScreen); ok {
		c, _ := s.shownPost().current(a.env())
		shown = c.Path
	}
	for _, p := range msg.Problems {
		if p.File == shown {
			continue
		}
		if p.Severity == problem.Error {
			text = p.String()
			break
		}
		text = cmp.Or(text, p.String())
	}
	a.notify(text)
}

// relocate finds a post whose address has changed: by its path or, if no post has that path, by its text.
func (p *post) relocate(edition *content.Edition) {
	old := p.lastKnown()
	c, ok := edition.Find(p.address)
	if !ok || c.Path != old.Path && c.Body != old.Body {
		for _, posts := range [][]*content.Post{edition.Posts(), edition.Pages()} {
			for _, q := range posts {
				if q.Path == old.Path || q.Body == old.Body && strings.TrimSpace(q.Body) != "" && (c == nil || c.Path != old.Path) {
					c, ok = q, true
				}
			}
		}
	}
	if ok {
		p.address, p.lastSeen = edition.Address(c), c
	}
}

// edit opens the post that is shown or, in a list, the post under the cursor in the author's editor. A post that is shown
// opens at its first error or, without one, at the line at the top of the screen.
func (a *App) edit() tea.Cmd {
	e := a.env()
	top := a.top()
	if s, ok := top.(*pager); ok { // the help or the problems of a post
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
		a.openEditor(l.post.Path, line)
		return nil
	case *list:
		posts := e.filtered(s.filter).Posts
		if i := s.index(e, posts); i >= 0 && i < len(posts) {
			a.openEditor(posts[i].Path, posts[i].BodyLine)
			return nil
		}
	}
	a.notice = "There is no post here to edit."
	return nil
}

// openEditor opens a file in the author's editor, which has the terminal until it is closed.
func (a *App) openEditor(file string, line int) {
	if a.blog.Authoring.Edit != nil {
		if err := a.blog.Authoring.Edit(file, line); err != nil {
			a.notice = err.Error()
		}
		return
	}
	a.notice = "Edit the file where you have it."
	if a.blog.Authoring.History != nil {
		a.notice = "Edit the file where you have it, and publish it again."
	}
}
