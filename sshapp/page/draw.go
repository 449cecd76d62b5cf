package page

import (
	"sync"
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
)

// An Asker asks for the drawings of pictures, for one reader. A drawing takes up to a second, and no reader waits for it. An
// Asker's methods are for one goroutine.
type Asker struct {
	turn  func() *work.Turn
	ready func()

	asked map[key]bool // since the reader's last input

	mu      sync.Mutex
	pending int // drawings that were asked for, and are not there yet
}

// maxPending is how many drawings a reader waits for at a time: those of a screen, as a rule. Whoever scrolls past many pictures
// sees those where he stops, and needn't wait for the others.
const maxPending = 8

// NewAsker returns an Asker whose pictures are drawn in turns that the func turn makes, one for each; nil for no limit. ready is called, by any
// goroutine, when something that was asked for can be shown.
func NewAsker(turn func() *work.Turn, ready func()) *Asker { return &Asker{turn: turn, ready: ready} }

// Renew lets everything be asked for again. Call it for each input: a cache that is too small for all that a screen shows would
// otherwise draw the same pictures over and over.
func (a *Asker) Renew() { clear(a.asked) }

// asks notes that a picture is asked for, and reports whether it may be.
func (a *Asker) asks(k key) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.asked[k] || a.pending == maxPending {
		return false
	}
	if a.asked == nil {
		a.asked = map[key]bool{}
	}
	a.asked[k] = true
	a.pending++
	return true
}

// newTurn returns the turn in which a picture is drawn.
func (a *Asker) newTurn() *work.Turn {
	if a.turn == nil {
		return nil
	}
	return a.turn()
}

// answer tells the reader that a picture is drawn.
func (a *Asker) answer() {
	a.mu.Lock()
	a.pending--
	a.mu.Unlock()
	a.ready()
}

// FindPicture finds the picture that a post names, to be shown alone: see [Picture.In]. It is not ok for one that can't be shown.
func FindPicture(e *content.Edition, post *content.Post, target string) (p Picture, ok bool) {
	found := look(e, post, target)
	return Picture{File: found.file, sum: found.sum(), info: found.info, stamp: found.stamp}, found.shown
}

// In returns the picture in a size that fits into a box.
func (p Picture) In(box picture.Box) Picture {
	p.Columns, p.Rows = box.Fit(p.info)
	return p
}

// Drawn returns the lines that a picture of a page is drawn with, as wide and as many as its room. While there are none it
// returns nil, and the asker is told when there are.
func (c *Cache) Drawn(a *Asker, e *content.Edition, p Picture, t *theme.Theme, d Depth) []string {
	k := key{sum: p.sum, theme: t, box: picture.Box{Columns: p.Columns, Rows: p.Rows}, depth: d}
	c.mu.Lock()
	defer c.mu.Unlock()
	if drawn := c.entries[k]; drawn != nil {
		c.recent.MoveToFront(drawn)
		return drawn.Value.(*kept).picture
	}
	if !a.asks(k) {
		return nil
	}
	waiting, busy := c.drawing[k]
	c.drawing[k] = append(waiting, a)
	if !busy {
		go c.draw(a.newTurn(), e, p, k)
	}
	return nil
}

// draw draws a picture in a turn of the first who waits for it, and tells all. If that client goes, the next one's turn is used.
func (c *Cache) draw(turn *work.Turn, e *content.Edition, p Picture, k key) {
	var lines []string
	drawn := turn.Do(work.Draw, p.info.Memory(), func() { lines = drawLines(turn, e, p, k) })
	c.mu.Lock()
	waiting := c.drawing[k]
	if next := waiting[1:]; !drawn && len(next) > 0 {
		c.drawing[k] = next
		c.mu.Unlock()
		c.draw(next[0].newTurn(), e, p, k)
		return
	}
	delete(c.drawing, k)
	if drawn {
		c.add(&kept{key: k, picture: lines, size: drawnSize(lines)})
	}
	c.mu.Unlock()
	for _, a := range waiting {
		a.answer()
	}
}

func drawnSize(lines []string) int64 {
	n := int64(keptOverhead)
	for _, l := range lines {
		n += int64(len(l)) + 16 // of its string
	}
	return n
}

// maxDrawTime is how long a picture may take to be decoded: a JPEG of 32 MB may paint all of its pixels a million times.
const maxDrawTime = 20 * time.Second

// drawLines returns the lines of a picture; none if its file is damaged, or not the one that the page has room for. A decoder
// that panics, for the file or because it is stopped, ends nothing else.
func drawLines(turn *work.Turn, e *content.Edition, p Picture, k key) (lines []string) {
	defer func() { _ = recover() }()
	f, err := e.Open(p.File)
	if err != nil {
		return nil
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || newStamp(st) != p.stamp {
		return nil
	}
	began := time.Now()
	decoded, err := picture.Decode(f, p.info, func() {
		if turn.Gone() || time.Since(began) > maxDrawTime {
			panic("stopped")
		}
	})
	if err != nil {
		return nil
	}
	small := decoded.Scale(p.Columns, 2*p.Rows)
	picture.Compose(small, picture.BackdropOf(k.theme.BackgroundColor()))
	return picture.HalfBlocks(small, k.depth == TrueColor)
}
