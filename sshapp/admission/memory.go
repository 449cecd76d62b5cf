package admission

import (
	"runtime/metrics"
	"sync"
	"time"
)

// memory knows whether there is memory for another client. It measures when it is asked, once a second at most, so nothing runs
// while readers only read. It is safe for concurrent use.
type memory struct {
	limit int64 // in bytes; 0 for none

	mu       sync.Mutex // guards what follows
	measured time.Time
	isFull   bool
}

// full reports whether what is in use, garbage apart, is three quarters of the limit or more. The answer may be a second old.
// The rest is for garbage: with less of it the runtime collects so often that a key takes three times as much of the processor.
func (m *memory) full(now time.Time) bool {
	if m.limit == 0 {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Sub(m.measured) >= time.Second {
		m.measured, m.isFull = now, liveMemory() >= m.limit/4*3
	}
	return m.isFull
}

// liveMemory returns how many bytes the last garbage collection has left, with stacks and what the runtime needs for itself.
func liveMemory() int64 {
	return sum("/gc/heap/live:bytes", "/memory/classes/heap/stacks:bytes", "/memory/classes/metadata/mspan/inuse:bytes",
		"/memory/classes/metadata/other:bytes", "/memory/classes/other:bytes")
}

// MemoryInUse returns how many bytes the Go runtime holds and has not given back to the system: what GOMEMLIMIT counts.
func MemoryInUse() int64 {
	return sum("/memory/classes/total:bytes") - sum("/memory/classes/heap/released:bytes")
}

// sum returns the sum of some of the runtime's metrics.
func sum(names ...string) int64 {
	samples := make([]metrics.Sample, len(names))
	for i, name := range names {
		samples[i].Name = name
	}
	metrics.Read(samples)
	n := int64(0)
	for _, s := range samples {
		n += int64(s.Value.Uint64())
	}
	return n
}
