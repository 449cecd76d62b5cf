package main

import (
	"cmp"
	"context"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// What a machine that is stopped has in TestRoll.
const (
	rollDelay = time.Second
	rollGrace = 3 * time.Second
)

// TestRoll: three machines behind HAProxy are stopped by SIGTERM and started again, one after the other, while readers press keys.
// Nobody's session ends before the grace does, everybody is told why, no connection is refused, and who comes back reads on.
func TestRoll(t *testing.T) {
	c := startMachines(t, "--drain-delay", rollDelay.String(), "--grace", rollGrace.String())
	c.startHAProxy()
	c.mustPublish("One")
	c.mustPublish("Two")
	for _, p := range c.servers {
		c.shows(p, "One", "Two")
	}
	ctx, stop := context.WithCancel(t.Context())
	var stopped atomic.Pointer[time.Time]
	all := c.read(min(readers(t), 300)) // who come back when their session ends, and may not be too many handshakes at once
	moved := make([]int, len(all))
	var roaming sync.WaitGroup
	for i, r := range all {
		roaming.Go(func() { moved[i] = c.roam(ctx, r, 100+i, &stopped) })
	}
	visits := c.visitUntil()
	for i, p := range c.servers {
		now := time.Now()
		stopped.Store(&now)
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

// roam has a reader press keys until ctx is done, and come back from an address whenever the session ends. It must not end before the
// machine that was stopped last may end it, and never without a word. It returns how often the reader came back.
func (c *machines) roam(ctx context.Context, r *screenSession, from int, stopped *atomic.Pointer[time.Time]) (came int) {
	for ; ; came++ {
		said, err := r.pressUntil(ctx)
		if err == nil {
			r.quit()
			return came
		}
		since := stopped.Load()
		if !strings.Contains(said, "The blog is restarting. Come back in a moment.") || since == nil || time.Since(*since) < rollDelay+rollGrace {
			c.t.Errorf("a session ended with %v, after %q", err, said)
			return came
		}
		r.client.Close()
		time.Sleep(rand.N(3 * time.Second)) // people don't come back in the same millisecond
		client, err := c.dial(from, "")
		if err != nil {
			c.t.Errorf("a reader is refused: %v", err)
			return came
		}
		r = screensOn(c.t, client)
	}
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
