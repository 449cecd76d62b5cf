package reads_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	_ "modernc.org/sqlite"

	"postern/sshapp/reads"
	"postern/sshapp/state"
)

// A blog is a counter that runs under fake time.
type blog struct {
	*reads.Counter
	t    *testing.T
	dir  string
	logs bytes.Buffer
	stop func()
}

// start runs a counter in a data directory until stop is called, or the test ends.
func start(t *testing.T, dir string) *blog {
	t.Helper()
	b := &blog{t: t, dir: dir}
	db := state.NewDatabase(dir, slog.New(slog.NewTextHandler(&b.logs, nil)))
	b.Counter = reads.NewCounter(db)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		b.Run(ctx)
		close(ended)
	}()
	b.stop = sync.OnceFunc(func() {
		cancel()
		<-ended
		db.Close()
	})
	t.Cleanup(b.stop)
	synctest.Wait()
	return b
}

// read counts a read on screens.
func (b *blog) read(post, from string) {
	b.Count(reads.Read{Post: post, Way: state.Screens, From: from, Client: "SSH-2.0-OpenSSH_9.2"})
}

// wantCounts compares the counts with lines such as "2026-11-22 bread screens 5 1".
func (b *blog) wantCounts(want ...string) {
	b.t.Helper()
	var got []string
	err := b.Counts(context.Background(), "", func(c state.Count) error {
		got = append(got, fmt.Sprint(c.Day, " ", c.Post, " ", c.Way, " ", c.Reads, " ", c.Uniques))
		return nil
	})
	if err != nil || !reflect.DeepEqual(got, want) {
		b.t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
}

// query returns the one value of a query, as any program may ask the database.
func (b *blog) query(query string) (value []byte) {
	b.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.dir, state.File))
	if err != nil {
		b.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(&value); err != nil {
		b.t.Fatal(query, ": ", err)
	}
	return value
}

// files returns the contents of the data directory's files.
func (b *blog) files() map[string]string {
	b.t.Helper()
	all := map[string]string{}
	names, err := filepath.Glob(filepath.Join(b.dir, "*"))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.t.Fatal(err)
		}
		all[filepath.Base(name)] = string(data)
	}
	return all
}

// holds reports which files hold some bytes.
func (b *blog) holds(text []byte) (names []string) {
	for name, data := range b.files() {
		if strings.Contains(data, string(text)) {
			names = append(names, name)
		}
	}
	return names
}

// at begins a test at a time of the day.
func at(t *testing.T, clock time.Duration, test func(t *testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC).Add(clock)))
		test(t)
	})
}

const (
	ada   = "192.0.2.77/32"
	grace = "2001:db8:7:8::/64"
)

// TestReader: five visits of one reader are five reads by one, whether or not the server is restarted between them.
func TestReader(t *testing.T) {
	dir := t.TempDir()
	at(t, 9*time.Hour, func(t *testing.T) {
		b := start(t, dir)
		for visit := range 5 {
			b.read("bread", ada)
			if visit == 1 {
				b.stop()
				b = start(t, dir)
			}
			time.Sleep(10 * time.Minute)
		}
		b.wantCounts("2026-11-22 bread screens 5 1")
		b.read("bread", grace)
		b.Count(reads.Read{Post: "bread", Way: state.Pipe, From: ada, Client: "another"})
		b.wantCounts("2026-11-22 bread pipe 1 1", "2026-11-22 bread screens 6 2")
		b.Count(reads.Read{Way: state.Feed, From: ada})
		b.wantCounts("2026-11-22  feed 1 1", "2026-11-22 bread pipe 1 1", "2026-11-22 bread screens 6 2")
	})
}

// TestNobody: as long as nobody reads, nothing is written.
func TestNobody(t *testing.T) {
	dir := t.TempDir()
	at(t, 23*time.Hour, func(t *testing.T) {
		b := start(t, dir)
		before := b.files()
		time.Sleep(50 * time.Hour)
		for name, data := range b.files() {
			if data != before[name] && !strings.HasSuffix(name, "-shm") { // which holds nothing but who uses the others
				t.Errorf("%s has changed", name)
			}
		}
		b.stop()
		if n := b.query("SELECT (SELECT count(*) FROM counts) + (SELECT count(*) FROM salts)"); string(n) != "0" {
			t.Errorf("it has %s rows", n)
		}
	})
}

// TestMidnight: at midnight, or when the server starts after it, the numbers stay, and the salt and the sketches are in no file.
// An address never is.
func TestMidnight(t *testing.T) {
	for name, pass := range map[string]func(t *testing.T, b *blog) *blog{
		"running": func(t *testing.T, b *blog) *blog {
			time.Sleep(90 * time.Second)
			b.read("bread", ada) // on the next day
			time.Sleep(time.Minute)
			return b
		},
		"stopped": func(t *testing.T, b *blog) *blog {
			b.stop()
			time.Sleep(3 * time.Hour)
			b = start(t, b.dir)
			b.read("bread", ada)
			time.Sleep(time.Minute)
			return b
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			at(t, 23*time.Hour+58*time.Minute, func(t *testing.T) {
				b := start(t, dir)
				for i := range 3000 { // enough for registers
					b.read("bread", fmt.Sprint("198.51.100.", i))
				}
				b.read("rye", ada)
				time.Sleep(time.Minute)
				secrets := map[string][]byte{
					"salt":   b.query("SELECT salt FROM salts"),
					"sketch": b.query("SELECT sketch FROM sketches WHERE post = 'rye'"),
					"long":   b.query("SELECT substr(sketch, 100, 32) FROM sketches WHERE post = 'bread'"),
				}
				for name, secret := range secrets {
					if b.holds(secret) == nil {
						t.Fatalf("the %s is not where it must be", name)
					}
				}
				b.read("bread", ada) // not saved before midnight
				b = pass(t, b)
				for name, secret := range secrets {
					if found := b.holds(secret); found != nil {
						t.Errorf("the %s of yesterday is in %v", name, found)
					}
				}
				for _, address := range []string{"192.0.2.77", "198.51.100", "\xc0\x00\x02\x4d"} {
					if found := b.holds([]byte(address)); found != nil {
						t.Errorf("an address is in %v", found)
					}
				}
				uniques := b.query("SELECT uniques FROM counts WHERE day = '2026-11-22' AND post = 'bread'")
				b.wantCounts("2026-11-22 bread screens 3001 "+string(uniques), "2026-11-22 rye screens 1 1", "2026-11-23 bread screens 1 1")
			})
		})
	}
}

// TestFold: at midnight, old counts are added up by month, and no read is lost.
func TestFold(t *testing.T) {
	dir := t.TempDir()
	at(t, 9*time.Hour, func(t *testing.T) {
		b := start(t, dir)
		b.KeepDaily(4)
		for range 11 { // the last two of them in December
			b.read("bread", ada)
			b.read("bread", grace)
			b.read("rye", ada)
			time.Sleep(24 * time.Hour)
		}
		b.wantCounts("2026-11-01 bread screens 18 18", "2026-11-01 rye screens 9 9",
			"2026-12-01 bread screens 2 2", "2026-12-01 rye screens 1 1", "2026-12-02 bread screens 2 2", "2026-12-02 rye screens 1 1")
	})
}

// TestManyReaders: 50,000 readers of a post are told apart within 2 %, while the counts are saved again and again.
func TestManyReaders(t *testing.T) {
	dir := t.TempDir()
	at(t, 0, func(t *testing.T) {
		b := start(t, dir)
		const readers = 50_000
		for i := range readers {
			for range 1 + i%2 { // half of them come twice
				b.read("bread", fmt.Sprint("reader ", i))
			}
			if i%1000 == 0 {
				time.Sleep(10 * time.Second)
			}
		}
		var n state.Count
		if err := b.Counts(context.Background(), "", func(c state.Count) error { n = c; return nil }); err != nil {
			t.Fatal(err)
		}
		if off := math.Abs(float64(n.Uniques)/readers - 1); off > 0.02 || n.Reads != readers*3/2 {
			t.Errorf("%d readers, %d reads", n.Uniques, n.Reads)
		}
		if fits := b.query("SELECT length(sketch) < 20 * 1024 FROM sketches"); string(fits) != "1" {
			t.Error("the sketch has 20 KB or more")
		}
	})
}

// TestDatabaseAway: while the database can't be used, nobody waits, the log has a line a minute, and then all is saved.
func TestDatabaseAway(t *testing.T) {
	dir := t.TempDir()
	at(t, 9*time.Hour, func(t *testing.T) {
		b := start(t, dir)
		holder, err := sql.Open("sqlite", filepath.Join(dir, state.File))
		if err != nil {
			t.Fatal(err)
		}
		holder.SetMaxOpenConns(1)
		defer holder.Close()
		if _, err := holder.Exec("BEGIN IMMEDIATE"); err != nil {
			t.Fatal(err)
		}
		const minutes = 5
		for range minutes * 60 {
			before := time.Now()
			b.read("bread", ada)
			if !time.Now().Equal(before) {
				t.Fatal("the reader waits")
			}
			time.Sleep(time.Second)
		}
		if n := strings.Count(b.logs.String(), "can't be used"); n < minutes-1 || n > minutes {
			t.Errorf("%d lines in %d minutes: %s", n, minutes, b.logs.String())
		}
		if err := b.Counts(context.Background(), "", func(state.Count) error { return nil }); err == nil {
			t.Error("counts without the last reads are returned as all of them")
		}
		if _, err := holder.Exec("ROLLBACK"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(30 * time.Second)
		if n := b.query("SELECT reads || ' ' || uniques FROM counts"); string(n) != "300 1" {
			t.Errorf("later, %s are saved", n)
		}
	})
}

// TestFollow: who follows is told of each read, and who is too slow, how many there were.
func TestFollow(t *testing.T) {
	dir := t.TempDir()
	at(t, 9*time.Hour, func(t *testing.T) {
		b := start(t, dir)
		f, stopped := b.Follow(), b.Follow()
		stopped.Stop()
		const many = 1000
		for range many {
			b.read("bread", ada)
		}
		got := 0
		for len(f.Events) > 0 {
			if e := <-f.Events; e != (reads.Event{At: time.Now(), Post: "bread", Way: state.Screens}) {
				t.Fatalf("%v", e)
			}
			got++
		}
		b.read("rye", ada)
		if e := <-f.Events; got+e.Missed != many || e.Missed == 0 || e.Post != "rye" {
			t.Errorf("%d, and then %v", got, e)
		}
		if len(stopped.Events) > 0 {
			t.Error("who has stopped is told")
		}
	})
}

// TestSummarize: a summary has this week's reads and all, their ways, and the last days.
func TestSummarize(t *testing.T) {
	dir := t.TempDir()
	at(t, 9*time.Hour, func(t *testing.T) {
		b := start(t, dir)
		for day, visits := range []int{9, 0, 1, 0, 0, 0, 0, 0, 2} {
			if day > 0 {
				time.Sleep(24 * time.Hour)
			}
			for range visits {
				b.read("bread", ada)
			}
		}
		b.Count(reads.Read{Post: "rye", Way: state.Pipe, From: ada})
		b.Count(reads.Read{Way: state.Feed, From: ada})
		s, err := b.Summarize(context.Background(), "", 4)
		want := []reads.Sum{
			{Post: "bread", Week: 3, All: 12, Ways: map[state.Way]int{state.Screens: 12}, Daily: []int{0, 0, 0, 2}},
			{Post: "", Week: 1, All: 1, Ways: map[state.Way]int{state.Feed: 1}, Daily: []int{0, 0, 0, 1}},
			{Post: "rye", Week: 1, All: 1, Ways: map[state.Way]int{state.Pipe: 1}, Daily: []int{0, 0, 0, 1}},
		}
		all := reads.Sum{Week: 5, All: 14, Ways: map[state.Way]int{state.Screens: 12, state.Pipe: 1, state.Feed: 1}, Daily: []int{0, 0, 0, 4}}
		if err != nil || !reflect.DeepEqual(s.Posts, want) || !reflect.DeepEqual(s.All, all) {
			t.Errorf("%v\n%+v", err, s)
		}
		if s, err := b.Summarize(context.Background(), "2026-11-23", 4); err != nil || s.Posts[0].All != 3 {
			t.Errorf("since a day: %+v, %v", s, err)
		}
	})
}

// TestTwoServers: a reader who comes to two servers of one database is one reader, also where both begin the day at once.
func TestTwoServers(t *testing.T) {
	dir := t.TempDir()
	at(t, 9*time.Hour, func(t *testing.T) {
		one, two := start(t, dir), start(t, dir)
		for range 3 {
			one.read("bread", ada)
			two.read("bread", ada)
			time.Sleep(time.Minute)
		}
		two.wantCounts("2026-11-22 bread screens 6 1")
		time.Sleep(24 * time.Hour)
		one.read("bread", ada)
		two.read("bread", ada)
		time.Sleep(time.Minute)
		one.wantCounts("2026-11-22 bread screens 6 1", "2026-11-23 bread screens 2 1")
	})
}
