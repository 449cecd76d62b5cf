package state

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Bounds of what is kept of one reader.
const (
	maxPosts     = 1000 // the posts that were open longest ago go first
	maxBookmarks = 200
	maxAddress   = 400 // bytes of an address; longer ones aren't kept
	maxText      = 200 // bytes of a bookmark's text
)

// visitGap is how long a reader must be away for the next session to be another visit: a connection that breaks doesn't make
// what is new old.
const visitGap = time.Hour

// A Memory is what is known of a reader, while a session of theirs is open. All sessions of a key share one, so that each sees
// what the others have changed. Nothing in it is saved unless the reader agrees. It is safe for concurrent use. The methods of a
// nil Memory, which is that of a reader who has proved no key, find nothing and keep nothing.
type Memory struct {
	id     ID
	keeper *Keeper

	sessions int // guarded by the keeper

	mu     sync.Mutex // guards what follows
	agreed bool
	record Record
	change pending
}

// Agreed reports whether the reader has agreed to be remembered.
func (m *Memory) Agreed() bool {
	if m == nil {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.agreed
}

// Agree has the reader remembered from now on.
func (m *Memory) Agree() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.agreed {
		return
	}
	now := time.Now()
	m.agreed, m.record = true, Record{Seen: now, Here: now, Posts: map[string]Post{}}
	m.change.agreed = true
	m.changed()
}

// changed has the keeper save the memory. m.mu must be held.
func (m *Memory) changed() {
	m.change.any = true
	m.keeper.saver.Later()
}

// visit begins a session. reads says that it is for reading, and not a command.
func (m *Memory) visit(reads bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.agreed {
		m.record.visit(time.Now(), reads)
		m.changed()
	}
}

// visit notes that a session is open.
func (r *Record) visit(now time.Time, reads bool) {
	r.Seen = now
	if !reads {
		return
	}
	if now.Sub(r.Here) >= visitGap {
		r.Before = r.Here
	}
	r.Here = now
}

// LastHere returns when the reader was here before this visit; zero if this is the first.
func (m *Memory) LastHere() time.Time {
	if m == nil {
		return time.Time{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.record.Before
}

// Settings returns how the reader wants to read.
func (m *Memory) Settings() Settings {
	if m == nil {
		return Settings{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.record.Settings
}

// SetSettings keeps how the reader wants to read.
func (m *Memory) SetSettings(s Settings) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.agreed && m.record.Settings != s {
		m.record.Settings = s
		m.change.settings = true
		m.changed()
	}
}

// Post returns how far the reader has read the post of an address.
func (m *Memory) Post(address string) (p Post, ok bool) {
	if m == nil {
		return p, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok = m.record.Posts[address]
	return p, ok
}

// SetPost keeps where a reader is in a post, and how much of it is read, in percent.
func (m *Memory) SetPost(address, mark string, percent int) {
	if m == nil || len(address) > maxAddress {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.agreed {
		return
	}
	old, ok := m.record.Posts[address]
	p := Post{Mark: mark, Percent: max(percent, old.Percent), At: time.Now()}
	if ok && p.Mark == old.Mark && p.Percent == old.Percent {
		return
	}
	if !ok && len(m.record.Posts) >= maxPosts {
		m.dropOldest()
	}
	m.record.Posts[address] = p
	m.touchPost(address)
}

// dropOldest forgets the post that was open longest ago.
func (m *Memory) dropOldest() {
	oldest := slices.MinFunc(slices.Collect(maps.Keys(m.record.Posts)), func(a, b string) int {
		return cmp.Or(m.record.Posts[a].At.Compare(m.record.Posts[b].At), cmp.Compare(a, b))
	})
	delete(m.record.Posts, oldest)
	m.touchPost(oldest)
}

func (m *Memory) touchPost(address string) {
	if m.change.posts == nil {
		m.change.posts = map[string]bool{}
	}
	m.change.posts[address] = true
	m.changed()
}

// Bookmarks returns the reader's bookmarks, the oldest first.
func (m *Memory) Bookmarks() []Bookmark {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.record.Bookmarks)
}

// AddBookmark keeps a bookmark. It is not ok if there are as many as are kept.
func (m *Memory) AddBookmark(b Bookmark) (ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.agreed || len(m.record.Bookmarks) >= maxBookmarks || len(b.Post) > maxAddress {
		return false
	}
	b.At = time.Now()
	b.Text = strings.ToValidUTF8(b.Text[:min(len(b.Text), maxText)], "") // PostgreSQL refuses a part of a character
	m.record.removeBookmark(b)
	m.record.Bookmarks = append(m.record.Bookmarks, b)
	m.touchBookmark(b)
	return true
}

// RemoveBookmark removes the bookmark at a place. It reports whether there was one.
func (m *Memory) RemoveBookmark(b Bookmark) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.record.removeBookmark(b) {
		return false
	}
	m.touchBookmark(b)
	return true
}

func (r *Record) removeBookmark(b Bookmark) bool {
	n := len(r.Bookmarks)
	r.Bookmarks = slices.DeleteFunc(r.Bookmarks, b.samePlace)
	return len(r.Bookmarks) < n
}

func (b Bookmark) samePlace(other Bookmark) bool { return b.Post == other.Post && b.Mark == other.Mark }

func (m *Memory) touchBookmark(b Bookmark) {
	if m.change.bookmarks == nil {
		m.change.bookmarks = map[Bookmark]bool{}
	}
	m.change.bookmarks[Bookmark{Post: b.Post, Mark: b.Mark}] = true
	m.changed()
}

// Record returns a copy of all that is kept of the reader. It is not ok if the reader hasn't agreed.
func (m *Memory) Record() (r Record, ok bool) {
	if m == nil {
		return r, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r = m.record
	r.Posts, r.Bookmarks = maps.Clone(r.Posts), slices.Clone(r.Bookmarks)
	return r, m.agreed
}

// forget makes the reader one who hasn't agreed.
func (m *Memory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.agreed, m.record, m.change = false, Record{}, pending{}
}
