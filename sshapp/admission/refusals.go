package admission

import (
	"log/slog"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// refusals counts what was refused, by reason, and logs each reason once a second at most: a flood must not fill the disk.
// It is safe for concurrent use.
type refusals struct {
	log *slog.Logger

	mu       sync.Mutex // guards what follows
	byReason map[string]*refusal
}

type refusal struct {
	total, unlogged int
	logged          time.Time
}

func newRefusals(log *slog.Logger) *refusals {
	return &refusals{log: log, byReason: map[string]*refusal{}}
}

// add counts a refusal of something to an address. The reasons are constants of this program, so the table stays small.
func (r *refusals) add(reason string, addr netip.Prefix) {
	now := time.Now()
	r.mu.Lock()
	f := r.byReason[reason]
	if f == nil {
		f = &refusal{}
		r.byReason[reason] = f
	}
	f.total++
	f.unlogged++
	count := f.unlogged
	due := now.Sub(f.logged) >= time.Second
	if due {
		f.unlogged, f.logged = 0, now
	}
	r.mu.Unlock()
	if due {
		r.log.Warn("refused", "reason", reason, "count", count, "last", addr.String())
	}
}

// String returns the totals by reason, such as "channels=3 rate of one address=12".
func (r *refusals) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(r.byReason)) {
		parts = append(parts, reason+"="+strconv.Itoa(r.byReason[reason].total))
	}
	return strings.Join(parts, " ")
}
