package sshapp

import (
	"errors"
	"io"
	"sync"
	"time"

	"postern/sshapp/admission"
)

// errFlood ends a session whose client has sent more than the limit before it was handled.
var errFlood = errors.New("too much input")

// An inbox holds the bytes that a client has sent and the session has not handled yet. It reads all the time, so a client that
// hangs up is noticed at once. It is safe for concurrent use.
type inbox struct {
	wake func() // has the session look for what is new

	mu      sync.Mutex // guards what follows
	buf     []byte
	arrived time.Time // when the oldest byte of buf came
	err     error     // after the last byte of buf
}

// fill reads r to its end. If more than most bytes wait, and most isn't 0, it drops them and all that follow.
func (in *inbox) fill(r io.Reader, most int) {
	var p [256]byte // a key has 1 to 20 bytes
	for {
		n, err := r.Read(p[:])
		in.mu.Lock()
		if admission.Exceeds(len(in.buf)+n, most) {
			in.buf, n, err = nil, 0, errFlood
		}
		if len(in.buf) == 0 {
			in.arrived = time.Now()
		}
		in.buf = append(in.buf, p[:n]...)
		in.err = err
		in.mu.Unlock()
		in.wake()
		if err != nil {
			discard(r)
			return
		}
	}
}

// oldest returns when the oldest waiting byte came, or the zero time if none waits.
func (in *inbox) oldest() time.Time {
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(in.buf) == 0 {
		return time.Time{}
	}
	return in.arrived
}

// take moves waiting bytes to p. The error comes after the last byte.
func (in *inbox) take(p []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	n := copy(p, in.buf)
	in.buf = in.buf[n:]
	if len(in.buf) > 0 {
		return n, nil
	}
	in.buf = nil // an idle session holds no buffer
	if n > 0 {
		return n, nil
	}
	return 0, in.err
}
