package sshapp

import (
	"bufio"
	"crypto/ed25519"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

var (
	manyReaders = flag.Int("readers", 1000, "how many readers the benchmark connects")
	churn       = flag.Int("churn", 2000, "how many visitors come and go")
)

// bareServer is in the environment of the child process that is the bare Wish server.
const bareServer = "POSTERN_BARE_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(bareServer) != "" {
		if err := serveBare(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serveBare is what Postern is measured against: a Wish server that accepts, writes one frame, and waits or, asked for a
// command, exits.
func serveBare() error {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	signer, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		return err
	}
	frame := strings.Repeat("x", 1500) // what the first frame of a blog has
	srv, err := wish.NewServer(
		func(srv *ssh.Server) error { srv.AddHostKey(signer); return nil },
		wish.WithMiddleware(func(ssh.Handler) ssh.Handler {
			return func(s ssh.Session) {
				io.WriteString(s, frame)
				if s.RawCommand() == "" {
					io.Copy(io.Discard, s)
				}
			}
		}))
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "bare at %s\n", ln.Addr())
	return srv.Serve(ln)
}

// BenchmarkReaders starts Postern and the bare Wish server, connects readers to both in turn, and prints what they cost, with
// the ratio of the two. The figures are reported and not asserted: machines are noisy.
func BenchmarkReaders(b *testing.B) {
	for b.Loop() {
		bare, ours := startChild(b, "bare"), startChild(b, "postern")
		defer bare.stop()
		defer ours.stop()
		measure(b, bare, ours)
		f, base := ours.figures, bare.figures
		b.ReportMetric(f.idleKB, "KB/reader")
		b.ReportMetric(f.idleKB/base.idleKB, "memory-ratio")
		b.ReportMetric(f.firstFrame.p50.Seconds()/base.firstFrame.p50.Seconds(), "first-frame-ratio")
		b.ReportMetric(f.connectCPU.Seconds()/base.connectCPU.Seconds(), "connect-CPU-ratio")
		b.ReportMetric(float64(f.calm.frame.p99.Microseconds())/1000, "key-p99-ms")
		fmt.Printf("\n%d readers\n%s", *manyReaders, table(base, f)) // a benchmark's log is cut after ten lines
	}
}

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
						v := p.visit(b)
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
			reading.visit(b).client.Close()
			waiting.wait(b).Close()
		}
		time.Sleep(5 * time.Second)
		reading.base, waiting.base = reading.resident(b), waiting.resident(b)
		for range *manyReaders {
			defer reading.visit(b).client.Close()
			defer waiting.wait(b).Close()
		}
		time.Sleep(10 * time.Second)
		n := float64(*manyReaders)
		reader, waiter := (reading.resident(b)-reading.base)/n, (waiting.resident(b)-waiting.base)/n
		b.ReportMetric(reader, "KB/reader")
		b.ReportMetric(waiter, "KB/waiter")
		b.ReportMetric(waiter/reader, "memory-ratio")
	}
}

// wait connects a client that waits for posts.
func (p *child) wait(b *testing.B) *gossh.Client {
	b.Helper()
	client, err := gossh.Dial("tcp", p.addr, &gossh.ClientConfig{User: "reader", HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		b.Fatal(err)
	}
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
	client, err := gossh.Dial("tcp", p.addr, &gossh.ClientConfig{User: "reader", HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		b.Fatal(err)
	}
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

// figures are what one server costs.
type figures struct {
	idleKB     float64       // resident, for each idle reader
	idleCPU    float64       // of one core, for all of them
	idleBytes  int64         // sent to all of them
	firstFrame quantiles     // from the dial on
	connectCPU time.Duration // of the server, for each connection
	calm, busy typing        // of ten readers, and of a hundred
	afterKB    float64       // resident, for each reader, when those who typed sleep again
}

// typing is what keys cost while readers press ten of them a second.
type typing struct {
	frame quantiles     // from a key to its frame
	cpu   time.Duration // of the server, for each key
	bytes float64       // sent, for each key
}

type quantiles struct{ p50, p99 time.Duration }

func quantile(d []time.Duration) quantiles {
	if len(d) == 0 {
		return quantiles{}
	}
	slices.Sort(d)
	return quantiles{d[len(d)/2], d[len(d)*99/100]}
}

func table(bare, ours figures) string {
	var s strings.Builder
	row := func(what, unit string, b, o float64) {
		ratio := ""
		if b > 0 && o > 0 {
			ratio = fmt.Sprintf("%.2f", o/b)
		}
		fmt.Fprintf(&s, "%-36s %10.2f %10.2f %8s  %s\n", what, b, o, ratio, unit)
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	fmt.Fprintf(&s, "%-36s %10s %10s %8s\n", "", "bare", "postern", "ratio")
	row("resident per idle reader", "KB", bare.idleKB, ours.idleKB)
	row("CPU of all idle readers", "% of a core", bare.idleCPU*100, ours.idleCPU*100)
	row("sent while idle", "bytes", float64(bare.idleBytes), float64(ours.idleBytes))
	row("dial to first frame, p50", "ms", ms(bare.firstFrame.p50), ms(ours.firstFrame.p50))
	row("dial to first frame, p99", "ms", ms(bare.firstFrame.p99), ms(ours.firstFrame.p99))
	row("server CPU per connection", "ms", ms(bare.connectCPU), ms(ours.connectCPU))
	for _, t := range []struct {
		keys string
		typing
	}{{"100", ours.calm}, {"1,000", ours.busy}} {
		at := t.keys + " keys a second: "
		row(at+"to frame, p50", "ms", 0, ms(t.frame.p50))
		row(at+"to frame, p99", "ms", 0, ms(t.frame.p99))
		row(at+"server CPU", "ms/key", 0, ms(t.cpu))
		row(at+"sent", "bytes/key", 0, t.bytes)
	}
	row("resident per reader after", "KB", 0, ours.afterKB)
	return s.String()
}

// measure has readers connect to both servers, idle, and, at Postern, type.
func measure(b *testing.B, bare, ours *child) {
	both := []*child{bare, ours}
	for _, p := range both {
		for range 20 { // what the first ones need is not what each needs
			v := p.visit(b)
			v.client.Close()
		}
	}
	time.Sleep(3 * time.Second)

	n := *manyReaders
	for _, p := range both {
		p.base, p.before = p.resident(b), p.cpu(b)
	}
	for range n {
		for _, p := range both {
			p.visitors = append(p.visitors, p.visit(b))
		}
	}
	for _, p := range both {
		p.figures.connectCPU = (p.cpu(b) - p.before) / time.Duration(n)
		var took []time.Duration
		for _, v := range p.visitors {
			took = append(took, v.firstFrame)
		}
		p.figures.firstFrame = quantile(took)
	}

	time.Sleep(5 * time.Second)
	const idle = 10 * time.Second
	for _, p := range both {
		p.figures.idleKB = (p.resident(b) - p.base) / float64(n)
		p.sent, p.before = received(p.visitors), p.cpu(b)
	}
	time.Sleep(idle)
	for _, p := range both {
		p.figures.idleCPU = (p.cpu(b) - p.before).Seconds() / idle.Seconds()
		p.figures.idleBytes = received(p.visitors) - p.sent
	}
	ours.figures.calm = ours.press(b, 10)
	ours.figures.busy = ours.press(b, 100)
	time.Sleep(60 * time.Second)
	ours.figures.afterKB = (ours.resident(b) - ours.base) / float64(n)
	for _, p := range both {
		for _, v := range p.visitors {
			v.client.Close()
		}
	}
}

// press has some of the visitors press a key every 100 ms, for five seconds.
func (p *child) press(b *testing.B, readers int) typing {
	const each = 50
	some := p.visitors[:min(readers, len(p.visitors))]
	sent, cpu := received(some), p.cpu(b)
	var mu sync.Mutex
	var took []time.Duration
	var wait sync.WaitGroup
	for i, v := range some {
		wait.Go(func() {
			time.Sleep(time.Duration(i) * 100 * time.Millisecond / time.Duration(len(some)))
			for k := range each {
				d, ok := v.press("jk"[k%2 : k%2+1])
				if ok {
					mu.Lock()
					took = append(took, d)
					mu.Unlock()
				}
				time.Sleep(100*time.Millisecond - d)
			}
		})
	}
	wait.Wait()
	keys := len(some) * each
	if len(took) < keys*99/100 {
		b.Errorf("%d of %d keys were answered", len(took), keys)
	}
	return typing{
		frame: quantile(took),
		cpu:   (p.cpu(b) - cpu) / time.Duration(keys),
		bytes: float64(received(some)-sent) / float64(keys),
	}
}

// A child is a server in a process of its own.
type child struct {
	cmd      *exec.Cmd
	addr     string
	visitors []*visitor
	base     float64       // resident, in KB, before the visitors came
	before   time.Duration // of its processor time, when a phase began
	sent     int64         // bytes, by then
	figures  figures
	counted  chan counters
}

// counters are what Postern logs of itself on SIGUSR1.
type counters struct {
	Message    string `json:"msg"`
	Goroutines int    `json:"goroutines"`
	Memory     int64  `json:"memory"`
}

// watch reads the child's log.
func (p *child) watch(lines *bufio.Reader) {
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var c counters
		if json.Unmarshal(line, &c) == nil && c.Message == "counters" {
			p.counted <- c
		}
	}
}

// count asks the child for its counters.
func (p *child) count(b *testing.B) counters {
	if err := p.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		b.Fatal(err)
	}
	return <-p.counted
}

// descriptors returns how many files the child has open.
func (p *child) descriptors(b *testing.B) int {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	return len(entries)
}

var listening = regexp.MustCompile(`at (127\.0\.0\.1:\d+)`)

func startChild(b *testing.B, name string) *child {
	b.Helper()
	var cmd *exec.Cmd
	if name == "bare" {
		cmd = exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), bareServer+"=1")
	} else {
		binary := filepath.Join(b.TempDir(), "postern")
		if out, err := exec.Command("go", "build", "-o", binary, "postern/cmd/postern").CombinedOutput(); err != nil {
			b.Fatalf("go build: %v\n%s", err, out)
		}
		cmd = exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--data", b.TempDir(),
			"--max-conns-per-addr", "0", "--conn-rate-per-addr", "0")
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewReader(stderr)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			b.Fatalf("%s didn't start: %v", name, err)
		}
		if m := listening.FindStringSubmatch(line); m != nil {
			p := &child{cmd: cmd, addr: m[1], counted: make(chan counters, 1)}
			go p.watch(lines)
			return p
		}
	}
}

func (p *child) stop() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

// resident returns the child's resident memory in KB.
func (p *child) resident(b *testing.B) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		b.Skip("this wants Linux's /proc")
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(data)
	n, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// cpu returns the processor time that the child has taken, in user and system mode (proc_pid_stat(5), in ticks of 10 ms).
func (p *child) cpu(b *testing.B) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// A visitor is a connected reader who sees nothing of what is sent but when and how much.
type visitor struct {
	client     *gossh.Client
	keyboard   io.Writer
	firstFrame time.Duration
	seen       arrivals
}

// visit connects a visitor, and waits for the first frame.
func (p *child) visit(b *testing.B) *visitor {
	b.Helper()
	v := &visitor{seen: arrivals{last: make(chan time.Time, 1)}}
	began := time.Now()
	check := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	var err error
	v.client, err = gossh.Dial("tcp", p.addr, &gossh.ClientConfig{User: "reader", HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	check(err)
	session, err := v.client.NewSession()
	check(err)
	session.Stdout = &v.seen
	v.keyboard, err = session.StdinPipe()
	check(err)
	check(session.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}))
	check(session.Shell())
	v.firstFrame = (<-v.seen.last).Sub(began)
	return v
}

// press types a key and returns how long its frame took.
func (v *visitor) press(key string) (time.Duration, bool) {
	select {
	case <-v.seen.last:
	default:
	}
	began := time.Now()
	if _, err := io.WriteString(v.keyboard, key); err != nil {
		return 0, false
	}
	select {
	case at := <-v.seen.last:
		return at.Sub(began), true
	case <-time.After(5 * time.Second):
		return 0, false
	}
}

// arrivals notes when bytes came, and how many.
type arrivals struct {
	last chan time.Time

	mu sync.Mutex
	n  int64
}

func (a *arrivals) Write(p []byte) (int, error) {
	now := time.Now()
	a.mu.Lock()
	a.n += int64(len(p))
	a.mu.Unlock()
	select {
	case a.last <- now:
	default:
	}
	return len(p), nil
}

func received(visitors []*visitor) int64 {
	var n int64
	for _, v := range visitors {
		v.seen.mu.Lock()
		n += v.seen.n
		v.seen.mu.Unlock()
	}
	return n
}
