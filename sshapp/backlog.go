package sshapp

import (
	"reflect"
	"sync/atomic"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// A backlog is what one connection has read ahead. The reader of golang.org/x/crypto/ssh hands packets on through a queue
// of 16; when the other side of the queue has failed with more than that behind it, the reader waits at the queue for good,
// out of the reach of a deadline or a Close, and two more goroutines wait for the reader. So no more is read than the queue can hold: the
// reader always comes back to Read, where it learns that the connection is closed.
//
// The queue is not public, so its length is taken by reflection. TestAttackMalformedPacketWithManyBehind fails if it should
// ever be elsewhere.
type backlog struct {
	queue atomic.Pointer[reflect.Value] // from authentication on
	keyed atomic.Bool                   // the server's side of the first key exchange is done
	early int                           // bytes read from then on until the queue is known; used by the one goroutine that reads
}

// smallest is how many bytes a packet has at least, as the library reads it: 4 of its length, 6 of it and 16 of its tag
// under AES-GCM; more under the others.
const smallest = 26

// find learns where the queue is. It is the library's callback at the first moment at which that can be known: the client
// has asked for authentication.
func (b *backlog) find(c gossh.ServerPreAuthConn) {
	transport := reflect.Indirect(reflect.ValueOf(c)).FieldByName("transport")
	queue := transport.Elem().Elem().FieldByName("incoming")
	b.queue.Store(&queue)
}

// written looks for the packet that ends the server's side of the first key exchange (RFC 4253, section 7.3), sent in the
// clear and in a Write of its own. Until then the client can't have sent a packet that goes through the queue.
func (b *backlog) written(p []byte) {
	const length, msgNewKeys = 16, 21
	if len(p) == length && p[5] == msgNewKeys && !b.keyed.Load() {
		b.keyed.Store(true)
	}
}

// read notes that n bytes were read.
func (b *backlog) read(n int) {
	if b.keyed.Load() && b.queue.Load() == nil {
		b.early += n
	}
}

// room returns how many bytes may be read now: no more packets than the queue has places for, one of them begun before. Until
// the queue is known it is empty, and has as many places; a client that has its keys and wants to be authenticated sends
// 100 to 300 bytes, and waits for the answer.
func (b *backlog) room() int {
	const places = 16
	queue := b.queue.Load()
	if queue == nil {
		return (places-1-1)*smallest - b.early // the end of the key exchange takes one
	}
	return (queue.Cap() - queue.Len() - 1) * smallest
}

// wait waits until there is room, and returns how much; 0 when the connection is closed before, or when there is none for
// too long (0 is never): who waits here doesn't see that the client is gone.
func (b *backlog) wait(closed func() bool, tooLong time.Duration) int {
	const shortest, longest = 50 * time.Microsecond, 20 * time.Millisecond
	waited := time.Duration(0)
	for pause := shortest; !closed() && (tooLong == 0 || waited < tooLong); pause = min(2*pause, longest) {
		if n := b.room(); n > 0 {
			return n
		}
		time.Sleep(pause)
		waited += pause
	}
	return 0
}
