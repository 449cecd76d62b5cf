package page

import (
	"container/list"
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
	pages  map[key]*list.Element
	recent *list.List // of entry, the last one asked for in front
	bytes  int64
}

// key is the post's content, not the post, so that a reload of the library keeps the pages of what didn't change.
type key struct {
	sum   [16]byte
	width int
	theme string
}

type entry struct {
	key  key
	page *Page
}

// NewCache returns a cache that holds at most max bytes of pages. A page that is larger is made each time.
func NewCache(max int64) *Cache {
	return &Cache{max: max, pages: map[key]*list.Element{}, recent: list.New()}
}

// Page returns a post typeset for lines of at most width cells.
func (c *Cache) Page(post *content.Post, width int, theme *Theme) (*Page, error) {
	k := key{post.Sum, width, theme.Name}
	if p := c.get(k); p != nil {
		return p, nil
	}
	flight := string(k.sum[:]) + string(rune(k.width)) + k.theme
	p, err, _ := c.flight.Do(flight, func() (any, error) {
		if p := c.get(k); p != nil {
			return p, nil
		}
		p, err := New(post, width, theme)
		if err == nil {
			c.put(k, p)
		}
		return p, err
	})
	if err != nil {
		return nil, err
	}
	return p.(*Page), nil
}

func (c *Cache) get(k key) *Page {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.pages[k]
	if e == nil {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(entry).page
}

func (c *Cache) put(k key, p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[k] = c.recent.PushFront(entry{k, p})
	c.bytes += p.size()
	c.shrink(c.max)
}

// Shrink drops pages until at most so many bytes are left.
func (c *Cache) Shrink(bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shrink(bytes)
}

// Bytes returns about how many bytes the pages take.
func (c *Cache) Bytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

func (c *Cache) shrink(bytes int64) {
	for c.bytes > bytes {
		old := c.recent.Remove(c.recent.Back()).(entry)
		delete(c.pages, old.key)
		c.bytes -= old.page.size()
	}
}
