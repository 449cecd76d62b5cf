package page

import (
	"container/list"
	"image"
	"sync"
	"time"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

// A Cache keeps typeset pages, and drawn pictures, for all sessions, within a bound in bytes: what was asked for longest ago goes first. It
// is safe for concurrent use, and typesets a page once however many ask for it at the same time.
type Cache struct {
	max int64

	mu      sync.Mutex // guards what follows; never held while a page is typeset
	entries map[key]*list.Element
	recent  *list.List // of *kept, the last one asked for in front
	bytes   int64
	begun   map[key]*begun
	waiting map[key][]*Asker // who waits for a picture that is being drawn
}

// A begun is a page that is being typeset.
type begun struct {
	work.Shared[*Page]
	waiting int // how many have asked for it, and have no answer yet
}

// A key is that of a page or of a drawn picture. It has the post's content, not the post, so that a reload of the library keeps
// the pages of what didn't change; and the theme itself, since a sheet may change and keep its name.
type key struct {
	sum   [16]byte
	path  string
	lang  string // of the page's own words and of its hyphens: the blog's settings may change it
	width int
	wide  int // of a page; 0 for no more than its width
	theme *theme.Theme
	box   picture.Box // the room for the page's pictures

	// Of a picture:
	backdrop picture.Backdrop
	size     image.Point // in pixels
	depth    Depth
	alone    bool // it is to be seen well
}

// A kept is a page, or the drawing of a picture.
type kept struct {
	key     key
	page    *Page
	text    bool      // the page's text was made
	checked time.Time // when the files of the page's pictures were looked at
	drawing drawing
	size    int64
}

// keptOverhead is what the cache itself needs for a page: a map's slot, a list's element, a key. In bytes, about.
const keptOverhead = 256

// NewCache returns a cache that holds at most maxBytes of pages. A page that is larger is made each time.
func NewCache(maxBytes int64) *Cache {
	return &Cache{max: maxBytes, entries: map[key]*list.Element{}, recent: list.New(), begun: map[key]*begun{}, waiting: map[key][]*Asker{}}
}

// Page returns a post typeset for lines of at most width cells, as [New] does. What isn't there yet is typeset in the turn;
// the page is empty if the turn's client has gone.
func (c *Cache) Page(turn *work.Turn, post *content.Post, width int, t *theme.Theme) *Page {
	return c.page(turn, post, newKey(post, width, t), nil)
}

func newKey(post *content.Post, width int, t *theme.Theme) key {
	return key{sum: post.Sum, path: post.Path, lang: post.Language, width: width, theme: t}
}

// page returns the page that has a key. from has the files of its pictures; nil for a page without any.
func (c *Cache) page(turn *work.Turn, post *content.Post, k key, from *content.Edition) *Page {
	p, b := c.get(k)
	if p != nil {
		return p
	}
	defer c.leave(k, b)
	p, ok := b.Get(turn, work.Typeset, document.WorkBytes(post), func() *Page {
		return layout(document.Read(post, turn.Check), post, k.width, k.theme, Room{k.wide, k.box}, from, c.isDamaged)
	})
	if !ok {
		return &Page{}
	}
	c.put(k, p)
	return p
}

// Text returns the text of a post's page, for finding in it. It is made once for each page, in a turn, and is empty if the
// turn's client has gone.
func (c *Cache) Text(turn *work.Turn, post *content.Post, width int, t *theme.Theme) *Text {
	return c.textOf(turn, c.Page(turn, post, width, t), newKey(post, width, t))
}

// textOf returns the text of a page that has a key.
func (c *Cache) textOf(turn *work.Turn, p *Page, k key) *Text {
	text, ok := p.text.Get(turn, work.Find, p.size(), func() *Text { return NewText(turn, p.Lines) })
	if !ok {
		return &Text{}
	}
	c.addText(k, p, text)
	return text
}

// Typeset returns a page as [Cache.Page] does, and keeps nothing of it.
func (c *Cache) Typeset(turn *work.Turn, post *content.Post, width int, t *theme.Theme) *Page {
	p := &Page{}
	turn.Do(work.Typeset, document.WorkBytes(post), func() { p = Layout(document.Read(post, turn.Check), post, width, t) })
	return p
}

// Bytes returns how much the cache holds, never more than its bound.
func (c *Cache) Bytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// get returns a page that is there or else, for the caller to wait for and to leave, one that is being made.
func (c *Cache) get(k key) (*Page, *begun) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[k]; e != nil {
		c.recent.MoveToFront(e)
		return e.Value.(*kept).page, nil
	}
	b := c.begun[k]
	if b == nil {
		b = &begun{}
		c.begun[k] = b
	}
	b.waiting++
	return nil, b
}

// leave forgets a page that is being made when nobody waits for it any more.
func (c *Cache) leave(k key, b *begun) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b.waiting--; b.waiting == 0 {
		delete(c.begun, k)
	}
}

// put keeps a page, unless it is kept already.
func (c *Cache) put(k key, p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	size := p.size() + keptOverhead
	if c.entries[k] == nil {
		c.add(&kept{key: k, page: p, size: size, checked: time.Now()})
	}
}

// add keeps what fits.
func (c *Cache) add(x *kept) {
	if x.size > c.max {
		return
	}
	c.shrink(c.max - x.size)
	c.entries[x.key] = c.recent.PushFront(x)
	c.bytes += x.size
}

// addText counts the text of a page that is kept, unless it is counted already.
func (c *Cache) addText(k key, p *Page, t *Text) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entries[k]
	if e == nil {
		return
	}
	if x := e.Value.(*kept); x.page == p && !x.text {
		x.text = true
		x.size += t.bytes()
		c.bytes += t.bytes()
		c.shrink(c.max)
	}
}

func (c *Cache) shrink(to int64) {
	for c.bytes > to && c.recent.Len() > 0 {
		c.drop(c.recent.Back())
	}
}

func (c *Cache) drop(e *list.Element) {
	old := c.recent.Remove(e).(*kept)
	delete(c.entries, old.key)
	c.bytes -= old.size
}
