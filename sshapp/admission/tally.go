package admission

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A tally counts events by reason, and logs each reason once a second at most: a flood must not fill the disk. A record counts
// the events since the one before, and describes the last of them. It is safe for concurrent use.
type tally struct {
	log     *slog.Logger
	level   slog.Level
	message string

	mu       sync.Mutex // guards what follows
	byReason map[string]*count
}

// A count is the events of one reason.
type count struct {
	total, unlogged int
	last            []any // attributes of the last event
	logged          time.Time
	due             *time.Timer // writes the next record; nil if none is due
}

func newTally(log *slog.Logger, level slog.Level, message string) *tally {
	return &tally{log: log, level: level, message: message, byReason: map[string]*count{}}
}

// add counts an event, which attrs describe. The reasons are constants of this program, so the table stays small.
func (t *tally) add(reason string, attrs ...any) {
	t.mu.Lock()
	c := t.byReason[reason]
	if c == nil {
		c = &count{}
		t.byReason[reason] = c
	}
	c.total++
	c.unlogged++
	c.last = attrs
	wait := time.Until(c.logged.Add(time.Second))
	if wait > 0 && c.due == nil {
		c.due = time.AfterFunc(wait, func() { t.record(reason) })
	}
	t.mu.Unlock()
	if wait <= 0 {
		t.record(reason)
	}
}

// record logs what has been counted and not logged, if anything has.
func (t *tally) record(reason string) {
	t.mu.Lock()
	c := t.byReason[reason]
	n, attrs := c.unlogged, c.last
	c.unlogged, c.last, c.logged = 0, nil, time.Now()
	if c.due != nil {
		c.due.Stop()
		c.due = nil
	}
	t.mu.Unlock()
	if n > 0 {
		t.log.Log(context.Background(), t.level, t.message, append([]any{"reason", reason, "count", n}, attrs...)...)
	}
}

// flush logs what has been counted and not logged, of all reasons.
func (t *tally) flush() {
	t.mu.Lock()
	reasons := slices.Sorted(maps.Keys(t.byReason))
	t.mu.Unlock()
	for _, reason := range reasons {
		t.record(reason)
	}
}

// totals returns how many events each reason had.
func (t *tally) totals() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := map[string]int{}
	for reason, c := range t.byReason {
		all[reason] = c.total
	}
	return all
}

// String returns the totals by reason, such as "channels=3 rate of one address=12".
func (t *tally) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(t.byReason)) {
		parts = append(parts, reason+"="+strconv.Itoa(t.byReason[reason].total))
	}
	return strings.Join(parts, " ")
}
