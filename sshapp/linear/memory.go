package linear

import (
	"fmt"
	"slices"
	"time"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/state"
)

// What a session does for a reader who is remembered, and says to others.

// memoryGreeting returns what the greeting says to a reader who has proved a key.
func (s *Session) memoryGreeting() []string {
	if s.memory == nil {
		return nil
	}
	if !s.memory.Agreed() {
		lines := s.message("Shall this blog remember you?")
		for _, line := range blog.Consent(s.env().Words(), s.host) {
			lines = append(lines, s.message("%s", line)...)
		}
		return append(lines, s.message("Type yes if so, or read on.")...)
	}
	if news := blog.NewsLine(s.env().Listing); news != "" {
		return s.message("%s. Type new to hear them.", news)
	}
	return nil
}

// agree has the reader remembered.
func (s *Session) agree() []string {
	switch {
	case s.memory == nil:
		return s.message("%s", blog.Remembering(s.env().Words(), s.host))
	case s.memory.Agreed():
		return s.message("You are remembered already.")
	}
	s.memory.Agree()
	return s.message("You are remembered from now on. Type bookmark in a post to keep a bookmark there.")
}

// unremembered returns what to tell a reader who asks for what is kept only of those who are remembered; nil for one who is.
func (s *Session) unremembered() []string {
	switch {
	case s.memory == nil:
		return s.message("%s", blog.Remembering(s.env().Words(), s.host))
	case !s.memory.Agreed():
		return s.message("Type yes to be remembered first. What is kept then was said at the beginning.")
	}
	return nil
}

// keepPlace keeps where the reader is in the current post: behind what was printed last.
func (s *Session) keepPlace() {
	p := s.currentPost()
	if p == nil || p.width == 0 || !s.memory.Agreed() {
		return
	}
	e := s.env()
	c, gone := p.current(e)
	if gone {
		return
	}
	_, next := p.printed(e)
	pg := p.page(e)
	percent := 100
	if all := p.parts(e).count; next < all {
		percent = next * 100 / all
	}
	blog.Keep(s.memory, p.address, c, pg, pg.At(next-p.headLines(e)), percent)
}

// resume makes the next screenful of a post begin where the reader left it, unless something else has gone to a place in it. It
// returns what to tell the reader; empty if the post begins at its beginning.
func (s *Session) resume(p *post) string {
	if p.width > 0 || !s.memory.Agreed() {
		return ""
	}
	e := s.env()
	c, _ := p.current(e)
	pg := p.page(e)
	at, ok := blog.Resume(s.memory, p.address, c, pg)
	if !ok {
		return ""
	}
	p.startAt(e, pg.Line(at))
	return s.say("%s, from where you left it. Type top for the beginning.", c.Title)
}

// bookmark keeps a bookmark of the text with which the last screenful begins, or removes the one that is there.
func (s *Session) bookmark(p *post, _ string) []string {
	if why := s.unremembered(); why != nil {
		return why
	}
	e := s.env()
	c, _ := p.current(e)
	pg := p.page(e)
	at := pg.At(p.currentLine(e))
	switch b, removed, ok := blog.ToggleBookmark(s.memory, p.address, c, pg, at); {
	case !ok:
		return s.message(blog.TooManyBookmarks)
	case removed:
		return s.message("The bookmark is gone: %s", b.Text)
	default:
		return s.message("Bookmarked: %s", b.Text)
	}
}

// bookmarks lists the bookmarks.
func (s *Session) bookmarks() []string {
	if why := s.unremembered(); why != nil {
		return why
	}
	if len(s.memory.Bookmarks()) == 0 {
		return s.message("There are no bookmarks yet. Type bookmark in a post to keep one.")
	}
	return s.open(&bookmarkList{memory: s.memory})
}

// news lists the posts that are new to the reader.
func (s *Session) news() []string {
	if why := s.unremembered(); why != nil {
		return why
	}
	posts := func(b blog.Listing) ([]*content.Post, []content.Hit) { return slices.Collect(b.New()), nil }
	if found, _ := posts(s.env().Listing); len(found) == 0 {
		return s.message("Nothing is new since you were last here.")
	}
	return s.open(&list{title: s.say("New"), order: s.say("newest first"), emptyText: s.say("Nothing is new any more."), posts: posts})
}

// A bookmarkList is the view of the reader's bookmarks, the newest first.
type bookmarkList struct {
	numberedSpan
	memory *state.Memory
}

func (l *bookmarkList) name(e env) string     { return e.Words().Say("Bookmarks") }
func (l *bookmarkList) prompt(e env) string   { return l.remaining(e, l.name(e)) }
func (l *bookmarkList) position(e env) string { return l.rangeOf(e, l.name(e), 1) }
func (l *bookmarkList) transient() bool       { return false }

func (l *bookmarkList) atEnd(e env) string {
	return e.Words().Say("That was all. Type a number to go there.")
}

// rows returns the bookmarks in the order of the list.
func (l *bookmarkList) rows() []state.Bookmark {
	all := l.memory.Bookmarks()
	slices.Reverse(all)
	return all
}

func (l *bookmarkList) parts(e env) parts {
	all := l.rows()
	row := func(i int) []string {
		if i == 0 {
			return wrap(e.Words().Say("Bookmarks: %d, newest first.", len(all)), e.width)
		}
		b := all[i-1]
		title := b.Post
		if c, ok := e.Edition.Find(b.Post); ok {
			title = c.Title
		}
		return wrap(fmt.Sprintf("%d. %s, %s. %s", i, title, b.At.Format(time.DateOnly), b.Text), e.width)
	}
	return parts{1 + len(all), row, func(i int) string { return all[i].Post + " " + all[i].Mark }}
}

// choose opens a post at the place of a bookmark.
func (l *bookmarkList) choose(s *Session, n int) []string {
	e := s.env()
	i, ok := l.index(l.parts(e), n)
	if !ok {
		return s.message("No bookmark has number %d here.", n)
	}
	b := l.rows()[i]
	c, ok := e.Edition.Find(b.Post)
	if !ok {
		return s.message("This post is no longer published.")
	}
	dest := s.newPost(c)
	pg := dest.page(e)
	dest.startAt(e, pg.Line(blog.Locate(b, c, pg)))
	return s.openPost(dest)
}
