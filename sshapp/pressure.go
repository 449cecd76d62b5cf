package sshapp

import (
	"runtime/metrics"
	"sync"
	"time"
)

// The levels of memory in use: nothing to do; save; refuse.
const (
	pressureNone = iota
	pressureHigh // from three quarters of the limit on
	pressureFull // from nine tenths on
)

// pressure knows how near the process is to its limit of memory. It looks when it is asked, once a second at most, so that
// nothing ticks while readers only read. It is safe for concurrent use.
type pressure struct {
	limit int64  // in bytes; 0 for none
	save  func() // called every few seconds while the level is above none

	mu     sync.Mutex // guards what follows
	looked time.Time
	saved  time.Time
	now    int
}

// saveEvery is how often memory is given back under pressure: to look for it takes a collection.
const saveEvery = 5 * time.Second

// level returns the level of the last second.
func (p *pressure) level(now time.Time) int {
	if p.limit == 0 {
		return pressureNone
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.looked) < time.Second {
		return p.now
	}
	p.looked = now
	switch used := inUse(); {
	case used >= p.limit/10*9:
		p.now = pressureFull
	case used >= p.limit/4*3:
		p.now = pressureHigh
	default:
		p.now = pressureNone
	}
	if p.now > pressureNone && now.Sub(p.saved) >= saveEvery {
		p.saved = now
		go p.save()
	}
	return p.now
}

// inUse returns how many bytes the Go runtime holds that it has not given back to the system: what GOMEMLIMIT counts.
func inUse() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
