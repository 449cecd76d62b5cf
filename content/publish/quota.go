package publish

import (
	"fmt"
	"sync"
)

// Limits bound what a site takes on disk: never more than seven times Bytes and a file, for each of the seven is bounded by it:
// one generation, what the kept ones differ from each other, that which an undo goes back to, what is saved, what is on its
// way in, Git's history, and what a push is about to add to that.
type Limits struct {
	Bytes int64 // of each of the seven
	Files int   // of one generation, of what is saved, and of what is on its way in
	Keep  int   // generations that are kept, the current one among them; at least 2
}

// DefaultLimits are a gigabyte, 100,000 files and 20 generations.
func DefaultLimits() Limits { return Limits{Bytes: 1 << 30, Files: 100_000, Keep: 20} }

// A QuotaError says that something was not taken, since the site would be larger than its limits.
type QuotaError struct {
	What  string // "bytes", "files"
	Limit int64
}

func (e *QuotaError) Error() string {
	return fmt.Sprintf("over the site's quota of %d %s; remove something, or ask the operator to raise it (--site-%s)", e.Limit, e.What, e.What)
}

// held is what is on its way in.
type held struct {
	mu    sync.Mutex
	files int
	bytes int64
}

// take counts what an upload is about to hold, and refuses what is over the quota.
func (h *held) take(l Limits, files *int, moreFiles int, bytes *int64, moreBytes int64) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if l.Files > 0 && h.files+moreFiles > l.Files {
		return &QuotaError{"files", int64(l.Files)}
	}
	if l.Bytes > 0 && moreBytes > l.Bytes-h.bytes {
		return &QuotaError{"bytes", l.Bytes}
	}
	h.files += moreFiles
	h.bytes += moreBytes
	*files += moreFiles
	*bytes += moreBytes
	return nil
}

// give counts what is held no more.
func (h *held) give(files int, bytes int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.files -= files
	h.bytes -= bytes
}
