package admission

import "time"

// A Bucket holds tokens, which come back at a rate up to a burst. The zero bucket is always empty. It is not safe for
// concurrent use.
type Bucket struct {
	rate, burst float64 // tokens a second, tokens
	tokens      float64 // below 0 if more were spent than there were
	at          time.Time
}

// NewBucket returns a full bucket. The rate is in tokens a second.
func NewBucket(rate, burst int, now time.Time) Bucket {
	return Bucket{float64(rate), float64(burst), float64(burst), now}
}

func (b *Bucket) refill(now time.Time) {
	b.tokens = min(b.burst, b.tokens+b.rate*now.Sub(b.at).Seconds())
	b.at = now
}

// take takes n tokens if there are n, and reports whether it has.
func (b *Bucket) take(n int, now time.Time) bool {
	if !b.Has(n, now) {
		return false
	}
	b.tokens -= float64(n)
	return true
}

// Has reports whether there are n tokens.
func (b *Bucket) Has(n int, now time.Time) bool {
	b.refill(now)
	return b.tokens >= float64(n)
}

// Spend takes n tokens whether or not there are n, and returns how long it takes until the missing ones are back.
func (b *Bucket) Spend(n int, now time.Time) time.Duration {
	b.refill(now)
	b.tokens -= float64(n)
	return b.Wait(0)
}

// Wait returns how long it takes until there are n tokens, from the last call with a time on.
func (b *Bucket) Wait(n int) time.Duration {
	return max(0, time.Duration((float64(n)-b.tokens)/b.rate*float64(time.Second)))
}

// full reports whether all tokens are there.
func (b *Bucket) full(now time.Time) bool { return b.Has(int(b.burst), now) }
