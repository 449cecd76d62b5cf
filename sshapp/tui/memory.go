package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/blog"
	"postern/sshapp/state"
)

// What the App does for a reader who is remembered. For others there is no memory, and all of it does nothing.

// recall sets the theme, the width, what is seen of pictures and the order of text as the reader chose when they were here last, if
// this terminal can show them.
func (a *App) recall() {
	chosen := a.reader.Memory.Settings()
	for i, t := range a.themes() {
		if t.Name == chosen.Theme {
			a.theme = i
		}
	}
	a.pictures = chosen.Pictures
	a.reader.Order.Recall(a.reader.Memory)
	for i, measure := range measures {
		if measure == chosen.Width {
			a.measure = i
		}
	}
}

// keep keeps what the reader has chosen, which set changes.
func (a *App) keep(set func(*state.Settings)) {
	chosen := a.reader.Memory.Settings()
	set(&chosen)
	a.reader.Memory.SetSettings(chosen)
}

// A place is where a reader is in a post.
type place struct {
	address string
	viewport
}

// keepPlace keeps where the reader is in the post that is shown.
func (a *App) keepPlace() {
	if !a.reader.Memory.Agreed() || a.height == 0 {
		return
	}
	s, ok := a.top().(postScreen)
	if !ok {
		return
	}
	e, p := a.env(), s.shownPost()
	if _, gone := p.current(e); gone {
		return
	}
	now := place{p.address, p.viewport}
	if now == a.lastPlace {
		return
	}
	a.lastPlace = now
	l := p.layout(e)
	top, bottom, percent := p.top(e, l), l.bottom(e), 100
	if top < bottom {
		percent = top * 100 / bottom
	}
	blog.Keep(e.memory, p.address, l.post, l.page, l.page.At(top-len(l.head)), percent)
}

// maxLeft is how many places in posts a session keeps.
const maxLeft = 16

// leave keeps where the reader is in a post that is closed, for as long as the session lasts. A post that was read to its end
// begins anew.
func (a *App) leave(s screen) {
	p, ok := s.(*post)
	if !ok {
		return
	}
	a.left = slices.DeleteFunc(a.left, func(x place) bool { return x.address == p.address })
	e := a.env()
	l := p.layout(e)
	if top := p.top(e, l); top == 0 || top == l.bottom(e) {
		return
	}
	if len(a.left) == maxLeft {
		a.left = slices.Delete(a.left, 0, 1)
	}
	a.left = append(a.left, place{p.address, p.viewport})
}

// resume goes to where the reader left a post: in this session, or else in one before it. It reports whether they have left it
// anywhere but at its beginning.
func (p *post) resume(e env, left []place) bool {
	if i := slices.IndexFunc(left, func(x place) bool { return x.address == p.address }); i >= 0 {
		p.viewport = left[i].viewport
		return true
	}
	if !e.memory.Agreed() {
		return false
	}
	s := p.layout(e)
	at, ok := blog.Resume(e.memory, p.address, s.post, s.page)
	if ok {
		p.scrollTo(e, s, len(s.head)+s.page.Line(at))
	}
	return ok
}

// bookmark keeps a bookmark of the post that is shown, or removes the one that is there. Elsewhere it lists the bookmarks.
func (a *App) bookmark() tea.Cmd {
	switch s, ok := a.top().(postScreen); {
	case a.reader.Memory == nil:
		a.notice = blog.Remembering(a.Words(), a.reader.Host)
	case !a.reader.Memory.Agreed():
		return a.apply(opening(&consent{}))
	case ok:
		a.notice = s.shownPost().bookmark(a.env())
	default:
		return a.apply(opening(&bookmarks{}))
	}
	return nil
}

// bookmark keeps a bookmark of the text at the top of the screen, or removes it. It returns a notice for the reader.
func (p *post) bookmark(e env) string {
	s := p.layout(e)
	at := s.page.At(p.top(e, s) - len(s.head))
	switch b, removed, ok := blog.ToggleBookmark(e.memory, p.address, s.post, s.page, at); {
	case !ok:
		return e.words.Say(blog.TooManyBookmarks)
	case removed:
		return e.words.Say("The bookmark is gone.")
	default:
		return e.words.Say("Bookmarked: %s", b.Text)
	}
}

// goToBookmark goes to the place of a bookmark.
func (p *post) goToBookmark(e env, b state.Bookmark) {
	s := p.layout(e)
	p.scrollTo(e, s, len(s.head)+s.page.Line(blog.Locate(b, s.post, s.page)))
}
