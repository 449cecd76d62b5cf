package sshapp

import (
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

var manyReaders = flag.Int("readers", 1000, "how many readers the benchmark connects")

// BenchmarkReaders starts Postern and the bare Wish server, connects readers to both in turn, and prints what they cost, with
// the ratio of the two. The figures are reported and not asserted: machines are noisy.
func BenchmarkReaders(b *testing.B) {
	for b.Loop() {
		m := &comparison{b: b, bare: startChild(b, "bare"), ours: startChild(b, "postern"), readers: *manyReaders}
		m.memory()
		m.idle()
		m.keys()
		m.overload()
		m.wake()
		m.large()
		m.bytes()
		m.bare.stop()
		m.ours.stop()
		fmt.Printf("\n%d readers\n%s", m.readers, m.table.String()) // a benchmark's log is cut after ten lines
	}
}

// A comparison is one run of BenchmarkReaders: what the two servers cost, side by side.
type comparison struct {
	b          *testing.B
	bare, ours *child
	readers    int

	bareReaders, ourReaders []*visitor // on 80×24, in the list
	before                  float64    // resident in KB before our readers came
	table                   strings.Builder
}

// pause is the time that is spent on a figure, 1 to 10 s: a run with few readers is for whether it runs.
func (m *comparison) pause() time.Duration {
	return min(max(time.Duration(m.readers)*10*time.Millisecond, time.Second), 10*time.Second)
}

// row adds a figure to the table, with its budget, which is for the ratio if it ends in ×. The benchmark reports what has one.
func (m *comparison) row(what, unit string, bare, ours float64, budget string) {
	if m.table.Len() == 0 {
		fmt.Fprintf(&m.table, "%-54s %9s %9s %7s  %s\n", "", "bare", "postern", "ratio", "budget")
	}
	theirs, ratio := "", ""
	if bare > 0 {
		theirs, ratio = fmt.Sprintf("%.2f", bare), fmt.Sprintf("%.2f", ours/bare)
	}
	fmt.Fprintf(&m.table, "%-54s %9s %9.2f %7s  %s\n", what+", "+unit, theirs, ours, ratio, budget)
	switch metric := strings.NewReplacer(" ", "-", ":", "", ",", "").Replace(what) + "-"; {
	case strings.HasSuffix(budget, "×"):
		m.b.ReportMetric(ours/bare, metric+"ratio")
	case budget != "":
		m.b.ReportMetric(ours, metric+strings.ReplaceAll(unit, " ", "-"))
	}
}

// memory measures what is resident for idle readers, with servers of their own that collect garbage early. By default half of
// what is resident may be garbage, and how much of it is depends on when it was collected last: the ratio of two servers
// then lies anywhere between 1.06 and 1.36.
func (m *comparison) memory() {
	var each [2]float64
	for i, name := range []string{"bare", "postern"} {
		p := startChild(m.b, name, "GOGC=10")
		for range 20 {
			p.visit(m.b, "reader", 80, 24).client.Close()
		}
		time.Sleep(m.pause() / 5)
		before := p.resident(m.b)
		for range m.readers {
			p.visit(m.b, "reader", 80, 24)
		}
		time.Sleep(m.pause() / 5)
		each[i] = (p.resident(m.b) - before) / float64(m.readers)
		p.stop()
	}
	m.row("resident for an idle reader, with little garbage", "KB", each[0], each[1], "1.2 ×")
}

// idle connects the readers, who do nothing.
func (m *comparison) idle() {
	b := m.b
	for range 20 { // what the first ones need is not what each needs
		m.bare.visit(b, "reader", 80, 24).client.Close()
		m.ours.visit(b, "reader", 80, 24).client.Close()
	}
	time.Sleep(m.pause() / 3)
	m.before = m.ours.resident(b)
	bareKB, bareCPU, ourCPU := m.bare.resident(b), m.bare.cpu(b), m.ours.cpu(b)
	var bareFirst, ourFirst []time.Duration
	for range m.readers {
		began := time.Now()
		m.bareReaders = append(m.bareReaders, m.bare.visit(b, "reader", 80, 24))
		between := time.Now()
		m.ourReaders = append(m.ourReaders, m.ours.visit(b, "reader", 80, 24))
		bareFirst, ourFirst = append(bareFirst, between.Sub(began)), append(ourFirst, time.Since(between))
	}
	n := float64(m.readers)
	bareCPU, ourCPU = m.bare.cpu(b)-bareCPU, m.ours.cpu(b)-ourCPU
	time.Sleep(m.pause() / 2)
	bareKB, ourKB := m.bare.resident(b)-bareKB, m.ours.resident(b)-m.before
	sent, idleCPU := received(m.ourReaders), m.ours.cpu(b)
	time.Sleep(m.pause())

	m.row("resident for an idle reader, with all garbage", "KB", bareKB/n, ourKB/n, "")
	m.row("all idle readers", "% of a core", 0, 100*(m.ours.cpu(b)-idleCPU).Seconds()/m.pause().Seconds(), "0.5")
	m.row("sent to all idle readers", "bytes", 0, float64(received(m.ourReaders)-sent), "0")
	bare, ours := quantile(bareFirst), quantile(ourFirst)
	m.row("dial to first frame, p50", "ms", ms(bare.p50), ms(ours.p50), "1.15 ×")
	m.row("dial to first frame, p99", "ms", ms(bare.p99), ms(ours.p99), "")
	m.row("server CPU for a connection", "ms", ms(bareCPU)/n, ms(ourCPU)/n, "1.3 ×")
}

// inList steps down in the list and up again.
func inList(k int) string { return "jk"[k%2 : k%2+1] }

// inPost scrolls a post by twenty lines, and back.
func inPost(k int) string { return "jk"[k/20%2 : k/20%2+1] }

// keys has ten and then a hundred of the readers press ten keys a second.
func (m *comparison) keys() {
	for _, some := range []int{10, 100} {
		some = min(some, m.readers)
		bare := m.bare.press(m.b, m.bareReaders[:some], inList, keyEvery, m.times(keyEvery))
		ours := m.ours.press(m.b, m.ourReaders[:some], inList, keyEvery, m.times(keyEvery))
		budget, at := "", fmt.Sprintf("%d keys a second: ", 10*some)
		if some == 100 {
			budget = "15"
		}
		m.row(at+"key to frame, p50", "ms", ms(bare.frame.p50), ms(ours.frame.p50), "")
		m.row(at+"key to frame, p99", "ms", ms(bare.frame.p99), ms(ours.frame.p99), budget)
		m.row(at+"server CPU", "ms a key", ms(bare.cpu), ms(ours.cpu), "")
	}
}

// overload has ever more of the readers press keys until one key of a hundred waits for more than 50 ms, or all readers
// press ten a second.
func (m *comparison) overload() {
	for some := min(100, m.readers); ; some = min(some*5/4, m.readers) {
		t := m.ours.press(m.b, m.ourReaders[:some], inList, keyEvery, m.times(keyEvery))
		if t.frame.p99 > 50*time.Millisecond || some == m.readers {
			at := fmt.Sprintf("%d keys a second: ", 10*some)
			m.row(at+"key to frame, p99", "ms", 0, ms(t.frame.p99), "")
			m.row(at+"server CPU", "ms a key", 0, ms(t.cpu), "")
			return
		}
	}
}

// wake lets all readers fall asleep, and has each press a key, and then another one.
func (m *comparison) wake() {
	time.Sleep(max(6*m.pause(), 2*releaseAfter))
	asleep := m.ours.resident(m.b)
	m.row("resident for a reader who has typed and rests", "KB", 0, (asleep-m.before)/float64(m.readers), "")
	const within = releaseAfter * 2 / 3
	var bare, ours [2]typing
	for i := range bare {
		bare[i] = m.bare.press(m.b, m.bareReaders, inList, within, 1)
	}
	for i := range ours {
		ours[i] = m.ours.press(m.b, m.ourReaders, inList, within, 1)
	}
	for i, key := range []string{"first key after a pause", "another key"} {
		m.row(key+": key to frame, p50", "ms", ms(bare[i].frame.p50), ms(ours[i].frame.p50), "")
		m.row(key+": server CPU", "ms a key", ms(bare[i].cpu), ms(ours[i].cpu), "0.20")
	}
	m.row("resident for a reader awake, over one asleep", "KB", 0, (m.ours.resident(m.b)-asleep)/float64(m.readers), "30")
}

// large has a hundred more readers press fifty keys a second on terminals of 120×40: so many that what a key costs is its frame,
// and not that a thread is woken for it.
func (m *comparison) large() {
	const every = 20 * time.Millisecond
	some := min(100, m.readers)
	bare := m.bare.press(m.b, m.bareReaders[:some], inList, every, m.times(every))
	for _, at := range []struct {
		place, user string
		key         func(int) string
	}{{"list", "reader", inList}, {"post", "hosting", inPost}} {
		var visitors []*visitor
		for range some {
			visitors = append(visitors, m.ours.visit(m.b, at.user, 120, 40))
		}
		t := m.ours.press(m.b, visitors, at.key, every, m.times(every))
		m.row("120×40, "+at.place+": server CPU", "ms a key", ms(bare.cpu), ms(t.cpu), "0.10")
		m.row("120×40, "+at.place+": key to frame, p99", "ms", ms(bare.frame.p99), ms(t.frame.p99), "")
		for _, v := range visitors {
			v.client.Close()
		}
	}
}

// bytes has one reader after the other press a key some times.
func (m *comparison) bytes() {
	for _, at := range []struct {
		what, user    string
		width, height int
		key           func(int) string
		budget        string
	}{
		{"a line scrolled, 100×40", "hosting", 100, 40, inPost, "110"},
		{"a line scrolled beside the contents, 140×40", "hosting", 140, 40, inPost, "400"},
		{"a step in the list, 80×24", "reader", 80, 24, inList, "330"},
	} {
		v := m.ours.visit(m.b, at.user, at.width, at.height)
		t := m.ours.press(m.b, []*visitor{v}, at.key, keyEvery, 40)
		m.row(at.what, "bytes", 0, t.bytes, at.budget)
		v.client.Close()
	}
}

// typing is what keys cost.
type typing struct {
	frame quantiles     // from a key to its frame
	cpu   time.Duration // of the server, for each key
	bytes float64       // sent, for each key
}

// keyEvery is the time between two keys of one who reads fast.
const keyEvery = 100 * time.Millisecond

// times returns how many keys at that distance are pressed for a figure. It is even, so that who steps down in a list and up
// again ends where she began.
func (m *comparison) times(every time.Duration) int { return int(m.pause()/every) / 4 * 2 }

// press has each of the visitors press so many keys, one after the other. The function returns a key by its number.
func (p *child) press(b *testing.B, visitors []*visitor, key func(int) string, every time.Duration, times int) typing {
	sent, cpu := received(visitors), p.cpu(b)
	var mu sync.Mutex
	var took []time.Duration
	var wait sync.WaitGroup
	for i, v := range visitors {
		wait.Go(func() {
			time.Sleep(time.Duration(i) * every / time.Duration(len(visitors)))
			for k := range times {
				d, ok := v.press(key(k))
				if ok {
					mu.Lock()
					took = append(took, d)
					mu.Unlock()
				}
				time.Sleep(every - d)
			}
		})
	}
	wait.Wait()
	keys := len(visitors) * times
	if len(took) < keys*99/100 {
		b.Errorf("%d of %d keys were answered", len(took), keys)
	}
	return typing{
		frame: quantile(took),
		cpu:   (p.cpu(b) - cpu) / time.Duration(keys),
		bytes: float64(received(visitors)-sent) / float64(keys),
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
