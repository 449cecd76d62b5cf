// Package files shows a blog as files: as a read-only tree to look around in, and as one archive. It knows no SSH.
//
// What must hold: nothing is reached but what is published, and the pictures that it points to; the same blog gives the
// same bytes; what many look at is made once.
package files

import (
	"sync"
	"time"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/feed"
)

// A Source has the files of a blog as it is now. It is safe for concurrent use.
type Source struct {
	edition func() *content.Edition
	host    func() settings.Host
	key     string

	mu    sync.Mutex // guards what follows
	last  *Tree
	spare *time.Timer // when last goes; nil before the first
}

// spared is how long a tree is kept that nobody looks at: it holds the library that it was made of.
const spared = time.Minute

// NewSource returns the source of the files of a blog, which edition gives as it is at the moment. What host and key say is
// in [feed.Feed]; as long as the edition stays the same, so does the host.
func NewSource(edition func() *content.Edition, host func() settings.Host, key string) *Source {
	return &Source{edition: edition, host: host, key: key}
}

// Tree returns what is published now, which is the same tree for as long as it stays the same.
func (s *Source) Tree() *Tree {
	now := s.edition()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil || !s.last.edition.Equal(now) {
		s.last = newTree(s, now)
	}
	if s.spare == nil {
		s.spare = time.AfterFunc(spared, s.forget)
	}
	s.spare.Reset(spared)
	return s.last
}

func (s *Source) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = nil
}

// Feed returns a feed of some of an edition's posts.
func (s *Source) Feed(now *content.Edition, posts []*content.Post) feed.Feed {
	return feed.Feed{Edition: now, Posts: posts, Host: s.host(), Key: s.key}
}
