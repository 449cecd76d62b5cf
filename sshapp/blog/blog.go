// Package blog has what the screens, the line mode and the commands share: a blog as the server runs it, readers, lists of posts
// as one reader sees them, and some texts about posts.
package blog

import (
	"sync/atomic"
	"time"

	"postern/content"
	"postern/content/problem"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// A Blog is the blog that all sessions show. It is safe for concurrent use. Sessions call Edition and Theme anew for each input,
// so that a new post shows at a reader's next key.
type Blog struct {
	Edition   func() *content.Edition // returns what is published now; called often, so it must be fast
	Theme     func() *theme.Theme     // returns the theme for terminals that can show it; called as often
	Pages     *page.Cache
	Rows      *Rows
	Authoring *Authoring // nil for readers

	// Changed returns a channel that is closed when the blog's files change. Call Changed before Edition, or a change between the
	// two calls is missed. It is nil for a blog that never changes.
	Changed func() <-chan struct{}
}

// Editions returns a func for [Blog.Edition]: it returns what the newest library publishes at the time of the call. It returns the
// same edition, with what was computed of it, for as long as that stays the same.
func Editions(newest func() *content.Library) func() *content.Edition {
	var last atomic.Pointer[content.Edition]
	return func() *content.Edition {
		before := last.Load()
		e := newest().AtAfter(before, time.Now())
		if e != before {
			last.Store(e)
		}
		return e
	}
}

// A Reader is what is known of a session's reader.
type Reader struct {
	Colors int           // how many colours to use, as [theme.Theme] counts them
	Lang   string        // the reader's locale, such as "es_MX.UTF-8"; may be empty
	Host   settings.Host // the blog's address as readers type it; may be empty
	Turn   *work.Turn    // in which work for the reader is done; nil for no limit
	Memory *state.Memory // nil for a reader who has proved no key

	Order    Order
	Pictures LazyPictures
}

// A Publication is what an author is told of something that was published.
type Publication struct {
	Summary string   // its number, when, by whom and in which way, and what has changed in a few words
	Changes []string // a line for each file that it has added, changed or removed
	Next    []string // the commands that show more of it, or publish it again
}

// Authoring is what an author can do and readers can't. Its funcs are called from one goroutine.
type Authoring struct {
	// Problems returns the problems of a file or, for "", those of all files that are known without reading the text of posts.
	// It is called for every frame, so it must be fast.
	Problems func(file string) []problem.Problem

	// Edit opens a file of the blog in the author's editor, at a line counted from 1, and returns when the editor is closed. Its
	// error is shown to the author. Nil if the files aren't on the author's machine.
	Edit func(file string, line int) error

	// Saved reports whether a file has saved changes that are not published. Nil if the server serves a directory.
	Saved func(file string) bool

	// History returns the publications, the newest first. Nil if the server serves a directory.
	History func() ([]Publication, error)

	// Reads returns how often posts were read, and each of the last days. Nil if nothing is counted.
	Reads func(days int) (reads.Summary, error)
}
