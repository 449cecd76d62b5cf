// Package files shows a blog as files: as a read-only tree to look around in, and as one archive. It knows no SSH.
//
// What must hold: nothing is reached but what is published, and the pictures that it points to; the same blog gives the
// same bytes; what many look at is made once.
package files

import (
	"sync"

	"postern/content"
	"postern/sshapp/feed"
)

// A Source has the files of a blog as it is now. It is safe for concurrent use.
type Source struct {
	edition func() *content.Edition
	key     string
	turn    sync.Mutex // held while a post of a feed is made HTML: feeds never take more than one core

	mu   sync.Mutex // guards what follows
	last *Tree
}

// NewSource returns the source of the files of a blog, which edition gives as it is at the moment. What key says is in
// [feed.Feed].
func NewSource(edition func() *content.Edition, key string) *Source {
	return &Source{edition: edition, key: key}
}

// Tree returns what is published now, which is the same tree for as long as it stays the same.
func (s *Source) Tree() *Tree {
	now := s.edition()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil || !s.last.edition.Equal(now) {
		s.last = newTree(s, now)
	}
	return s.last
}

// Feed returns a feed of some of an edition's posts.
func (s *Source) Feed(now *content.Edition, posts []*content.Post) feed.Feed {
	return feed.Feed{Edition: now, Posts: posts, Key: s.key, Turn: &s.turn}
}
