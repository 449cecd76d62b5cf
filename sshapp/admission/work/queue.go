// Package work makes what clients cause wait for its turn. Whatever isn't cheap is done in a [Turn]: typesetting, finding,
// searching, and all that programs ask for. It knows neither SSH nor what is done.
//
// What must hold: each piece of work belongs to an address; addresses take turns, a few milliseconds at a time, whatever
// each of them asks for; what is in memory at once is bounded; and work whose client has gone is neither begun nor finished.
package work

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Kind is a kind of work.
type Kind uint8

// The kinds of work, one for each thing that clients can cause and that isn't cheap.
const (
	Answer  Kind = iota // the answer to a line that was typed
	Archive             // a file of an archive
	Command             // a command, and what it prints
	Draw                // a picture
	Feed                // a post of a feed
	Find                // a text in a page
	List                // what a directory holds, over SFTP
	Open                // a file, over SFTP
	Read                // bytes of a file, over SFTP; what a clone holds
	Search              // words in all posts
	Typeset             // a post for a width and a theme
	Write               // a file of the site, over SFTP; what a push holds
	kinds
)

var kindNames = [kinds]string{"answer", "archive", "command", "draw", "feed", "find", "list", "open", "read", "search", "typeset", "write"}

// String returns the kind's name, in lower case.
func (k Kind) String() string { return kindNames[k] }

// Kinds returns all kinds.
func Kinds() []Kind {
	all := make([]Kind, kinds)
	for i := range all {
		all[i] = Kind(i)
	}
	return all
}

// small is how much memory a piece of work may take, in bytes, that doesn't wait for it: most posts are typeset in less.
const small = 1 << 20

// A Queue lets a few pieces of work run at a time. It is safe for concurrent use.
type Queue struct {
	slots int   // how many run at a time
	limit int64 // bytes that are used at a time; 0 for no limit
	done  [kinds]atomic.Int64

	mu      sync.Mutex // guards what follows, and all sources
	running int
	used    int64     // bytes, by what has begun and not ended
	waiting []*Source // those with something that waits; the one that was served last is the last
}

// A Source is one address. The zero Source is ready to use, with one Queue.
type Source struct {
	running bool
	heavy   bool      // a piece of its work uses memory that it waited for
	waiters []*waiter // the longest waiting first
}

// A waiter is a piece of work that waits.
type waiter struct {
	bytes int64         // to use from now on; 0 if it goes on with what it has
	ready chan struct{} // closed when its turn has come
}

// NewQueue returns a queue that runs so many pieces of work at a time, of which all together use at most limit bytes; 0 for no
// limit. A piece that would use more than half of the limit counts as half.
func NewQueue(slots int, limit int64) *Queue { return &Queue{slots: max(slots, 1), limit: limit} }

// Turn returns what work of an address waits for. It is cancelled when gone is closed; nil for never.
func (q *Queue) Turn(s *Source, gone <-chan struct{}) *Turn {
	return &Turn{queue: q, source: s, gone: gone}
}

// Waiting returns how many addresses have work that waits.
func (q *Queue) Waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

// Running returns how many pieces of work are being done.
func (q *Queue) Running() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running
}

// Done returns how many pieces of work of a kind were done.
func (q *Queue) Done(k Kind) int64 { return q.done[k].Load() }

// String returns how much was done of each kind, such as "command=3 typeset=12".
func (q *Queue) String() string {
	var all []string
	for _, k := range Kinds() {
		if n := q.Done(k); n > 0 {
			all = append(all, fmt.Sprintf("%v=%d", k, n))
		}
	}
	return strings.Join(all, " ")
}

// wait waits for the source's turn, with so many bytes to use from then on. It returns false if gone is closed before.
func (q *Queue) wait(s *Source, bytes int64, gone <-chan struct{}) bool {
	w := &waiter{bytes, make(chan struct{})}
	q.mu.Lock()
	s.waiters = append(s.waiters, w)
	if len(s.waiters) == 1 {
		q.waiting = append(q.waiting, s)
	}
	q.next()
	q.mu.Unlock()
	select {
	case <-w.ready:
		return true
	case <-gone:
	}
	if !q.withdraw(s, w) { // its turn has come meanwhile
		q.stop(s)
		q.free(s, bytes)
	}
	return false
}

// withdraw takes back what waits, and reports whether it still did.
func (q *Queue) withdraw(s *Source, w *waiter) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(s.waiters, w)
	if i < 0 {
		return false
	}
	q.remove(s, i)
	q.next() // what it kept from memory may begin
	return true
}

// stop ends the source's turn.
func (q *Queue) stop(s *Source) {
	q.mu.Lock()
	defer q.mu.Unlock()
	s.running = false
	q.running--
	q.next()
}

// free gives back bytes that a source used.
func (q *Queue) free(s *Source, bytes int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.used -= bytes
	if bytes > small {
		s.heavy = false
	}
	q.next()
}

// next begins what may begin. Addresses take turns; an address's own work is done in the order in which it came. Memory is
// given in the order of the turns too, so that what needs much of it isn't overtaken for ever; but what needs little doesn't
// wait for it. The caller holds the lock.
func (q *Queue) next() {
	full := false // somebody waits for memory already
	for n := 0; n < len(q.waiting) && q.running < q.slots; {
		s := q.waiting[n]
		i := -1
		if !s.running {
			i = slices.IndexFunc(s.waiters, func(w *waiter) bool { return q.fits(s, w, &full) })
		}
		if i < 0 {
			n++
			continue
		}
		w := s.waiters[i]
		s.running = true
		s.heavy = s.heavy || w.bytes > small
		q.running++
		q.used += w.bytes
		q.remove(s, i)
		if len(s.waiters) > 0 { // it was served last
			q.waiting = append(slices.Delete(q.waiting, n, n+1), s)
		}
		close(w.ready)
	}
}

// fits reports whether there is memory for what waits. If there is none, it sets full.
func (q *Queue) fits(s *Source, w *waiter, full *bool) bool {
	switch {
	case w.bytes <= small:
		return true
	case s.heavy || *full:
		return false
	}
	*full = q.limit > 0 && q.used > 0 && q.used+w.bytes > q.limit
	return !*full
}

// remove removes the ith that waits of a source. The caller holds the lock.
func (q *Queue) remove(s *Source, i int) {
	s.waiters = slices.Delete(s.waiters, i, i+1)
	if len(s.waiters) == 0 {
		s.waiters = nil
		q.waiting = slices.DeleteFunc(q.waiting, func(other *Source) bool { return other == s })
	}
}
