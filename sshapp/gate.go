package sshapp

import (
	"container/list"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"time"
)

// A gate stands before the handshake: it counts connections, in all and for each address, and refuses those past the
// limits before they cost anything. It is safe for concurrent use.
type gate struct {
	limits   Limits
	refusals *refusals
	pressure *pressure

	mu      sync.Mutex // guards what follows
	conns   int
	hosts   map[netip.Prefix]*host
	swept   time.Time
	pending *list.List // of *conn that have not authenticated, the oldest in front

	turn sync.Mutex // see turn
}

// A host is what one address has taken of its share.
type host struct {
	conns int
	rate  bucket
	turn  sync.Mutex // see turn
}

// maxHosts bounds the table of addresses: who has a /48 has 65,536 of them.
const maxHosts = 1 << 16

func newGate(l Limits, r *refusals, p *pressure) *gate {
	return &gate{limits: l, refusals: r, pressure: p, hosts: map[netip.Prefix]*host{}, pending: list.New()}
}

// admit takes in an accepted connection, or returns nil, and the caller closes it.
func (g *gate) admit(raw net.Conn) *conn {
	addr := origin(raw.RemoteAddr())
	now := time.Now()
	if g.pressure.level(now) == pressureFull {
		g.refusals.add("memory", addr)
		return nil
	}
	c, oldest, reason := g.take(raw, addr, now)
	if oldest != nil {
		g.refusals.add("handshakes", oldest.addr)
		_ = oldest.Close()
	}
	if reason != "" {
		g.refusals.add(reason, addr)
	}
	return c
}

// take counts a connection in, or says why not. oldest is one that must go for it.
func (g *gate) take(raw net.Conn, addr netip.Prefix, now time.Time) (c, oldest *conn, reason string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.host(addr, now)
	switch {
	case g.crowded():
		return nil, nil, "connections"
	case h == nil || over(h.conns+1, g.limits.ConnsPerAddr):
		return nil, nil, "connections of one address"
	case g.limits.ConnRate > 0 && !h.rate.take(1, now):
		return nil, nil, "rate of one address"
	}
	g.conns++
	h.conns++
	c = newConn(raw, g, addr)
	c.turn = turn{&h.turn, &g.turn}
	c.pending = g.pending.PushBack(c)
	if over(g.pending.Len(), g.limits.Handshakes) {
		oldest = g.pending.Front().Value.(*conn)
		g.settle(oldest)
	}
	return c, oldest, ""
}

// crowded reports whether one connection more is too many, by chance from three quarters of the limit on.
func (g *gate) crowded() bool {
	most := g.limits.Conns
	if most == 0 {
		return false
	}
	early := max(1, most*3/4)
	return g.conns >= early && rand.IntN(most-early+1) <= g.conns-early
}

// host returns what is known of an address, and makes room for it. It is nil when the table is full of addresses that
// are in use.
func (g *gate) host(addr netip.Prefix, now time.Time) *host {
	if h := g.hosts[addr]; h != nil {
		return h
	}
	if len(g.hosts) >= maxHosts && now.Sub(g.swept) > time.Second {
		g.swept = now
		for a, h := range g.hosts {
			if h.conns == 0 && h.rate.full(now) {
				delete(g.hosts, a)
			}
		}
	}
	if len(g.hosts) >= maxHosts {
		return nil
	}
	h := &host{rate: newBucket(g.limits.ConnRate, max(1, g.limits.ConnBurst), now)}
	g.hosts[addr] = h
	return h
}

// authenticated notes that a connection has got in.
func (g *gate) authenticated(c *conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settle(c)
}

// settle takes a connection off the list of those that have not authenticated.
func (g *gate) settle(c *conn) {
	if c.pending != nil {
		g.pending.Remove(c.pending)
		c.pending = nil
	}
}

// left notes that a connection is closed.
func (g *gate) left(c *conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settle(c)
	g.conns--
	g.hosts[c.addr].conns--
}

// count returns how many connections there are.
func (g *gate) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.conns
}

// origin is what counts as one address: an IPv4 address, or the /64 of an IPv6 one. An address that is neither counts as one
// with all others of its kind.
func origin(a net.Addr) netip.Prefix {
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
