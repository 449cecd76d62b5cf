// Package files shows a blog as files: as a read-only file system, and as a tar archive. It knows nothing of SSH.
//
// What must hold: only published posts and the pictures that they link to can be read; the same blog gives the same bytes; what
// many clients read is made once.
package files

import (
	"sync"
	"time"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/feed"
)

// A Source makes the trees of a blog. It is safe for concurrent use.
type Source struct {
	edition func() *content.Edition
	host    func() settings.Host
	key     string

	mu       sync.Mutex  // guards the fields below
	snapshot *snapshot   // the newest; nil if it was dropped
	expiry   *time.Timer // drops the snapshot; nil before the first Tree
}

// snapshotLifetime is how long a snapshot is kept without a call of Tree, since it keeps its whole library in memory.
const snapshotLifetime = time.Minute

// NewSource returns the source of the files of a blog. The func edition returns the blog as it is now; for host and key see
// [feed.Feed]. The host must not change while the edition stays the same.
func NewSource(edition func() *content.Edition, host func() settings.Host, key string) *Source {
	return &Source{edition: edition, host: host, key: key}
}

// Tree returns the files of what is published now. What other clients have not made yet is made in the given turn.
func (s *Source) Tree(turn *work.Turn) *Tree { return &Tree{s.current(), turn} }

// current returns the snapshot of what is published now, which is the same until the edition changes.
func (s *Source) current() *snapshot {
	edition := s.edition()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.snapshot == nil || !s.snapshot.edition.Equal(edition) {
		s.snapshot = newSnapshot(s, edition)
	}
	if s.expiry == nil {
		s.expiry = time.AfterFunc(snapshotLifetime, s.dropSnapshot)
	}
	s.expiry.Reset(snapshotLifetime)
	return s.snapshot
}

func (s *Source) dropSnapshot() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snapshot = nil
}

// Feed returns a feed of some of an edition's posts, which is made in the given turn.
func (s *Source) Feed(turn *work.Turn, edition *content.Edition, posts []*content.Post) feed.Feed {
	return feed.Feed{Edition: edition, Posts: posts, Host: s.host(), Key: s.key, Turn: turn}
}
