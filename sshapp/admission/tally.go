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
	if wait := time.Until(c.logged.Add(time.Second)); wait > 0 && c.due == nil {
		c.due = time.AfterFunc(wait, func() { t.record(reason) })
	}
	if c.due != nil {
		t.mu.Unlock()
		return
	}
	n, last := c.take() // under the same lock, so that no other event of this moment is logged alone
	t.mu.Unlock()
	t.write(reason, n, last)
}

// record logs what has been counted and not logged, if anything has.
func (t *tally) record(reason string) {
	t.mu.Lock()
	n, last := t.byReason[reason].take()
	t.mu.Unlock()
	if n > 0 {
		t.write(reason, n, last)
	}
}

// take returns what has been counted and not logged, as logged now. It is called with the lock of the tally held.
func (c *count) take() (n int, last []any) {
	n, last = c.unlogged, c.last
	c.unlogged, c.last, c.logged = 0, nil, time.Now()
	if c.due != nil {
		c.due.Stop()
		c.due = nil
	}
	return n, last
}

func (t *tally) write(reason string, n int, attrs []any) {
	t.log.Log(context.Background(), t.level, t.message, append([]any{"reason", reason, "count", n}, attrs...)...)
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
