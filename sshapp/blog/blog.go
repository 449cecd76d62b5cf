// Package blog has what all sessions share, and who reads: a blog as the server runs it, readers, and lists of posts as one
// reader is shown them. It draws nothing and says nothing.
package blog

import (
	"os/exec"
	"sync/atomic"
	"time"

	"postern/content"
	"postern/content/problem"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/page"
)

// A Blog is what all sessions share. It is safe for concurrent use. Sessions keep nothing of it between two inputs, so what
// is published shows at a reader's next key.
type Blog struct {
	Edition   func() *content.Edition // returns what is published now; it is called often, and must be cheap
	Theme     func() *page.Theme      // returns the theme for terminals that can show it; likewise
	Pages     *page.Cache
	Authoring *Authoring // nil for readers

	// Changed returns a channel that is closed when Edition returns something new for another reason than the passing of
	// time. Take the channel before the edition, or a change between the two is missed. Nil for a blog that never changes.
	Changed func() <-chan struct{}
}

// Editions returns the Edition of a [Blog]: what the newest library publishes at the time of each call. What is counted of an
// edition is counted once, for as long as it stays the same.
func Editions(newest func() *content.Library) func() *content.Edition {
	var last atomic.Pointer[content.Edition]
	return func() *content.Edition {
		e := newest().AtAfter(last.Load(), time.Now())
		last.Store(e)
		return e
	}
}

// A Reader is who reads.
type Reader struct {
	Colors int           // how many the terminal shows, as [page.Theme] counts them; 0 also for a reader who wants none
	Lang   string        // the locale of the reader, such as "es_MX.UTF-8"; may be empty
	Host   settings.Host // what readers type to come here; may be empty
	Turn   *work.Turn    // in which what isn't cheap is done for the reader; nil for one who has the machine to himself
}

// Authoring is what an author sees and does beside what readers do. Its funcs are called from one goroutine.
type Authoring struct {
	// Problems returns the problems of a file or, for "", of all files, as far as they are known without reading posts. It
	// is called for every frame, and must be cheap.
	Problems func(file string) []problem.Problem

	// Edit returns the command that opens a file of the blog in the author's editor, at a line counted from 1. An error
	// says why there is none, and is shown to the author.
	Edit func(file string, line int) (*exec.Cmd, error)
}
