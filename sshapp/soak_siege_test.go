package sshapp

import (
	"crypto/sha256"
	"fmt"
	"net"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
)

// besieged is a blog in which work can be had: a post of 100 KB with an "e" in each word, and one of 8 MB with lines that end as
// on Windows, both older than those that readers read.
var besieged = sync.OnceValue(func() *content.Library {
	files := someBlog()
	const front, words = "---\ntitle: Much\ndate: 2000-01-01\n---\n\n", "Here we see the sentence whose letters are searched, repeatedly and everywhere. "
	paragraph := strings.Repeat(words, 10) + "\n\n"
	files["long.md"] = &fstest.MapFile{Data: []byte(front + strings.Repeat(paragraph, 100<<10/len(paragraph)))}
	files["huge.md"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(front+strings.Repeat(paragraph, 8<<20/len(paragraph)), "\n", "\r\n"))}
	lib, err := content.Load(files)
	if err != nil {
		panic(err)
	}
	return lib
})

// withWork serves that blog.
func withWork(c *Config) {
	blog := *c.Blog
	blog.Edition = func() *content.Edition { return besieged().At(time.Now()) }
	c.Blog = &blog
}

const (
	mostSlowdown = 10        // how many times as long an honest reader may wait
	mostMemory   = 256 << 20 // what the attackers' work and their clients may take at a time, in bytes
)

// TestSiege holds what one address may cost everybody else: while clients of it do what makes most work, a first frame, a key
// and `ls` of an honest reader, each measured as a median, take at most ten times what they take without them. When the
// attackers have hung up, nothing is left of them.
//
// What she is compared with is measured while every core computes, since the attackers' work may fill them: what she waits for
// a core is no more than that, however many of the cores other programs take.
func TestSiege(t *testing.T) {
	lasts := time.Second
	if *soakTime > 0 {
		lasts = 30 * time.Second
	}
	for name, clients := range map[string]int{
		"find without end":  25,
		"sizes without end": 6,
		"a byte of a file":  25,
	} {
		t.Run(name, func(t *testing.T) {
			s := &soak{t: t, patience: lasts}
			s.addr, _ = openTCP(t, withWork)
			err := s.besiege(soakAttacks[name], clients)
			for tries := 1; err != nil && tries < 3; tries++ {
				t.Log(err)
				err = s.besiege(soakAttacks[name], clients)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// besiege has clients of one address attack an honest reader's server. The error says what she waits too long for.
func (s *soak) besiege(attack func(*soak, net.IP), clients int) error {
	stop := make(chan struct{})
	for range runtime.GOMAXPROCS(0) {
		go compute(stop)
	}
	alone := s.honest(time.Second / 2)
	close(stop)
	goroutines, memory := settled(s.t, s.addr), heap()

	var attackers sync.WaitGroup
	for range clients {
		attackers.Go(func() { attack(s, net.IPv4(127, 2, 0, 1)) })
	}
	peak := peakMemory(s.patience)
	besieged := s.honest(s.patience)
	attackers.Wait()
	most := <-peak - memory
	s.t.Logf("alone: %v; besieged: %v, %d MB", alone, besieged, most>>20)
	if most > mostMemory {
		s.t.Errorf("the work takes %d bytes", most)
	}
	noneLeft(s.t, goroutines)
	if grown := heap() - memory; grown > 10<<20 {
		s.t.Errorf("%d bytes are left", grown)
	}
	return besieged.compare(alone)
}

// compute keeps a core busy until stop is closed.
func compute(stop <-chan struct{}) {
	for sum := sha256.Sum256(nil); ; sum = sha256.Sum256(sum[:]) {
		select {
		case <-stop:
			return
		default:
		}
	}
}

// waits are what an honest reader waits for.
type waits struct{ frame, key, ls time.Duration }

func (w waits) String() string {
	return fmt.Sprintf("first frame %v, key %v, ls %v", w.frame, w.key, w.ls)
}

// compare returns an error if a reader waits too much longer than alone.
func (w waits) compare(alone waits) error {
	for _, each := range []struct {
		what       string
		now, alone time.Duration
	}{{"first frame", w.frame, alone.frame}, {"key", w.key, alone.key}, {"ls", w.ls, alone.ls}} {
		if ratio := each.now.Seconds() / each.alone.Seconds(); ratio > mostSlowdown {
			return fmt.Errorf("%s: %v is %.1f times as long as without the attack", each.what, each.now, ratio)
		}
	}
	return nil
}

// honest has an honest reader come, read and leave, and a program ask for a list, over and over for some time. It returns the
// medians.
func (s *soak) honest(d time.Duration) waits {
	s.t.Helper()
	var frames, keys, lists []time.Duration
	for began, n := time.Now(), 1; len(frames) == 0 || time.Since(began) < d; n++ {
		from := net.IPv4(127, 1, byte(n/250), byte(1+n%250)) // one address may not come as often
		now := time.Now()
		client, err := s.connect(from, "", nil)
		if err != nil {
			s.t.Fatal(err)
		}
		v, err := newVisitor(client, 80, 24)
		if err != nil {
			s.t.Fatal(err)
		}
		frames = append(frames, time.Since(now))
		for i := range 10 {
			took, ok := v.press(inList(i))
			if !ok {
				s.t.Fatal("a key was not answered")
			}
			keys = append(keys, took)
		}
		client.Close()

		now = time.Now()
		if client, err = s.connect(from, "", nil); err != nil {
			s.t.Fatal(err)
		}
		session, err := client.NewSession()
		if err != nil {
			s.t.Fatal(err)
		}
		if out, err := session.Output("ls"); err != nil || len(out) == 0 {
			s.t.Fatalf("ls: %v, %d bytes", err, len(out))
		}
		lists = append(lists, time.Since(now))
		client.Close()
	}
	median := func(d []time.Duration) time.Duration {
		slices.Sort(d)
		return d[len(d)/2]
	}
	return waits{median(frames), median(keys), median(lists)}
}

// peakMemory returns a channel that gets, after some time, the most that the heap has held in it, garbage and all.
func peakMemory(d time.Duration) <-chan int64 {
	peak := make(chan int64, 1)
	go func() {
		var most uint64
		var m runtime.MemStats
		for end := time.Now().Add(d); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		peak <- int64(most)
	}()
	return peak
}
