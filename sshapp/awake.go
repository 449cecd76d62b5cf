package sshapp

import (
	"container/list"
	"postern/sshapp/terminal"
	"runtime/debug"
	"sync"
	"time"
)

// A roster knows which sessions are awake, and keeps what they cost together within a bound: past it, the one longest
// without input is sent to sleep. None is refused. It is safe for concurrent use.
type roster struct {
	most int // cells of all terminals that are awake; 0 for no bound

	mu     sync.Mutex // guards what follows
	recent *list.List // of waking, the one that had input last in front
	at     map[*session]*list.Element
	cells  int // of all that are awake
	left   int // cells of those that fell asleep since memory was given back
	timed  bool
}

// A waking is one session awake, and the cells that it counts for.
type waking struct {
	session *session
	cells   int
}

// commonCells are the cells of a terminal of 120×40: a smaller one counts as much, since most of what an awake session
// holds doesn't depend on its size.
const commonCells = 120 * 40

func newRoster(maxAwake int) *roster {
	return &roster{most: maxAwake * commonCells, recent: list.New(), at: map[*session]*list.Element{}}
}

// touch notes that a session has had input, at a size, and is awake.
func (r *roster) touch(s *session, now terminal.Size) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.at[s]
	if e == nil {
		e = r.recent.PushFront(&waking{session: s})
		r.at[s] = e
	}
	r.recent.MoveToFront(e)
	w := e.Value.(*waking)
	r.cells -= w.cells
	w.cells = max(commonCells, now.Width*now.Height)
	r.cells += w.cells
	if r.most > 0 {
		r.makeRoom(r.cells - r.most)
	}
}

// makeRoom tells the sessions longest without input to sleep, but never the one that had input last, until so many cells
// will be given back.
func (r *roster) makeRoom(cells int) {
	for e := r.recent.Back(); cells > 0 && e != r.recent.Front(); e = e.Prev() {
		w := e.Value.(*waking)
		cells -= w.cells
		w.session.tire()
	}
}

// remove notes that a session is asleep.
func (r *roster) remove(s *session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.at[s]
	if e == nil {
		return
	}
	cells := r.recent.Remove(e).(*waking).cells
	delete(r.at, s)
	r.cells -= cells
	if r.left += cells; r.left >= muchCells && !r.timed {
		r.timed = true
		time.AfterFunc(returnAfter, r.giveBack)
	}
}

// What programs leave behind is given back to the system a while after they have ended: the runtime alone would keep most
// of it, and a thousand readers who have once pressed a key would cost a gigabyte for good. The collection that this takes
// costs about 1 ms of a core for each MB that lives, so it is done for eight sessions together, and seldom.
const (
	muchCells   = 8 * commonCells
	returnAfter = 30 * time.Second
)

func (r *roster) giveBack() {
	r.mu.Lock()
	r.left, r.timed = 0, false
	r.mu.Unlock()
	debug.FreeOSMemory()
}

// sleepAll asks all sessions to sleep.
func (r *roster) sleepAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for s := range r.at {
		s.tire()
	}
}

// count returns how many sessions are awake.
func (r *roster) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.at)
}
