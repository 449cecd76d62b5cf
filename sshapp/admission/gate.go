package admission

import (
	"log/slog"
	"math/rand/v2"
	"net"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"postern/sshapp/admission/work"
)

// A Gate counts connections, in all and for each address, and refuses those past the limits before the handshake, so that
// they cost nothing. It is safe for concurrent use.
type Gate struct {
	limits   Limits
	refusals *tally
	failures *tally // of handshakes
	memory   memory
	queue    *work.Queue
	pictures *work.Queue // of pictures to be drawn, one at a time

	mu       sync.Mutex // guards what follows
	conns    int
	admitted int // since the gate was made
	sources  map[netip.Prefix]*source
	swept    time.Time
	pending  pending // that have not authenticated
}

// A source is what one address has taken of its share.
type source struct {
	conns   int
	pending int // of conns
	rate    Bucket
	work    work.Source // in the queue

	pictures work.Source // in the queue of the same name
}

// maxSources bounds the table of addresses: one subscriber's /48 has 65,536 of them.
const maxSources = 1 << 16

// NewGate returns a gate without a connection. Each reason for a refusal, and for a handshake that failed, is logged once a
// second at most.
func NewGate(l Limits, log *slog.Logger) *Gate {
	return &Gate{
		limits: l, memory: memory{limit: l.Memory}, sources: map[netip.Prefix]*source{}, pending: pending{},
		refusals: newTally(log, slog.LevelWarn, "refused"),
		failures: newTally(log, slog.LevelInfo, "handshake failed"),
		pictures: work.NewQueue(1, 0),
		queue:    work.NewQueue(runtime.GOMAXPROCS(0)-1, l.workMemory()), // one core is left for what needs no turn
	}
}

// Admit returns an accepted connection under the limits. It returns nil when they refuse it, and then the caller closes raw.
func (g *Gate) Admit(raw net.Conn) *Conn {
	addr := sourceOf(raw.RemoteAddr())
	now := time.Now()
	if g.memory.full(now) {
		g.refused("memory", addr)
		return nil
	}
	c, excess, reason := g.take(raw, addr, now)
	if excess != nil {
		excess.drop("handshakes")
	}
	if reason != "" {
		g.refused(reason, addr)
	}
	return c
}

// take counts a connection, or returns the reason to refuse it. If excess is not nil, the caller closes it: it may be
// the same connection.
func (g *Gate) take(raw net.Conn, addr netip.Prefix, now time.Time) (c, excess *Conn, reason string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.source(addr, now)
	switch {
	case g.dropEarly():
		return nil, nil, "connections"
	case s == nil || Exceeds(s.conns+1, g.limits.ConnsPerAddr):
		return nil, nil, "connections of one address"
	case g.limits.ConnRate > 0 && !s.rate.take(1, now):
		return nil, nil, "rate of one address"
	}
	g.conns++
	g.admitted++
	s.conns++
	c = newConn(raw, g, addr)
	c.source = s
	s.pending++
	g.pending[c] = struct{}{}
	if excess = g.pending.excess(g.limits.Handshakes); excess != nil {
		g.removePending(excess)
	}
	return c, excess, ""
}

// dropEarly decides whether one more connection is too many. From three quarters of the limit on it does so at random, more
// and more often up to the limit.
func (g *Gate) dropEarly() bool {
	limit := g.limits.Conns
	if limit == 0 {
		return false
	}
	early := max(1, limit*3/4)
	return g.conns >= early && rand.IntN(limit-early+1) <= g.conns-early
}

// source returns the entry of an address in the table, and adds it if needed. It is nil when the table is full of addresses
// that are in use.
func (g *Gate) source(addr netip.Prefix, now time.Time) *source {
	if s := g.sources[addr]; s != nil {
		return s
	}
	if len(g.sources) >= maxSources && now.Sub(g.swept) > time.Second {
		g.swept = now
		for a, s := range g.sources {
			if s.conns == 0 && s.rate.full(now) {
				delete(g.sources, a)
			}
		}
	}
	if len(g.sources) >= maxSources {
		return nil
	}
	s := &source{rate: NewBucket(g.limits.ConnRate, max(1, g.limits.ConnBurst), now)}
	g.sources[addr] = s
	return s
}

// authenticated notes that a connection has authenticated.
func (g *Gate) authenticated(c *Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.removePending(c)
}

// removePending removes a connection from those that have not authenticated. The caller holds the lock.
func (g *Gate) removePending(c *Conn) {
	if _, ok := g.pending[c]; ok {
		delete(g.pending, c)
		c.source.pending--
	}
}

// release notes that a connection is closed.
func (g *Gate) release(c *Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.removePending(c)
	g.conns--
	c.source.conns--
}

// Count returns how many connections are open.
func (g *Gate) Count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.conns
}

// Admitted returns how many connections were let in.
func (g *Gate) Admitted() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.admitted
}

// Queue returns the queue in which all work of clients but drawing pictures waits for its turn.
func (g *Gate) Queue() *work.Queue { return g.queue }

// PictureQueue returns the queue of [Conn.PictureTurn].
func (g *Gate) PictureQueue() *work.Queue { return g.pictures }

// refused counts and logs something that the limits have refused to an address.
func (g *Gate) refused(reason string, addr netip.Prefix) {
	g.refusals.add(reason, "last", addr.String())
}

// Refused returns how often each reason has refused something, such as "channels=3 rate of one address=12".
func (g *Gate) Refused() string { return g.refusals.String() }

// Failed returns how often handshakes have failed for each reason.
func (g *Gate) Failed() string { return g.failures.String() }

// RefusedBy returns how often each reason has refused something.
func (g *Gate) RefusedBy() map[string]int { return g.refusals.totals() }

// FailedBy returns how often handshakes have failed for each reason.
func (g *Gate) FailedBy() map[string]int { return g.failures.totals() }

// Flush logs what has been counted and not logged yet.
func (g *Gate) Flush() {
	g.refusals.flush()
	g.failures.flush()
}

// sourceOf returns what counts as one address: an IPv4 address, or the /64 of an IPv6 address. All addresses that are neither
// count as one.
func sourceOf(a net.Addr) netip.Prefix {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	addr := tcp.AddrPort().Addr().Unmap()
	bits := 64
	if addr.Is4() {
		bits = 32
	}
	p, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
