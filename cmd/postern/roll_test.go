package main

import (
	"cmp"
	"context"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// What a machine that is stopped has in TestRoll.
const (
	rollDelay = time.Second
	rollGrace = 3 * time.Second
)

// TestRoll: three machines behind HAProxy are stopped by SIGTERM and started again, one after the other, while readers press keys.
// Nobody's session ends before the grace does, everybody is told why, no connection is refused, and who comes back reads on. (The one
// that waits to be accepted when a machine stops listening is reset.)
func TestRoll(t *testing.T) {
	c := startMachines(t, "--drain-delay", rollDelay.String(), "--grace", rollGrace.String())
	c.startHAProxy()
	c.mustPublish("One")
	c.mustPublish("Two")
	for _, p := range c.servers {
		c.shows(p, "One", "Two")
	}
	ctx, stop := context.WithCancel(t.Context())
	var stops machineStops
	all := c.read(min(readers(t), 300)) // who come back when their session ends, and may not be too many handshakes at once
	moved := make([]int, len(all))
	var roaming sync.WaitGroup
	for i, r := range all {
		roaming.Go(func() { moved[i] = c.roam(ctx, r, 100+i, &stops) })
	}
	visits := c.visitUntil(c.dialTwice)
	for i, p := range c.servers {
		stops.add()
		if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("machine %d ends with %v", i, err)
		}
		c.servers[i] = c.start(c.data[i], p.addr)
		c.servers[i].wait(`"end":"command"`) // a visit: the balancer has seen that it is back
	}
	visits()
	stop()
	roaming.Wait()
	for i, n := range moved {
		if n == 0 {
			t.Errorf("reader %d was on no machine that was stopped", i)
		}
	}
	t.Logf("readers came back %v times", moved)
}

// machineStops are the times from which machines that were stopped may end sessions. It is safe for concurrent use.
type machineStops struct {
	mu   sync.Mutex
	ends []time.Time
}

// add notes that a machine is stopped now.
func (s *machineStops) add() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends = append(s.ends, time.Now().Add(rollDelay+rollGrace))
}

// explain reports whether a machine may have ended a session that began at a time and has ended now.
func (s *machineStops) explain(began time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	return slices.ContainsFunc(s.ends, func(end time.Time) bool { return began.Before(end) && !now.Before(end) })
}

// roam has a reader press keys until ctx is done, and come back from an address whenever the session ends. It must not end before a
// machine that was stopped may end it, and never without a word. It returns how often the reader came back.
func (c *machines) roam(ctx context.Context, r *screenSession, from int, stops *machineStops) (came int) {
	began := time.Now()
	for ; ; came++ {
		said, err := r.pressUntil(ctx)
		if err == nil {
			r.quit()
			return came
		}
		if !strings.Contains(said, "The server has stopped. Try again in a moment.") || !stops.explain(began) {
			c.t.Errorf("a session ended with %v, after %q", err, said)
			return came
		}
		r.client.Close()
		time.Sleep(rand.N(3 * time.Second)) // people don't come back in the same millisecond
		began = time.Now()
		client, err := c.dialTwice(from)
		if err != nil {
			c.t.Errorf("a reader is refused: %v", err)
			return came
		}
		r = screensOn(c.t, client)
	}
}

// dialTwice connects as dial does, and once more if the connection ended before a byte came: HAProxy had made one that its machine
// had not accepted yet when it stopped listening.
func (c *machines) dialTwice(from int) (*gossh.Client, error) {
	raw, err := c.connect(from)
	if err != nil {
		return nil, err
	}
	conn := &heardConn{Conn: raw}
	client, err := c.shake(conn, "")
	if err != nil && !conn.heard.Load() {
		return c.dial(from, "")
	}
	return client, err
}

// A heardConn knows whether anything has come.
type heardConn struct {
	net.Conn
	heard atomic.Bool
}

func (c *heardConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.heard.Store(true)
	}
	return n, err
}

// pressUntil presses keys until ctx is done, or the session ends with an error, and returns what was said last.
func (r *screenSession) pressUntil(ctx context.Context) (said string, err error) {
	for ctx.Err() == nil {
		for _, step := range [][2]string{{"?", "Keys"}, {"h", "One"}} {
			_, err := io.WriteString(r.keyboard, step[0])
			shown, ended := r.readUntil(step[1])
			if err = cmp.Or(err, ended); err != nil {
				return said + string(shown), err
			}
			said = string(shown)
		}
		time.Sleep(300 * time.Millisecond)
	}
	return "", nil
}
