package page

import (
	"time"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

// recheckAfter is how long the files of a page's pictures are taken to be as they were.
const recheckAfter = time.Second

// Illustrated returns a post typeset as [Cache.Page] does, in more room: for what is wider than the text, and for the pictures that
// stand alone and are in the edition's directory, at most as many rows each as the box has. For a post without any it is the same page.
func (c *Cache) Illustrated(turn *work.Turn, e *content.Edition, post *content.Post, width int, t *theme.Theme, room Room) *Page {
	p, _ := c.illustrated(turn, e, post, width, t, room)
	return p
}

// illustrated returns the page, and its key.
func (c *Cache) illustrated(turn *work.Turn, e *content.Edition, post *content.Post, width int, t *theme.Theme, room Room) (*Page, key) {
	k := newKey(post, width, t)
	plain := c.Page(turn, post, width, t)
	if plain.figures > 0 {
		k.box = room.Box
	}
	if room.Wide > width && (plain.narrow || k.box != (picture.Box{})) {
		k.wide = room.Wide
	}
	if k.wide == 0 && k.box == (picture.Box{}) {
		return plain, k
	}
	c.recheck(k, e, post)
	return c.page(turn, post, k, e), k
}

// IllustratedText returns the text of a page of [Cache.Illustrated], as [Cache.Text] does.
func (c *Cache) IllustratedText(turn *work.Turn, e *content.Edition, post *content.Post, width int, t *theme.Theme, room Room) *Text {
	p, k := c.illustrated(turn, e, post, width, t, room)
	return c.textOf(turn, p, k)
}

// recheck drops a page if the files of its pictures have changed.
func (c *Cache) recheck(k key, e *content.Edition, post *content.Post) {
	p := c.due(k)
	if p == nil {
		return
	}
	for _, s := range p.sources {
		if !s.isCurrent(e, post) {
			c.forget(k, p)
			return
		}
	}
}

// due returns the page that has a key if its files are to be looked at again.
func (c *Cache) due(k key) *Page {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entries[k]
	if e == nil {
		return nil
	}
	x := e.Value.(*kept)
	if time.Since(x.checked) < recheckAfter {
		return nil
	}
	x.checked = time.Now()
	return x.page
}

// forget drops a page if it is still the one that a key has.
func (c *Cache) forget(k key, p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[k]; e != nil && e.Value.(*kept).page == p {
		c.drop(e)
	}
}
