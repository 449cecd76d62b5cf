package state

import (
	"maps"
	"slices"
)

// pending names what has changed in a record since it was saved last. What it names and the record doesn't have was removed.
type pending struct {
	any       bool
	agreed    bool
	settings  bool
	posts     map[string]bool
	bookmarks map[Bookmark]bool // of which only Post and Mark are set
}

// take returns what has changed since it was called last. The change is not ok if nothing has.
func (m *Memory) take() (c Change, taken pending, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken, m.change = m.change, pending{}
	c = Change{Agreed: taken.agreed, Seen: m.record.Seen, Here: m.record.Here, Before: m.record.Before}
	if taken.settings {
		settings := m.record.Settings
		c.Settings = &settings
	}
	c.Posts = map[string]Post{}
	for address := range taken.posts {
		if p, ok := m.record.Posts[address]; ok {
			c.Posts[address] = p
		} else {
			c.Dropped = append(c.Dropped, address)
		}
	}
	for b := range taken.bookmarks {
		if i := slices.IndexFunc(m.record.Bookmarks, b.samePlace); i >= 0 {
			c.Bookmarks = append(c.Bookmarks, m.record.Bookmarks[i])
		} else {
			c.Removed = append(c.Removed, b)
		}
	}
	return c, taken, taken.any && m.agreed
}

// putBack has what was taken saved again later.
func (m *Memory) putBack(taken pending) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.agreed {
		return
	}
	m.change.any = true
	m.change.agreed = m.change.agreed || taken.agreed
	m.change.settings = m.change.settings || taken.settings
	m.change.posts = union(m.change.posts, taken.posts)
	m.change.bookmarks = union(m.change.bookmarks, taken.bookmarks)
}

func union[K comparable](a, b map[K]bool) map[K]bool {
	if a == nil {
		return b
	}
	maps.Copy(a, b)
	return a
}
