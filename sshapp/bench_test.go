package sshapp

import (
	"flag"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

var churn = flag.Int("churn", 2000, "how many visitors come and go")

// BenchmarkChurn has visitors come, type and hang up in the middle of it, fifty at once, and prints what is left of them.
func BenchmarkChurn(b *testing.B) {
	const atOnce = 50
	for b.Loop() {
		p := startChild(b, "postern")
		defer p.stop()
		come := func(n int) {
			var wg sync.WaitGroup
			for range atOnce {
				wg.Go(func() {
					for range n / atOnce {
						v := p.visit(b, "reader", 80, 24)
						_, _ = io.WriteString(v.keyboard, strings.Repeat("jk", 50))
						v.client.Close()
					}
				})
			}
			wg.Wait()
			time.Sleep(45 * time.Second) // the runtime gives memory back slowly
		}
		come(1000)
		before, resident, files := p.count(b), p.resident(b), p.descriptors(b)
		come(*churn)
		after := p.count(b)
		b.ReportMetric(p.resident(b)-resident, "KB-grown")
		b.ReportMetric(float64(after.Goroutines-before.Goroutines), "goroutines-left")
		b.ReportMetric(float64(p.descriptors(b)-files), "descriptors-left")
	}
}

// BenchmarkCommand asks Postern for `ls` and the bare Wish server for its frame, in turn, each time from the dial to the exit
// of the command.
func BenchmarkCommand(b *testing.B) {
	bare, ours := startChild(b, "bare"), startChild(b, "postern")
	defer bare.stop()
	defer ours.stop()
	for _, p := range []*child{bare, ours} {
		for range 20 { // what the first ones need is not what each needs
			p.ask(b, "ls")
		}
	}
	var base, took []time.Duration
	for b.Loop() {
		base = append(base, bare.ask(b, "ls"))
		took = append(took, ours.ask(b, "ls"))
	}
	theirs, our := quantile(base), quantile(took)
	b.ReportMetric(float64(theirs.p50.Microseconds())/1000, "bare-p50-ms")
	b.ReportMetric(float64(our.p50.Microseconds())/1000, "p50-ms")
	b.ReportMetric(our.p50.Seconds()/theirs.p50.Seconds(), "p50-ratio")
	b.ReportMetric(our.p99.Seconds()/theirs.p99.Seconds(), "p99-ratio")
}

// BenchmarkWaiters connects readers to one server and clients that wait to another, and reports what each of both keeps.
func BenchmarkWaiters(b *testing.B) {
	for b.Loop() {
		reading, waiting := startChild(b, "postern"), startChild(b, "postern")
		defer reading.stop()
		defer waiting.stop()
		for range 20 { // what the first ones need is not what each needs
			reading.visit(b, "reader", 80, 24).client.Close()
			waiting.wait(b).Close()
		}
		time.Sleep(5 * time.Second)
		readingBefore, waitingBefore := reading.resident(b), waiting.resident(b)
		for range *manyReaders {
			defer reading.visit(b, "reader", 80, 24).client.Close()
			defer waiting.wait(b).Close()
		}
		time.Sleep(10 * time.Second)
		n := float64(*manyReaders)
		reader, waiter := (reading.resident(b)-readingBefore)/n, (waiting.resident(b)-waitingBefore)/n
		b.ReportMetric(reader, "KB/reader")
		b.ReportMetric(waiter, "KB/waiter")
		b.ReportMetric(waiter/reader, "memory-ratio")
	}
}

// wait connects a client that waits for posts.
func (p *child) wait(b *testing.B) *gossh.Client {
	b.Helper()
	client := p.connect(b, "reader")
	session, err := client.NewSession()
	if err != nil {
		b.Fatal(err)
	}
	if err := session.Start("wait"); err != nil {
		b.Fatal(err)
	}
	return client
}

// ask runs a command, and returns how long that took from the dial on.
func (p *child) ask(b *testing.B, command string) time.Duration {
	b.Helper()
	began := time.Now()
	client := p.connect(b, "reader")
	defer client.Close()
	session, err := client.NewSession()
	if err != nil {
		b.Fatal(err)
	}
	if out, err := session.Output(command); err != nil || len(out) == 0 {
		b.Fatalf("%s: %v, %d bytes", command, err, len(out))
	}
	return time.Since(began)
}
