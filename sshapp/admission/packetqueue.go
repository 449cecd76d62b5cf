package admission

import (
	"reflect"
	"sync/atomic"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// A packetQueue limits how far ahead of the server one connection is read. The reader of golang.org/x/crypto/ssh hands packets
// on through a queue of 16. If the other side of the queue fails while more than 16 are waiting, the reader blocks on the queue
// for good, where no deadline and no Close reaches it, and two more goroutines wait for the reader. So no more is read than
// the queue can hold: the reader always returns to Read, where it learns that the connection is closed.
//
// The queue is not public, so its length is read by reflection. Where it can't be found, a pause between two reads takes the
// place of its length: see pauseTime. TestFindQueue fails when the library has moved it.
type packetQueue struct {
	queue   atomic.Pointer[reflect.Value] // set when the client asks for authentication
	unknown atomic.Bool                   // the queue can't be found
	keyed   atomic.Bool                   // the server's side of the first key exchange is done
	early   int                           // bytes read between keyed and find; used by the reading goroutine only
}

const (
	// minPacket is the size of the smallest packet as the library reads it: 4 bytes of length, 6 of content and 16 of the
	// tag of AES-GCM or ChaCha20-Poly1305. The other ciphers need more.
	minPacket = 26
	// queueLength is the queue's length as long as it isn't known.
	queueLength = 16
	// pauseTime is the time between two reads when the queue can't be found. It is enough for the other side to take what was
	// read, or to fail and close the connection, and lets 390 KB pass in a second. On a machine that is too busy for that,
	// the limits per address bound what is lost.
	pauseTime = time.Millisecond
)

// find looks for the queue. The library calls it at the first moment at which the queue can be reached: when the client asks
// for authentication.
func (q *packetQueue) find(c gossh.ServerPreAuthConn) {
	if queue, ok := incoming(c); ok {
		q.queue.Store(&queue)
		return
	}
	q.unknown.Store(true)
}

// incoming returns the queue of packets of a connection of golang.org/x/crypto/ssh. It is not ok if there is no queue in the
// place where v0.58.0 has it, or if it can hold no more than one packet.
func incoming(c any) (queue reflect.Value, ok bool) {
	v := reflect.ValueOf(c)
	for _, field := range []string{"transport", "incoming"} {
		for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct {
			return reflect.Value{}, false
		}
		v = v.FieldByName(field)
	}
	return v, v.IsValid() && v.Kind() == reflect.Chan && v.Cap() > 1
}

// written looks for the packet that ends the server's side of the first key exchange (RFC 4253, section 7.3). It is sent in the
// clear and in a Write of its own. Before it, a client can't have sent a packet that goes through the queue.
func (q *packetQueue) written(p []byte) {
	const length, msgNewKeys = 16, 21
	if len(p) == length && p[5] == msgNewKeys && !q.keyed.Load() {
		q.keyed.Store(true)
	}
}

// read counts n bytes that were read.
func (q *packetQueue) read(n int) {
	if q.keyed.Load() && q.queue.Load() == nil {
		q.early += n
	}
}

// room returns how many bytes may be read now: no more packets than the queue has places for, less one for a packet that has
// begun. Before the queue is found it is empty, and one more place is for the packet that ends the key exchange. Until then a
// client that wants to be authenticated sends 100 to 300 bytes, and waits for the answer.
func (q *packetQueue) room() int {
	switch queue := q.queue.Load(); {
	case queue != nil:
		return (queue.Cap() - queue.Len() - 1) * minPacket
	case q.unknown.Load():
		return (queueLength - 1) * minPacket
	default:
		return (queueLength-1-1)*minPacket - q.early
	}
}

// wait waits until there is room and returns how much. It returns 0 if the connection is closed first, or if there is no room
// for the limit's time, 0 being no limit: while it waits, nobody notices that the client has gone.
func (q *packetQueue) wait(closed func() bool, limit time.Duration) int {
	if q.unknown.Load() {
		time.Sleep(pauseTime)
	}
	const shortest, longest = 50 * time.Microsecond, 20 * time.Millisecond
	waited := time.Duration(0)
	for pause := shortest; !closed() && (limit == 0 || waited < limit); pause = min(2*pause, longest) {
		if n := q.room(); n > 0 {
			return n
		}
		time.Sleep(pause)
		waited += pause
	}
	return 0
}
