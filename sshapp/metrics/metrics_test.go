package metrics_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"postern/sshapp/metrics"
)

func TestWriter(t *testing.T) {
	var out strings.Builder
	w := metrics.Writer{To: &out}
	w.Value(metrics.Gauge, "blog_posts", "How many posts are published.", 1234567)
	w.Values(metrics.Counter, "blog_refused_total", "What was refused.", "reason", map[string]float64{"rate": 2, "a \"b\"\\\n": 0.5})
	w.Values(metrics.Counter, "blog_failed_total", "What has failed.", "reason", nil)
	var h metrics.Histogram
	for _, d := range []time.Duration{0, time.Millisecond, 1500 * time.Microsecond, time.Minute} {
		h.Add(d)
	}
	w.Histogram("blog_key_seconds", "How long keys wait.", &h)
	want := `# HELP blog_posts How many posts are published.
# TYPE blog_posts gauge
blog_posts 1.234567e+06
# HELP blog_refused_total What was refused.
# TYPE blog_refused_total counter
blog_refused_total{reason="a \"b\"\\\n"} 0.5
blog_refused_total{reason="rate"} 2
# HELP blog_failed_total What has failed.
# TYPE blog_failed_total counter
# HELP blog_key_seconds How long keys wait.
# TYPE blog_key_seconds histogram
blog_key_seconds_bucket{le="0.0005"} 1
blog_key_seconds_bucket{le="0.001"} 2
blog_key_seconds_bucket{le="0.002"} 3
blog_key_seconds_bucket{le="0.005"} 3
blog_key_seconds_bucket{le="0.01"} 3
blog_key_seconds_bucket{le="0.02"} 3
blog_key_seconds_bucket{le="0.05"} 3
blog_key_seconds_bucket{le="0.1"} 3
blog_key_seconds_bucket{le="0.2"} 3
blog_key_seconds_bucket{le="0.5"} 3
blog_key_seconds_bucket{le="1"} 3
blog_key_seconds_bucket{le="5"} 3
blog_key_seconds_bucket{le="+Inf"} 4
blog_key_seconds_sum 60.0025
blog_key_seconds_count 4
`
	if out.String() != want || w.Err != nil {
		t.Errorf("%v\n%s", w.Err, out.String())
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriterFails(t *testing.T) {
	w := metrics.Writer{To: full{}}
	w.Value(metrics.Gauge, "blog_posts", "How many posts are published.", 1)
	if w.Err != errFull {
		t.Error(w.Err)
	}
}

func TestHistogramAllocatesNothing(t *testing.T) {
	var h metrics.Histogram
	if n := testing.AllocsPerRun(100, func() { h.Add(time.Millisecond) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
