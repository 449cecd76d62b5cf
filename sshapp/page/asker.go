package page

import (
	"sync/atomic"

	"postern/sshapp/admission/work"
)

// An Asker asks for the drawings of pictures, for one reader. A drawing takes up to a second, and no reader waits for it. An
// Asker's methods are for one goroutine.
type Asker struct {
	turn  func() *work.Turn
	ready func()

	asked   map[key]bool // since the reader's last input
	pending atomic.Int32 // drawings that were asked for, and are not there yet
}

// maxPending is how many drawings a reader waits for at a time: those of a screen, as a rule. Whoever scrolls past many pictures
// sees those where he stops, and needn't wait for the others.
const maxPending = 8

// NewAsker returns an Asker whose pictures are drawn in turns that the func turn makes, one for each; nil for no limit. ready is
// called, by any goroutine, when something that was asked for can be shown.
func NewAsker(turn func() *work.Turn, ready func()) *Asker { return &Asker{turn: turn, ready: ready} }

// Renew lets everything be asked for again. Call it for each input: a cache that is too small for all that a screen shows would
// otherwise draw the same pictures over and over.
func (a *Asker) Renew() { a.asked = nil }

// asks notes that a picture is asked for, and reports whether it may be.
func (a *Asker) asks(k key) bool {
	if a.asked[k] || a.pending.Load() == maxPending {
		return false
	}
	if a.asked == nil {
		a.asked = map[key]bool{}
	}
	a.asked[k] = true
	a.pending.Add(1)
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
	a.pending.Add(-1)
	a.ready()
}
