package admission

import (
	"io"
	"log/slog"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"postern/sshapp/internal/memnet"
)

// TestAtMuch: what waits for a client who sends much runs once, when they have, and what comes later at once. What was stopped is
// forgotten.
func TestAtMuch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ln := memnet.Listen()
		defer ln.Close()
		accepted := make(chan net.Conn, 1)
		go func() {
			raw, _ := ln.Accept()
			accepted <- raw
		}()
		client, err := ln.Dial(net.IPv4(192, 0, 2, 2))
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		raw := <-accepted
		c := NewGate(DefaultLimits(), slog.New(slog.DiscardHandler)).Admit(raw)
		defer c.Close()
		var runs, stopped atomic.Int32
		c.AtMuch(func() { runs.Add(1) })
		stop := c.AtMuch(func() { stopped.Add(1) })
		stop()
		if n := len(c.atMuch); n != 1 {
			t.Errorf("%d wait, want 1", n)
		}
		send := func(n int) {
			go client.Write(make([]byte, n))
			if _, err := io.ReadFull(c, make([]byte, n)); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		send(much - 1)
		if runs.Load() != 0 {
			t.Error("it ran before the client had sent much")
		}
		send(1)
		send(much)
		if runs.Load() != 1 || stopped.Load() != 0 {
			t.Errorf("it ran %d times, and what was stopped %d times", runs.Load(), stopped.Load())
		}
		c.AtMuch(func() { runs.Add(1) })
		synctest.Wait()
		if runs.Load() != 2 {
			t.Error("what came later didn't run")
		}
	})
}
