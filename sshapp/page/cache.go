package page

import (
	"container/list"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"

	"postern/content"
)

// A Cache keeps typeset pages for all sessions, within a bound in bytes: what was asked for longest ago goes first. It
// is safe for concurrent use, and typesets a page once however many ask for it at the same time.
type Cache struct {
	max    int64
	flight singleflight.Group

	mu     sync.Mutex // guards what follows; never held while a page is typeset
	pages  map[pageKey]*list.Element
	recent *list.List // of kept, the last one asked for in front
	bytes  int64
}

// A pageKey has the post's content, not the post, so that a reload of the library keeps the pages of what didn't change;
// and the theme itself, since a sheet may change and keep its name.
type pageKey struct {
	sum   [16]byte
	path  string
	width int
	theme *Theme
}

type kept struct {
	key  pageKey
	page *Page
	size int64
}

// keptOverhead is what the cache itself needs for a page: a map's slot, a list's element, a key. In bytes, about.
const keptOverhead = 256

// NewCache returns a cache that holds at most maxBytes of pages. A page that is larger is made each time.
func NewCache(maxBytes int64) *Cache {
	return &Cache{max: maxBytes, pages: map[pageKey]*list.Element{}, recent: list.New()}
}

// Page returns a post typeset for lines of at most width cells, as [New] does.
func (c *Cache) Page(post *content.Post, width int, theme *Theme) *Page {
	k := pageKey{post.Sum, post.Path, width, theme}
	if p := c.get(k); p != nil {
		return p
	}
	p, _, _ := c.flight.Do(fmt.Sprintf("%x %d %p %s", k.sum, k.width, k.theme, k.path), func() (any, error) {
		if p := c.get(k); p != nil {
			return p, nil
		}
		p := New(post, width, theme)
		c.put(k, p)
		return p, nil
	})
	return p.(*Page)
}

// Bytes returns how much the cache holds, never more than its bound.
func (c *Cache) Bytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// Shrink lets go of pages until at most so many bytes are held. The cache may grow again.
func (c *Cache) Shrink(toBytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shrink(toBytes)
}

func (c *Cache) get(k pageKey) *Page {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.pages[k]
	if e == nil {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(kept).page
}

func (c *Cache) put(k pageKey, p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	size := p.size() + keptOverhead
	if size > c.max {
		return
	}
	c.shrink(c.max - size)
	c.pages[k] = c.recent.PushFront(kept{k, p, size})
	c.bytes += size
}

func (c *Cache) shrink(to int64) {
	for c.bytes > to && c.recent.Len() > 0 {
		old := c.recent.Remove(c.recent.Back()).(kept)
		delete(c.pages, old.key)
		c.bytes -= old.size
	}
}
