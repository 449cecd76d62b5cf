package sshapp

import (
	"io"
	"net"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// A distant is a connection over a long way: what either side sends arrives after the delay.
type distant struct {
	net.Conn
	delay    time.Duration
	sent     chan parcel
	received chan parcel
	rest     []byte // of the last parcel that was received
}

type parcel struct {
	data   []byte
	arrive time.Time
}

func newDistant(near net.Conn, delay time.Duration) *distant {
	d := &distant{Conn: near, delay: delay, sent: make(chan parcel, 1000), received: make(chan parcel, 1000)}
	go func() {
		for p := range d.sent {
			time.Sleep(time.Until(p.arrive))
			if _, err := near.Write(p.data); err != nil {
				return
			}
		}
	}()
	go func() {
		defer close(d.received)
		for {
			b := make([]byte, 4<<10)
			n, err := near.Read(b)
			if err != nil {
				return
			}
			d.received <- parcel{b[:n], time.Now().Add(delay)}
		}
	}()
	return d
}

func (d *distant) Write(b []byte) (int, error) {
	d.sent <- parcel{append([]byte(nil), b...), time.Now().Add(d.delay)}
	return len(b), nil
}

func (d *distant) Read(b []byte) (int, error) {
	if len(d.rest) == 0 {
		p, ok := <-d.received
		if !ok {
			return 0, io.EOF
		}
		time.Sleep(time.Until(p.arrive))
		d.rest = p.data
	}
	n := copy(b, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// silence connects from addresses so many times a second in all, sends nothing, and stays until it is closed. The func that it
// returns ends it.
func (h *house) silence(addresses, perSecond int) (end func()) {
	stop := make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(time.Second / time.Duration(perSecond)):
			}
			c, err := h.net.Dial(net.IPv4(203, 0, byte(113+i%addresses/256), byte(i%addresses)))
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(io.Discard, c)
				c.Close()
			}()
		}
	}()
	return func() { close(stop) }
}

// TestDistantReadersGetIn: while 100 addresses connect 1,000 times a second in all and send nothing, a reader a quarter of a
// second away gets in at the second try at the latest.
func TestDistantReadersGetIn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		end := h.silence(100, 1000)
		time.Sleep(3 * time.Second)
		if n := h.server.gate.Count(); n < h.limits.Handshakes/2 || n > h.limits.Handshakes {
			t.Errorf("%d connections are pending, of at most %d", n, h.limits.Handshakes)
		}
		const readers, roundTrip = 12, 250 * time.Millisecond
		for i := range readers {
			err := h.shakeHands(roundTrip)
			if err != nil {
				err = h.shakeHands(roundTrip)
			}
			if err != nil {
				t.Errorf("reader %d has failed twice: %v", i, err)
			}
		}
		end()
		time.Sleep(2 * h.limits.HandshakeTime)
		if n := h.server.gate.Count(); n > 0 {
			t.Errorf("%d connections are left", n)
		}
	})
}

// shakeHands connects a reader over a long way, and leaves.
func (h *house) shakeHands(roundTrip time.Duration) error {
	near, err := h.net.Dial(net.IPv4(198, 51, 100, 7))
	if err != nil {
		return err
	}
	defer near.Close()
	far := newDistant(near, roundTrip/2)
	defer close(far.sent)
	c, channels, requests, err := gossh.NewClientConn(far, "blog", &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		return err
	}
	go gossh.DiscardRequests(requests)
	go func() {
		for range channels {
		}
	}()
	return c.Close()
}
