package sshapp

import "time"

// A bucket holds tokens, which come back at a rate up to a burst. The zero bucket is empty for good. It is not safe for
// concurrent use.
type bucket struct {
	rate, burst float64 // tokens a second, tokens
	tokens      float64
	at          time.Time
}

func newBucket(rate, burst int, now time.Time) bucket {
	return bucket{float64(rate), float64(burst), float64(burst), now}
}

func (b *bucket) refill(now time.Time) {
	b.tokens = min(b.burst, b.tokens+b.rate*now.Sub(b.at).Seconds())
	b.at = now
}

// take takes n tokens, if they are there.
func (b *bucket) take(n int, now time.Time) bool {
	if !b.has(n, now) {
		return false
	}
	b.tokens -= float64(n)
	return true
}

// has reports whether n tokens are there.
func (b *bucket) has(n int, now time.Time) bool {
	b.refill(now)
	return b.tokens >= float64(n)
}

// spend takes n tokens, there or not, and returns how long it takes until none is owed.
func (b *bucket) spend(n int, now time.Time) time.Duration {
	b.refill(now)
	b.tokens -= float64(n)
	return b.wait(0)
}

// wait returns how long it takes until n tokens are there.
func (b *bucket) wait(n int) time.Duration {
	return max(0, time.Duration((float64(n)-b.tokens)/b.rate*float64(time.Second)))
}

// full reports whether all tokens are there.
func (b *bucket) full(now time.Time) bool { return b.has(int(b.burst), now) }
