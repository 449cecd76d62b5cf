package blog

import (
	"fmt"
	"strings"
	"time"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/state"
)

// New returns the posts that were published since the reader was here before this visit and that they haven't opened, the newest
// first. It is empty at a first visit.
func (l Listing) New() []*content.Post { return l.NewSince(l.Memory.LastHere()) }

// NewSince returns the posts that were published after a moment and that the reader hasn't opened, the newest first; none for the
// zero time.
func (l Listing) NewSince(last time.Time) []*content.Post {
	if last.IsZero() {
		return nil
	}
	var news []*content.Post
	for _, p := range l.Posts() {
		published := p.Time
		if h, m, s := published.Clock(); h+m+s == 0 { // a day alone: at any time of it
			published = published.AddDate(0, 0, 1)
		}
		if !published.After(last) {
			break
		}
		if _, opened := l.Memory.Post(l.Edition.Address(p)); !opened {
			news = append(news, p)
		}
	}
	return news
}

// Progress says how far the reader has read a post: "read", "40%", or nothing.
func (l Listing) Progress(p *content.Post) string {
	kept, ok := l.Memory.Post(l.Edition.Address(p))
	switch {
	case !ok:
		return ""
	case kept.Percent >= 100:
		return "read"
	}
	return fmt.Sprintf("%d%%", max(1, kept.Percent))
}

// Resume returns the position at which the reader left a post, on a page of it. It is not ok if they have not begun it, or have
// left it at its beginning or its end.
func Resume(m *state.Memory, address string, post *content.Post, on *page.Page) (at page.Position, ok bool) {
	kept, _ := m.Post(address)
	if kept.Mark == "" {
		return at, false
	}
	return on.Locate(post, page.ParseMark(kept.Mark)), true
}

// Keep keeps where a reader is in a post, at a position of a page of it, and how much of it they have read, in percent. Who leaves a
// post at its end begins it anew the next time.
func Keep(m *state.Memory, address string, post *content.Post, on *page.Page, at page.Position, percent int) {
	mark := ""
	if percent < 100 {
		mark = on.Mark(post, at).String()
	}
	m.SetPost(address, mark, percent)
}

// NewBookmark returns a bookmark of a position on a page of a post.
func NewBookmark(address string, post *content.Post, on *page.Page, at page.Position) state.Bookmark {
	const maxText = 80 // cells
	text := post.Title
	if at != (page.Position{}) {
		lines := on.Plain()[on.Line(at):]
		text = strings.Join(strings.Fields(strings.Join(lines[:min(len(lines), 3)], " ")), " ")
	}
	return state.Bookmark{Post: address, Mark: on.Mark(post, at).String(), Text: cell.Shorten(text, maxText)}
}

// Remembering says how a reader comes to be remembered.
func Remembering(host settings.Host) string {
	return "To be remembered, come with a key: " + host.Command(content.MemberName)
}

// Consent is what readers are told before anything is kept of them.
func Consent(host settings.Host) []string {
	me := host.Command(content.MemberName)
	return []string{
		"Shall this blog remember you? If so it keeps, under a number made of your key: the posts that you open, where you are",
		"in them, and when; your bookmarks, your theme and the width of the text; when you were last here. Nothing else.",
		"It keeps that until you erase it, or until you have not come for 13 months.",
		"To erase it, at once:  " + me + " forget",
		"To see all of it:      " + me + " export",
	}
}
