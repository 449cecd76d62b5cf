// Package metrics counts, and writes what is counted in the text format of Prometheus, version 0.0.4, as its textfile collector
// and others read it: without timestamps, which the collector refuses.
package metrics

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// A Kind is what a metric is.
type Kind string

// The kinds. A counter's name ends with _total.
const (
	Counter   Kind = "counter" // it only grows, from the start of the process on
	Gauge     Kind = "gauge"
	histogram Kind = "histogram"
)

// A Writer writes metrics. The error of the first write that fails is in Err.
type Writer struct {
	To  io.Writer
	Err error
}

func (w *Writer) printf(format string, args ...any) {
	if w.Err == nil {
		_, w.Err = fmt.Fprintf(w.To, format, args...)
	}
}

// head begins a metric. The help is one line.
func (w *Writer) head(kind Kind, name, help string) {
	w.printf("# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

// Value writes a metric that is one value.
func (w *Writer) Value(kind Kind, name, help string, value float64) {
	w.head(kind, name, help)
	w.printf("%s %s\n", name, number(value))
}

// Values writes a metric that has a value for each value of a label.
func (w *Writer) Values(kind Kind, name, help, label string, values map[string]float64) {
	w.head(kind, name, help)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		w.printf("%s{%s=\"%s\"} %s\n", name, label, escape.Replace(key), number(values[key]))
	}
}

var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func number(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) }

// bounds are those of a histogram's buckets: from what nobody notices to what everybody does.
var bounds = [...]time.Duration{
	500 * time.Microsecond, time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond,
	50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond, time.Second, 5 * time.Second,
}

// A Histogram counts durations by how long they are. It is safe for concurrent use.
type Histogram struct {
	buckets [len(bounds) + 1]atomic.Int64 // each without those before it; the last is of what is longer than all bounds
	sum     atomic.Int64                  // nanoseconds
}

// Add counts a duration.
func (h *Histogram) Add(d time.Duration) {
	i, _ := slices.BinarySearchFunc(bounds[:], d, cmp.Compare)
	h.buckets[i].Add(1)
	h.sum.Add(int64(d))
}

// Histogram writes a histogram, in seconds.
func (w *Writer) Histogram(name, help string, h *Histogram) {
	w.head(histogram, name, help)
	count := int64(0)
	for i := range h.buckets {
		count += h.buckets[i].Load()
		bound := "+Inf"
		if i < len(bounds) {
			bound = number(bounds[i].Seconds())
		}
		w.printf("%s_bucket{le=\"%s\"} %d\n", name, bound, count)
	}
	w.printf("%s_sum %s\n%s_count %d\n", name, number(time.Duration(h.sum.Load()).Seconds()), name, count)
}
