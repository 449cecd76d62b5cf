package work

import (
	"runtime"
	"time"
)

// slice is how long a piece of work goes on while others wait: what an honest reader waits for each address that has work.
// To pass the turn on takes microseconds.
const slice = 2 * time.Millisecond

// A Turn is where one client's work is done. It is used by one goroutine at a time. A nil Turn never waits: whoever has
// none, such as an author's preview, has the machine to himself.
type Turn struct {
	queue  *Queue
	source *Source
	gone   <-chan struct{} // closed when the client has gone

	begun bool      // a piece of work has begun, and has not ended
	held  bool      // it is its turn
	bytes int64     // that it uses
	since time.Time // when its turn came
}

// Do does a piece of work when its turn has come. It is expected to use so many bytes of memory; 0 for next to none. Work
// that uses none itself may have parts that do. Do returns false if the client went before f had returned: then f may not
// have been called, and what it made is not complete.
func (t *Turn) Do(kind Kind, bytes int64, f func()) bool {
	if t == nil {
		f()
		return true
	}
	if t.queue.limit > 0 {
		bytes = min(bytes, t.queue.limit/2)
	}
	part := t.begun
	switch {
	case t.Gone():
		return false
	case part && (t.bytes > 0 || bytes <= small):
		bytes = 0 // it goes on with what it has
	default:
		t.release() // or who has the memory could wait for the turn
		if !t.take(bytes) {
			return false
		}
	}
	t.begun = true
	t.bytes += bytes
	defer func() {
		t.bytes -= bytes
		if !part {
			t.begun = false
			t.release()
		}
		t.queue.free(t.source, bytes)
	}()
	defer func() {
		if r := recover(); r != nil && r != any(ended) {
			panic(r)
		}
	}()
	f()
	t.queue.done[kind].Add(1)
	return !t.Gone()
}

// ended is what Check panics with.
var ended = new(int)

// Check is a Step for work with many hands: when the client has gone, it ends the innermost Do at once, by a panic.
func (t *Turn) Check() {
	if !t.Step() {
		panic(ended)
	}
}

// Step is called all along a piece of work, each millisecond or more often. It lets others have their turn if this one has
// lasted long enough, and returns false when the client has gone: the work is to be given up then.
func (t *Turn) Step() bool {
	if t == nil {
		return true
	}
	if t.held && time.Since(t.since) >= slice {
		if t.queue.Waiting() > 0 {
			t.Pause(func() {})
		} else {
			runtime.Gosched() // on one core, keys that cost nothing come in between
			t.since = time.Now()
		}
	}
	return !t.Gone()
}

// Pause calls f, which waits for something other than a turn, such as for the client to take what it is sent. Others have
// their turn meanwhile.
func (t *Turn) Pause(f func()) {
	if t == nil || !t.held {
		f()
		return
	}
	t.release()
	defer t.take(0)
	f()
}

// Await waits until done is closed, or the client has gone. Others have their turn meanwhile.
func (t *Turn) Await(done <-chan struct{}) {
	if t == nil {
		<-done
		return
	}
	t.Pause(func() {
		select {
		case <-done:
		case <-t.gone:
		}
	})
}

// Gone reports whether the client has gone.
func (t *Turn) Gone() bool {
	if t == nil {
		return false
	}
	select {
	case <-t.gone:
		return true
	default:
		return false
	}
}

// take waits for the turn, with so many bytes to use from then on. It returns false if the client goes before.
func (t *Turn) take(bytes int64) bool {
	t.held = !t.Gone() && t.queue.wait(t.source, bytes, t.gone)
	t.since = time.Now()
	return t.held
}

// release ends the turn, if it is this one's.
func (t *Turn) release() {
	if t.held {
		t.held = false
		t.queue.stop(t.source)
	}
}
