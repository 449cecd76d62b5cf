package admission

import (
	"runtime/metrics"
	"sync"
	"time"
)

// A Level says how much of the memory's limit is in use.
type Level int

// The levels, from least to most.
const (
	PressureNone Level = iota
	pressureHigh       // from three quarters of the limit on: give memory back
	pressureFull       // from nine tenths on: refuse new connections
)

// A Pressure knows how near the process is to its memory limit. It measures when it is asked, once a second at most, so
// nothing runs while readers only read. It is safe for concurrent use.
type Pressure struct {
	limit int64 // in bytes; 0 for none
	save  func()

	mu       sync.Mutex // guards what follows
	measured time.Time
	saved    time.Time
	current  Level
}

// saveEvery is the time between two calls of save under pressure: each causes a garbage collection.
const saveEvery = 5 * time.Second

// NewPressure returns the pressure on a limit in bytes, 0 for no limit. While the level is above none, save is called every 5 s
// when the level is asked for, in a goroutine of its own, to give memory back.
func NewPressure(limit int64, save func()) *Pressure { return &Pressure{limit: limit, save: save} }

// Level returns the level, which may be a second old.
func (p *Pressure) Level(now time.Time) Level {
	if p.limit == 0 {
		return PressureNone
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.measured) < time.Second {
		return p.current
	}
	p.measured = now
	switch used := MemoryInUse(); {
	case used >= p.limit/10*9:
		p.current = pressureFull
	case used >= p.limit/4*3:
		p.current = pressureHigh
	default:
		p.current = PressureNone
	}
	if p.current > PressureNone && now.Sub(p.saved) >= saveEvery {
		p.saved = now
		go p.save()
	}
	return p.current
}

// MemoryInUse returns how many bytes the Go runtime holds and has not given back to the system: what GOMEMLIMIT counts.
func MemoryInUse() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
