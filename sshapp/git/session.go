package git

import (
	"context"
	"fmt"
	"io"

	"github.com/go-git/go-git/v6/plumbing"

	"postern/content/publish"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/publishing"
)

// A Session is one call of an author's git. It is for one goroutine, in whose turn what isn't cheap is done. Others have their
// turn while it waits for the client, for the disk or for other publications.
type Session struct {
	Context   context.Context // done when the client has gone, or the call has lasted too long; its cause is the error then
	Publisher *publishing.Publisher
	Author    publish.Author
	Host      settings.Host // what readers type to come here; may be empty
	Turn      *work.Turn
	In        io.Reader // what the client sends
	Out       io.Writer
}

// step lets others have their turn. It is called for each object, and for a few kilobytes of a large one.
func (s *Session) step() error {
	if s.Turn.Step() {
		return nil
	}
	return fmt.Errorf("the call has ended: %w", context.Cause(s.Context))
}

// pause calls do while others have their turn.
func (s *Session) pause(do func() error) (err error) {
	s.Turn.Pause(func() { err = do() })
	return err
}

// begin opens the repository, with all in it that is published.
func (s *Session) begin() (*repository, error) {
	r, err := open(s.Publisher.Store, s.step)
	if err != nil {
		return nil, err
	}
	_, _, unlock, err := s.follow(r)
	if err == nil {
		unlock()
	}
	return r, err
}

// follow locks the repository, and brings it up to date. If there is no error, the caller unlocks it.
func (s *Session) follow(r *repository) (tip plumbing.Hash, generation int, unlock func(), err error) {
	err = s.pause(func() error {
		if unlock, err = s.Publisher.Store.LockGit(); err != nil {
			return err
		}
		if tip, generation, err = r.follow(); err != nil {
			unlock()
		}
		return err
	})
	return tip, generation, unlock, err
}
