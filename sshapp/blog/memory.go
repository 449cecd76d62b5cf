package blog

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/bidi"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/page/linebreak"
	"postern/sshapp/phrase"
	"postern/sshapp/state"
)

// New returns the posts that are new to the reader, the newest first: published since they were here before this visit, and never
// opened by them. At a first visit there is none.
func (l Listing) New() iter.Seq[*content.Post] { return l.NewSince(l.Memory.LastHere()) }

// NewSince returns the posts that were published after a moment and never opened by the reader, the newest first; none for the
// zero time.
func (l Listing) NewSince(last time.Time) iter.Seq[*content.Post] {
	return func(yield func(*content.Post) bool) {
		if last.IsZero() {
			return
		}
		for _, p := range l.Posts() {
			if !publishedAfter(p, last) {
				return
			}
			if _, opened := l.Memory.Post(l.Edition.Address(p)); !opened && !yield(p) {
				return
			}
		}
	}
}

// NewsLine says how many posts are new to the reader, and since when; empty if none is.
func NewsLine(l Listing) string {
	const most = 100 // that are counted
	n := 0
	for range l.New() {
		if n++; n == most {
			break
		}
	}
	switch {
	case n == 0:
		return ""
	case n == most:
		return l.Words().Say("%d and more are new since you were last here, %s", n, l.Memory.LastHere().Format(time.DateOnly))
	}
	return l.Words().Say("%d new since you were last here, %s", n, l.Memory.LastHere().Format(time.DateOnly))
}

// publishedAfter reports whether a post may have been published after a moment. A date without a time may be any time of the day.
func publishedAfter(p *content.Post, moment time.Time) bool {
	latest := p.Time
	if hour, minute, second := latest.Clock(); hour+minute+second == 0 {
		latest = latest.AddDate(0, 0, 1)
	}
	return latest.After(moment)
}

// ReadingTime returns how long a post takes to read and, for a reader who is remembered, whether it is new or how much of it is
// read.
func (l Listing) ReadingTime(p *content.Post) string {
	words := l.Words()
	minutes := words.Say("%d min", p.Minutes())
	if l.Memory == nil {
		return minutes
	}
	last := l.Memory.LastHere()
	switch kept, opened := l.Memory.Post(l.Edition.Address(p)); {
	case opened && kept.Percent >= 100:
		return words.Say("read, %s", minutes)
	case opened:
		return words.Say("%d%% of %s", max(1, kept.Percent), minutes)
	case !last.IsZero() && publishedAfter(p, last):
		return words.Say("new, %s", minutes)
	}
	return minutes
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

// Locate returns the position of a bookmark on a page of its post.
func Locate(b state.Bookmark, post *content.Post, on *page.Page) page.Position {
	return on.Locate(post, page.ParseMark(b.Mark))
}

// TooManyBookmarks is, in English, what a reader is told when [ToggleBookmark] is not ok.
const TooManyBookmarks = "There are as many bookmarks as are kept. Remove one first."

// ToggleBookmark keeps a bookmark of a position on a page of a post, or removes the one that is on its line, and says which. It is
// not ok if no more bookmarks are kept.
func ToggleBookmark(m *state.Memory, address string, post *content.Post, on *page.Page, at page.Position) (b state.Bookmark, removed, ok bool) {
	if old, ok := bookmarkAt(m, address, post, on, on.Line(at)); ok {
		m.RemoveBookmark(old)
		return old, true, true
	}
	b = newBookmark(address, post, on, at)
	return b, false, m.AddBookmark(b)
}

// bookmarkAt returns the bookmark that is on a line of a page of a post, if there is one.
func bookmarkAt(m *state.Memory, address string, post *content.Post, on *page.Page, line int) (b state.Bookmark, ok bool) {
	for _, b := range m.Bookmarks() {
		if b.Post == address && on.Line(Locate(b, post, on)) == line {
			return b, true
		}
	}
	return b, false
}

// withoutSigns takes out what a page adds to text: hyphens at the ends of lines, and marks of direction.
var withoutSigns = strings.NewReplacer(linebreak.Hyphen+"\n", "", bidi.LeftToRight, "", bidi.RightToLeft, "")

// isDrawn reports whether a word is but lines: those of a table, or the bar of a quote.
func isDrawn(word string) bool {
	return strings.TrimFunc(word, func(r rune) bool { return r >= '\u2500' && r <= '\u257f' }) == ""
}

// newBookmark returns a bookmark of a position on a page of a post.
func newBookmark(address string, post *content.Post, on *page.Page, at page.Position) state.Bookmark {
	const maxText = 80 // characters
	text := post.Title
	if at != (page.Position{}) && at.Block < len(on.Blocks) {
		lines := on.Plain()[on.Line(at) : on.Blocks[at.Block].Last+1]
		text = withoutSigns.Replace(strings.Join(lines[:min(len(lines), 3)], "\n"))
		text = cmp.Or(strings.Join(slices.DeleteFunc(strings.Fields(text), isDrawn), " "), post.Title)
	}
	return state.Bookmark{Post: address, Mark: on.Mark(post, at).String(), Text: cell.Shorten(text, maxText)}
}

// Remembering says how a reader comes to be remembered.
func Remembering(words *phrase.Language, host settings.Host) string {
	return words.Say("To be remembered, come with a key: %s", host.Command(content.MemberName))
}

// Consent is what readers are told before anything is kept of them.
func Consent(words *phrase.Language, host settings.Host) []string {
	me := host.Command(content.MemberName)
	return []string{
		words.Say("It would keep which posts you open, where you are in them, and when; your bookmarks, your theme, width of text and choice of pictures and order of right-to-left text; when you were last here. No more."),
		words.Say("It is kept under a number made of your key, for 13 months after a visit."),
		words.Say("To erase it at once: %s", me+" forget"),
		words.Say("To see all of it: %s", me+" export"),
	}
}
