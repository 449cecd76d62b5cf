package sshapp

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"postern/sshapp/admission"

	gossh "golang.org/x/crypto/ssh"
)

var soakTime = flag.Duration("soak", 0, "how long TestSoak lasts, with 200 readers; without it a few seconds with 20")

// TestSoak has readers read beside attackers who do all that is known, at random, on real sockets and with the default
// limits, but for those that would take too long to see. Each key of a reader must be answered, and in the end nothing may
// be left of anyone.
func TestSoak(t *testing.T) {
	s := &soak{t: t, readers: 20, attackers: 4, lasts: 2 * time.Second, patience: time.Second, attacks: map[string]int{}}
	limits := admission.DefaultLimits()
	if *soakTime > 0 {
		s.readers, s.lasts, s.patience = 200, *soakTime, 15*time.Second
		limits.Stall = 5 * time.Second
	}
	var failures logBuffer
	s.addr, _ = openTCP(t, func(c *Config) {
		withWork(c)
		c.Limits = limits
		c.Log = slog.New(slog.NewTextHandler(&failures, &slog.HandlerOptions{Level: slog.LevelError}))
	})
	var first sync.WaitGroup // what the first of each kind makes, such as a table, is not left by the others
	for _, attack := range soakAttacks {
		first.Go(func() { attack(s, net.IPv4(127, 2, 0, 1)) })
	}
	first.Wait()
	goroutines, files, memory := settled(t, s.addr), descriptors(t), heap()

	ctx, stop := context.WithTimeout(t.Context(), s.lasts)
	defer stop()
	var everyone sync.WaitGroup
	for i := range s.readers {
		everyone.Go(func() { s.read(ctx, net.IPv4(127, 1, byte(i/250), byte(1+i%250))) })
	}
	for i := range s.attackers {
		everyone.Go(func() { s.attack(ctx, byte(i)) })
	}
	everyone.Wait()
	noneLeft(t, goroutines)
	eventually(t, "the descriptors are closed", func() bool { return descriptors(t) <= files })
	grown := heap() - memory
	if grown > 10<<20 {
		t.Errorf("the heap has grown by %d bytes", grown)
	}
	if log := failures.String(); log != "" {
		t.Errorf("the log says\n%s", log)
	}
	if s.unanswered > 0 || len(s.took) == 0 {
		t.Errorf("%d of %d keys were not answered", s.unanswered, len(s.took)+s.unanswered)
	}
	t.Logf("%s\ngoroutines %+d, descriptors %+d, heap %+d KB", s, runtime.NumGoroutine()-goroutines, descriptors(t)-files, grown>>10)
}

// A soak is one run of TestSoak.
type soak struct {
	t                  *testing.T
	addr               string
	readers, attackers int
	lasts, patience    time.Duration // patience is an attacker's

	mu                 sync.Mutex // guards what follows
	took               []time.Duration
	unanswered, visits int
	attacks            map[string]int
}

func (s *soak) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := quantile(slices.Clone(s.took))
	text := fmt.Sprintf("%v: %d readers in %d visits, %d keys and resizes answered, %d not; p50 %v, p99 %v, slowest %v; attacks:",
		s.lasts, s.readers, s.visits, len(s.took), s.unanswered, q.p50, q.p99, slices.Max(append(s.took, 0)))
	for _, name := range slices.Sorted(maps.Keys(s.attacks)) {
		text += fmt.Sprintf(" %s %d,", name, s.attacks[name])
	}
	return text
}

// dial connects from an address.
func (s *soak) dial(from net.IP) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: from}, Timeout: 10 * time.Second}
	return d.Dial("tcp", s.addr)
}

// connect connects a client from an address, over a connection that wrap may change.
func (s *soak) connect(from net.IP, user string, wrap func(net.Conn) net.Conn) (*gossh.Client, error) {
	raw, err := s.dial(from)
	if err != nil {
		return nil, err
	}
	if wrap != nil {
		raw = wrap(raw)
	}
	conn, chans, reqs, err := gossh.NewClientConn(raw, "", &gossh.ClientConfig{User: user, HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		raw.Close()
		return nil, err
	}
	return gossh.NewClient(conn, chans, reqs), nil
}

// pause waits for a random time, or until ctx is done.
func pause(ctx context.Context, most time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(rand.N(most)):
	}
}

// read has one reader come, read, leave and come back until ctx is done.
func (s *soak) read(ctx context.Context, from net.IP) {
	for pause(ctx, s.lasts/10); ctx.Err() == nil; pause(ctx, 5*time.Second) {
		if err := s.visit(ctx, from); err != nil {
			s.t.Errorf("a reader: %v", err)
			return
		}
	}
}

// visit is one visit of a reader, who quits or hangs up in the end.
func (s *soak) visit(ctx context.Context, from net.IP) error {
	s.mu.Lock()
	s.visits++
	s.mu.Unlock()
	client, err := s.connect(from, "reader", nil)
	if err != nil {
		return err
	}
	defer client.Close()
	v, err := newVisitor(client, 80, 24)
	if err != nil {
		return err
	}
	place := walk{screen: "list", columns: 80}
	for range 5 + rand.IntN(40) {
		if pause(ctx, min(s.lasts/40, 15*time.Second)); ctx.Err() != nil { // often long enough to fall asleep
			break
		}
		s.expect(v, func() error {
			if rand.IntN(20) == 0 {
				place.columns = 60 + (place.columns-60+1+rand.IntN(60))%61 // another width than now
				return v.session.WindowChange(20+rand.IntN(20), place.columns)
			}
			_, err := io.WriteString(v.keyboard, place.key())
			return err
		})
	}
	if rand.IntN(2) == 0 {
		_, _ = io.WriteString(v.keyboard, "q")
		return v.session.Wait()
	}
	_, _ = io.WriteString(v.keyboard, "jkjk")
	return nil
}

// expect does something that must change what the reader sees.
func (s *soak) expect(v *visitor, do func() error) {
	select {
	case <-v.seen.last: // the rest of an earlier frame
	default:
	}
	began := time.Now()
	took := time.Duration(-1)
	if err := do(); err == nil {
		select {
		case at := <-v.seen.last:
			took = at.Sub(began)
		case <-time.After(10 * time.Second):
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if took < 0 {
		s.unanswered++
		return
	}
	s.took = append(s.took, took)
}

// A walk knows which keys change the screen where a reader is.
type walk struct {
	screen, under string
	down          bool
	columns       int
}

// key returns a key that changes the screen.
func (w *walk) key() string {
	if w.screen == "help" {
		w.screen = w.under
		return "?"
	}
	switch rand.IntN(6) {
	case 0:
		w.screen, w.under = "help", w.screen
		return "?"
	case 1:
		w.down = false
		if w.screen == "list" {
			w.screen = "post"
			return "l"
		}
		w.screen = "list"
		return "hg"
	}
	w.down = !w.down
	switch {
	case w.screen == "list" && w.down:
		return "j"
	case w.screen == "list":
		return "k"
	case w.down:
		return " "
	}
	return "b"
}

// attack does one attack after the other until ctx is done.
func (s *soak) attack(ctx context.Context, i byte) {
	names := slices.Sorted(maps.Keys(soakAttacks))
	for ; ctx.Err() == nil; pause(ctx, 2*time.Second) {
		name := names[rand.IntN(len(names))]
		soakAttacks[name](s, net.IPv4(127, 2, 1+i, byte(1+rand.IntN(250))))
		s.mu.Lock()
		s.attacks[name]++
		s.mu.Unlock()
	}
}

// descriptors counts the open files of the process.
func descriptors(t *testing.T) int {
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("this wants Linux's /proc")
	}
	return len(files)
}
