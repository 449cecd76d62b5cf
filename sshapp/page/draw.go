package page

import (
	"image"
	"runtime"
	"slices"
	"time"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

// A Depth is how many colours pictures are drawn in.
type Depth uint8

const (
	Colors256 Depth = iota
	TrueColor
	asFile  // not drawn: a PNG of 256 colours
	asSixel // a sequence
	damaged // not drawn: a note that the file is damaged
)

// A drawing is a picture that has been made small. It is empty if the file is damaged, or not the one that the page has room for, or
// if it took too long.
type drawing struct {
	lines   []string
	file    []byte // of a picture as a file or as a sequence
	damaged bool
}

// FindPicture finds the picture that a post names, to be shown alone: see [Picture.In]. It is not ok for one that can't be shown.
func FindPicture(e *content.Edition, post *content.Post, target string) (p Picture, ok bool) {
	found := look(e, post, target)
	return Picture{File: found.file, sum: found.sum(), info: found.info, stamp: found.stamp}, found.shown
}

// In returns the picture in a size that fits into a box in which it is shown alone.
func (p Picture) In(box picture.Box) Picture {
	p.alone = true
	p.Columns, p.Rows = box.Fit(p.info)
	return p
}

// Drawn returns the lines that a picture of a page is drawn with, as wide and as many as its room. While there are none it
// returns nil, and the asker is told when there are.
func (c *Cache) Drawn(a *Asker, e *content.Edition, p Picture, t *theme.Theme, d Depth) []string {
	drawn, _ := c.drawing(a, e, p, key{sum: p.sum, backdrop: backdropOf(t), size: image.Pt(p.Columns, 2*p.Rows), depth: d})
	return drawn.lines
}

// Placed returns lines as [Cache.Drawn] does, for a terminal that keeps pictures and has such cells: nil until it has this one,
// and the asker is told when there is something to be sent. It is not ok for a picture that can't be sent.
func (c *Cache) Placed(a *Asker, e *content.Edition, p Picture, t *theme.Theme, of picture.Cell, k *picture.Kitty) (lines []string, ok bool) {
	name := key{sum: p.sum, backdrop: backdropOf(t), depth: asFile, alone: p.alone && p.info.IsLarge()}
	if lines, ok = k.Place(name, p.Columns, p.Rows); ok {
		return lines, true
	}
	sized := name
	sized.size = p.info.Sent(p.Columns*of.Width, p.alone)
	drawn, made := c.drawing(a, e, p, sized)
	if !made {
		return nil, true
	}
	return nil, drawn.file != nil && k.Send(name, drawn.file, p.Columns, p.Rows)
}

// Sixel returns the sequence that draws a picture with as many pixels as its cells have; nil until it is made.
func (c *Cache) Sixel(a *Asker, e *content.Edition, p Picture, t *theme.Theme, of picture.Cell) []byte {
	size := image.Pt(p.Columns*of.Width, p.Rows*of.Height)
	size.Y = max(size.Y-size.Y%picture.SixelRows, 1) // a part of a sixel would reach into the row below
	drawn, _ := c.drawing(a, e, p, key{sum: p.sum, backdrop: backdropOf(t), size: size, depth: asSixel})
	return drawn.file
}

// maxSixel is the most pixels of a picture that is drawn by sixels: a photo of so many takes a megabyte.
const maxSixel = 700_000

// ForSixel returns the picture for [Cache.Sixel]: smaller if its cells have too many pixels.
func (p Picture) ForSixel(of picture.Cell) Picture {
	for max(p.Columns, p.Rows) > 1 && p.Columns*of.Width*p.Rows*of.Height > maxSixel {
		p.Columns, p.Rows = max(1, p.Columns*15/16), max(1, p.Rows*15/16)
	}
	return p
}

func backdropOf(t *theme.Theme) picture.Backdrop { return picture.BackdropOf(t.BackgroundColor()) }

// drawing returns the drawing that has a key. If it isn't made yet, that is begun.
func (c *Cache) drawing(a *Asker, e *content.Edition, p Picture, k key) (d drawing, made bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if drawn := c.entries[k]; drawn != nil {
		c.recent.MoveToFront(drawn)
		return drawn.Value.(*kept).drawing, true
	}
	if !a.asks(k) {
		return drawing{}, false
	}
	waiting, busy := c.waiting[k]
	c.waiting[k] = append(waiting, a)
	if !busy {
		go c.draw(a.newTurn(), e, p, k)
	}
	return drawing{}, false
}

// muchMemory is how much memory a picture takes to decode, in bytes, that is freed at once.
const muchMemory = 16 << 20

// draw draws a picture in a turn of the first who waits for it, and tells all. If that client goes, the next one's turn is used.
func (c *Cache) draw(turn *work.Turn, e *content.Edition, p Picture, k key) {
	var d drawing
	drawn := turn.Do(work.Draw, p.info.Memory(), func() {
		if p.info.Memory() > muchMemory {
			defer runtime.GC() // the next one would be decoded beside what is left of it
		}
		d = draw(turn, e, p, k)
	})
	c.mu.Lock()
	waiting := c.waiting[k]
	if next := waiting[1:]; !drawn && len(next) > 0 {
		c.waiting[k] = next
		c.mu.Unlock()
		c.draw(next[0].newTurn(), e, p, k)
		return
	}
	delete(c.waiting, k)
	if drawn {
		c.add(&kept{key: k, drawing: d, size: d.bytes()})
		if d.damaged {
			c.noteDamaged(p.sum)
		}
	}
	c.mu.Unlock()
	for _, a := range waiting {
		a.answer()
	}
}

// noteDamaged has pages made anew without room for a picture, of which the header alone is good.
func (c *Cache) noteDamaged(sum [16]byte) {
	c.add(&kept{key: key{sum: sum, depth: damaged}, size: keptOverhead})
	for e := c.recent.Front(); e != nil; {
		next := e.Next()
		if p := e.Value.(*kept).page; p != nil && slices.ContainsFunc(p.Pictures, func(x Picture) bool { return x.sum == sum }) {
			c.drop(e)
		}
		e = next
	}
}

// isDamaged reports whether a picture is known to be damaged.
func (c *Cache) isDamaged(sum [16]byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.entries[key{sum: sum, depth: damaged}] != nil
}

// bytes returns how much memory a drawing takes.
func (d drawing) bytes() int64 {
	n := int64(keptOverhead + len(d.file))
	for _, l := range d.lines {
		n += int64(len(l)) + 16 // of its string
	}
	return n
}

// maxDrawTime is how long a picture may take to be decoded, made small and encoded: a JPEG of 32 MB may paint all of its pixels a
// million times.
const maxDrawTime = 20 * time.Second

// stopped is what ends a drawing by a panic, when nobody waits for it or it takes too long.
var stopped = new(int)

// draw makes a picture small. A decoder that panics ends nothing else. A drawing that is stopped is empty, which doesn't mean that
// the file is damaged: the machine may be slow.
func draw(turn *work.Turn, e *content.Edition, p Picture, k key) (d drawing) {
	defer func() {
		if r := recover(); r != nil {
			d = drawing{damaged: r != any(stopped)}
		}
	}()
	f, err := e.Open(p.File)
	if err != nil {
		return drawing{}
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || newStamp(st) != p.stamp {
		return drawing{}
	}
	began := time.Now()
	check := func() {
		runtime.Gosched() // keys come in between; other pictures don't, since those that are begun are in memory
		if turn.Gone() || time.Since(began) > maxDrawTime {
			panic(stopped)
		}
	}
	decoded, err := picture.Decode(f, p.info, check)
	if err != nil {
		return drawing{damaged: true}
	}
	small := decoded.Scale(k.size.X, k.size.Y)
	picture.Compose(small, k.backdrop)
	switch k.depth {
	case asFile:
		d.file = picture.PNG(small, check)
	case asSixel:
		d.file = picture.Sixel(small, check)
	default:
		d.lines = picture.HalfBlocks(small, k.depth == TrueColor, check)
	}
	return d
}
