package sshapp

import (
	"math/rand/v2"
	"slices"
	"time"
)

// A latency measures how long a session's keys wait for their answers, in 400 bytes however many keys there are, and in none
// before the first.
type latency struct {
	count   int             // of all that were added
	samples []time.Duration // as many as maxSamples of them, each with the same chance (Vitter's algorithm R)
}

// maxSamples is enough to tell 2 ms from 20.
const maxSamples = 50

func (l *latency) add(d time.Duration) {
	l.count++
	if len(l.samples) < maxSamples {
		l.samples = append(l.samples, d)
	} else if i := rand.IntN(l.count); i < maxSamples {
		l.samples[i] = d
	}
}

// median returns the median of what was added, nearly; 0 if nothing was.
func (l *latency) median() time.Duration {
	if len(l.samples) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(l.samples))
	return sorted[len(sorted)/2]
}
