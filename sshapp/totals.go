package sshapp

import (
	"io"
	"runtime"
	"sync/atomic"

	"postern/content/problem"
	"postern/sshapp/admission"
	"postern/sshapp/metrics"
)

// totals are what a server counts of all sessions together. They are safe for concurrent use.
type totals struct {
	screens, lines, commands, sftp atomic.Int64 // sessions of each kind
	awake                          atomic.Int64 // readers for whom something can be made again that is in memory
	frames, bytes                  atomic.Int64 // that were sent
	keys                           metrics.Histogram
}

// count brings the totals up to date with what a session has sent, and with whether its reader is awake.
func (s *session) count(awake bool) {
	t := &s.server.totals
	frames := s.channel.writes.Load()
	t.frames.Add(frames - s.frames)
	s.frames = frames
	s.server.countBytes(s.channel)
	if awake != s.awake {
		s.awake = awake
		if awake {
			t.awake.Add(1)
		} else {
			t.awake.Add(-1)
		}
	}
}

// countBytes brings the totals up to date with what was sent on a channel.
func (s *server) countBytes(c *channel) {
	written := c.written.Load()
	s.totals.bytes.Add(written - c.counted)
	c.counted = written
}

// writeMetrics writes all that is counted for a monitoring system. The names keep their meaning.
func (s *server) writeMetrics(out io.Writer) error {
	w := metrics.Writer{To: out}
	t := &s.totals
	w.Values(metrics.Gauge, "postern_build_info", "The version that runs.", "version", map[string]float64{s.config.Version: 1})
	w.Value(metrics.Gauge, "postern_connections", "Open connections.", float64(s.gate.Count()))
	w.Value(metrics.Counter, "postern_connections_total", "Connections that were let in, before their handshake.", float64(s.gate.Admitted()))
	w.Values(metrics.Counter, "postern_refused_total", "What the limits have refused.", "reason", floats(s.gate.RefusedBy()))
	w.Values(metrics.Counter, "postern_handshakes_failed_total", "Connections that ended before their client was let in.", "reason", floats(s.gate.FailedBy()))
	w.Values(metrics.Counter, "postern_sessions_total", "Sessions that have begun.", "kind", map[string]float64{
		"screens": float64(t.screens.Load()), "lines": float64(t.lines.Load()), "command": float64(t.commands.Load()), "sftp": float64(t.sftp.Load()),
	})
	readers, awake := s.readers.Load(), t.awake.Load()
	w.Values(metrics.Gauge, "postern_readers", "Readers with the screens or the line mode open; those who typed a moment ago are awake.", "state",
		map[string]float64{"awake": float64(awake), "asleep": float64(max(0, readers-awake))})
	w.Value(metrics.Counter, "postern_frames_total", "Writes to the terminals of readers.", float64(t.frames.Load()))
	w.Value(metrics.Counter, "postern_sent_bytes_total", "Bytes sent in sessions, before encryption.", float64(t.bytes.Load()))
	w.Histogram("postern_key_seconds", "Time from the arrival of keys to the answer to them.", &t.keys)
	edition := s.config.Blog.Edition()
	w.Value(metrics.Gauge, "postern_posts", "Published posts.", float64(len(edition.Posts())))
	if s.config.Site != nil {
		w.Values(metrics.Gauge, "postern_problems", "What is wrong with the files of the blog.", "severity", countSeverities(s.config.Site.Library().Problems()))
	}
	if s.config.Publisher != nil {
		if n, err := s.config.Publisher.Store.Generation(); err == nil {
			w.Value(metrics.Gauge, "postern_generation", "The number of the published generation.", float64(n))
		}
	}
	if s.config.Reads != nil {
		w.Value(metrics.Counter, "postern_database_errors_total", "How often the database could not be used.", float64(s.config.Reads.DatabaseFailures()))
	}
	w.Value(metrics.Gauge, "postern_memory_bytes", "Memory in use, garbage apart.", float64(admission.MemoryInUse()))
	w.Value(metrics.Gauge, "postern_goroutines", "Goroutines.", float64(runtime.NumGoroutine()))
	return w.Err
}

// countSeverities counts problems by how bad they are.
func countSeverities(problems []problem.Problem) map[string]float64 {
	n := map[string]float64{string(problem.Error): 0, string(problem.Warning): 0}
	for _, p := range problems {
		n[string(p.Severity)]++
	}
	return n
}

func floats(counts map[string]int) map[string]float64 {
	all := map[string]float64{}
	for key, n := range counts {
		all[key] = float64(n)
	}
	return all
}
