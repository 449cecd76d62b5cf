package state

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A desk is a keeper that runs under fake time.
type desk struct {
	*Keeper
	t    *testing.T
	logs lockedBuffer
	stop func()
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// beginBy has the database opened by another func from now on.
func (d *desk) beginBy(begin func() (Store, error)) {
	d.database.Close()
	d.database.storeMu.Lock()
	defer d.database.storeMu.Unlock()
	d.database.begin = begin
}

func (d *desk) lines(word string) int {
	d.logs.mu.Lock()
	defer d.logs.mu.Unlock()
	return strings.Count(d.logs.String(), word)
}

// keep runs a keeper in a directory until stop is called, or the test ends.
func keep(t *testing.T, dir string, change func(*Keeper)) *desk {
	t.Helper()
	d := &desk{t: t}
	log := slog.New(slog.NewTextHandler(&d.logs, nil))
	d.Keeper = NewKeeper(dir, NewDatabase(dir, log), log)
	if change != nil {
		change(d.Keeper)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		d.Run(ctx)
		close(ended)
	}()
	d.stop = sync.OnceFunc(func() {
		cancel()
		<-ended
		d.database.Close()
	})
	t.Cleanup(d.stop)
	time.Sleep(time.Millisecond) // until it waits
	return d
}

func (d *desk) visit(key string) *Memory {
	d.t.Helper()
	m, err := d.Visit([]byte(key), true)
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// again returns what another process finds of a reader.
func (d *desk) again(key string) (Record, bool) {
	d.t.Helper()
	other := NewKeeper(d.dir, NewDatabase(d.dir, d.log), d.log)
	defer other.database.Close()
	m, err := other.Visit([]byte(key), false)
	if err != nil {
		d.t.Fatal(err)
	}
	return m.Record()
}

func TestKeeperNothingBeforeAgreement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		m := d.visit("ada")
		m.SetPost("bread", "mark", 40)
		m.SetSettings(Settings{Theme: "dark"})
		if m.AddBookmark(Bookmark{Post: "bread"}) || m.Agreed() {
			t.Error("it keeps a bookmark")
		}
		time.Sleep(time.Hour)
		m.Leave()
		d.stop()
		if _, agreed := d.again("ada"); agreed {
			t.Error("a reader is kept who hasn't agreed")
		}
	})
}

// TestKeeperSessions: sessions of one key see what the others do, and all of it is saved once, 30 s later at most.
func TestKeeperSessions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		one, two, other := d.visit("ada"), d.visit("ada"), d.visit("eve")
		one.Agree()
		two.SetPost("bread", "mark", 40)
		one.SetPost("bread", "earlier", 20)
		two.AddBookmark(Bookmark{Post: "bread", Text: "Flour"})
		if p, _ := two.Post("bread"); p.Mark != "earlier" || p.Percent != 40 || len(one.Bookmarks()) != 1 || other.Agreed() {
			t.Errorf("%v", p)
		}
		one.Leave()
		two.SetPost("water", "", 100)
		time.Sleep(30 * time.Second)
		r, agreed := d.again("ada")
		if !agreed || len(r.Posts) != 2 || len(r.Bookmarks) != 1 {
			t.Errorf("after 30 s: %v", r)
		}
		two.RemoveBookmark(r.Bookmarks[0])
		two.Leave()
		time.Sleep(time.Millisecond)
		if r, _ := d.again("ada"); len(r.Bookmarks) != 0 {
			t.Errorf("after leaving: %v", r)
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		if len(d.memories) != 1 {
			t.Errorf("%d readers are in memory, one of whom is here", len(d.memories))
		}
	})
}

// TestLastHere: a visit begins when the reader was away for an hour, and commands are none.
func TestLastHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		first := time.Now()
		m := d.visit("ada")
		m.Agree()
		m.Leave()
		for _, step := range []struct {
			away  time.Duration
			reads bool
			want  time.Time
		}{
			{time.Minute, true, time.Time{}},
			{3 * time.Hour, false, time.Time{}},
			{time.Hour, true, first.Add(time.Minute)},
			{10 * time.Minute, true, first.Add(time.Minute)},
		} {
			time.Sleep(step.away)
			m, err := d.Visit([]byte("ada"), step.reads)
			if err != nil {
				t.Fatal(err)
			}
			if got := m.LastHere(); got.Unix() != step.want.Unix() {
				t.Errorf("after %v: %v, want %v", step.away, got, step.want)
			}
			m.Leave()
		}
	})
}

// TestKeeperForgets: at once, whatever the reader's other sessions do, and nothing is saved afterwards.
func TestKeeperForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		m, other := d.visit("ada"), d.visit("ada")
		m.Agree()
		m.SetPost("bread", "", 1)
		time.Sleep(time.Minute)
		other.SetPost("water", "", 1)
		if err := m.Forget(context.Background()); err != nil {
			t.Fatal(err)
		}
		other.SetPost("salt", "", 1)
		m.Leave()
		other.Leave()
		time.Sleep(time.Minute)
		if _, agreed := d.again("ada"); agreed {
			t.Error("the reader is kept")
		}
	})
}

func TestKeeperExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		m := d.visit("ada")
		m.Agree()
		m.Leave()
		for _, step := range []struct {
			wait time.Duration
			kept bool
		}{{390 * 24 * time.Hour, true}, {10 * 24 * time.Hour, false}} {
			time.Sleep(step.wait)
			if _, err := d.load(context.Background(), m.id); (err == nil) != step.kept {
				t.Errorf("after %v: %v", step.wait, err)
			}
		}
	})
}

// TestKeeperBounds: however long somebody reads, there is an end to what is kept.
func TestKeeperBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		m := d.visit("ada")
		m.Agree()
		for i := range maxPosts + 5 {
			m.SetPost(fmt.Sprint(i), "", 1)
			m.AddBookmark(Bookmark{Post: fmt.Sprint(i), Text: strings.Repeat("漢", 10_000)})
			time.Sleep(time.Second)
		}
		m.SetPost(strings.Repeat("x", maxAddress+1), "", 1)
		time.Sleep(time.Minute)
		r, _ := d.again("ada")
		_, oldest := r.Posts["4"]
		_, newest := r.Posts[fmt.Sprint(maxPosts+4)]
		if len(r.Posts) != maxPosts || oldest || !newest || len(r.Bookmarks) != maxBookmarks || r.Bookmarks[0].Text != strings.Repeat("漢", maxText/len("漢")) {
			t.Errorf("%d posts, %d bookmarks", len(r.Posts), len(r.Bookmarks))
		}
	})
}

// TestKeeperFailures: while the database can't be used, readers read on, the log has a line a minute, and when it can be used
// again all is saved.
func TestKeeperFailures(t *testing.T) {
	hold := func(t *testing.T, dir string) *sql.DB { return connect(filepath.Join(dir, File)) }
	run := func(t *testing.T, db *sql.DB, query string) {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name   string
		failed func(t *testing.T, d *desk) (mend func())
	}{
		{"locked", func(t *testing.T, d *desk) func() {
			db := hold(t, d.dir)
			run(t, db, "BEGIN IMMEDIATE")
			return func() { db.Close() }
		}},
		{"removed with its directory", func(t *testing.T, d *desk) func() {
			aside := d.dir + "-aside"
			if err := errors.Join(os.Rename(d.dir, aside), os.WriteFile(d.dir, nil, 0o600)); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := errors.Join(os.Remove(d.dir), os.Rename(aside, d.dir)); err != nil {
					t.Fatal(err)
				}
			}
		}},
		{"of a newer program", func(t *testing.T, d *desk) func() {
			d.database.Close()
			db := hold(t, d.dir)
			run(t, db, "PRAGMA user_version = 9")
			return func() {
				run(t, db, fmt.Sprintf("PRAGMA user_version = %d", len(migrations)))
				db.Close()
			}
		}},
		{"full", func(t *testing.T, d *desk) func() {
			begin := d.database.begin
			d.beginBy(func() (Store, error) { return full{}, nil })
			return func() { d.beginBy(begin) }
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := keep(t, filepath.Join(t.TempDir(), "data"), nil)
				m := d.visit("ada")
				m.Agree()
				time.Sleep(time.Minute)
				mend := test.failed(t, d)
				const minutes = 3
				for i := range minutes * 60 {
					before := time.Now()
					m.SetPost("bread", fmt.Sprint(i), 40)
					if !time.Now().Equal(before) {
						t.Fatal("the reader waits")
					}
					time.Sleep(time.Second)
				}
				if p, _ := m.Post("bread"); p.Percent != 40 {
					t.Errorf("what is in memory: %v", p)
				}
				if n := d.lines("can't be used"); n < minutes-1 || n > minutes {
					t.Errorf("%d lines in %d minutes: %s", n, minutes, d.logs.String())
				}
				mend()
				time.Sleep(time.Minute)
				if r, _ := d.again("ada"); r.Posts["bread"].Percent != 40 {
					t.Errorf("later it is not saved: %v\n%s", r, d.logs.String())
				}
			})
		})
	}
}

// full is a store whose disk is full.
type full struct{ Store }

func (full) Load(context.Context, ID) (Record, error) { return Record{}, ErrUnknown }
func (full) Save(context.Context, ID, Change) error   { return errors.New("database or disk is full") }
func (full) Close() error                             { return nil }

// picky is a store that refuses what is kept of one reader.
type picky struct {
	Store
	refused ID
}

func (p picky) Save(ctx context.Context, id ID, c Change) error {
	if id == p.refused {
		return errors.New("a text is not valid")
	}
	return p.Store.Save(ctx, id, c)
}

// TestKeeperSavesOthers: what can't be saved of one reader keeps that of nobody else from being saved.
func TestKeeperSavesOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		refused := d.visit("eve")
		begin := d.database.begin
		d.beginBy(func() (Store, error) {
			s, err := begin()
			return picky{s, refused.id}, err
		})
		refused.Agree()
		const others = 5
		for i := range others {
			d.visit(fmt.Sprint(i)).Agree()
		}
		time.Sleep(time.Minute)
		for i := range others {
			if _, agreed := d.again(fmt.Sprint(i)); !agreed {
				t.Errorf("reader %d is not saved", i)
			}
		}
		if _, agreed := d.again("eve"); agreed {
			t.Error("what is refused is saved")
		}
	})
}

// crowded is a store that has no room for more readers.
type crowded struct {
	Store
	saves int
}

func (s *crowded) Save(context.Context, ID, Change) error {
	s.saves++
	return ErrFull
}

// TestKeeperCrowded: a reader for whom there is no room is not remembered, and not tried again and again.
func TestKeeperCrowded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), nil)
		begin, store := d.database.begin, &crowded{}
		d.beginBy(func() (s Store, err error) {
			store.Store, err = begin()
			return store, err
		})
		m := d.visit("eve")
		m.Agree()
		time.Sleep(time.Hour)
		if m.Agreed() || store.saves != 1 || d.database.Failures() != 0 || d.lines("no room to remember more readers") != 1 || d.lines("waits") != 0 {
			t.Errorf("agreed: %v, %d tries, %d failures\n%s", m.Agreed(), store.saves, d.database.Failures(), d.logs.String())
		}
	})
}

// slow is a store that doesn't answer.
type slow struct{ Store }

func (slow) Load(ctx context.Context, _ ID) (Record, error) {
	<-ctx.Done()
	return Record{}, ctx.Err()
}
func (slow) Expire(context.Context, time.Time) (int, error) { return 0, nil }
func (slow) Close() error                                   { return nil }

// TestVisitWaits: for a database that doesn't answer a reader waits half a second.
func TestVisitWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := keep(t, t.TempDir(), func(k *Keeper) { k.database.begin = func() (Store, error) { return slow{}, nil } })
		began := time.Now()
		_, err := d.Visit([]byte("ada"), true)
		if waited := time.Since(began); err == nil || waited != loadWait {
			t.Errorf("%v after %v", err, waited)
		}
		time.Sleep(storeWait) // the load ends
	})
}

// TestKeeperDamaged: a damaged database is set aside, and said.
func TestKeeperDamaged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		text := bytes.Repeat([]byte("This is a text. "), 1000)
		if err := os.WriteFile(filepath.Join(dir, File), text, 0o600); err != nil {
			t.Fatal(err)
		}
		d := keep(t, dir, nil)
		d.visit("ada").Agree()
		time.Sleep(time.Minute)
		if _, agreed := d.again("ada"); !agreed || d.lines("set aside") != 1 {
			t.Errorf("agreed: %v; the log: %s", agreed, d.logs.String())
		}
		aside, _ := filepath.Glob(filepath.Join(dir, File+".damaged-*"))
		if len(aside) != 1 {
			t.Fatalf("%v", aside)
		}
		if got, _ := os.ReadFile(aside[0]); !bytes.Equal(got, text) {
			t.Error("it is not what it was")
		}
	})
}

func TestSecret(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	secrets := make([]Secret, 8)
	for i := range secrets {
		all.Go(func() {
			var err error
			if secrets[i], err = ReadSecret(dir); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, s := range secrets {
		if s != secrets[0] || s == (Secret{}) {
			t.Errorf("%x and %x", s, secrets[0])
		}
	}
	a, b := secrets[0].ID([]byte("ada")), secrets[0].ID([]byte("eve"))
	if a == b || reflect.DeepEqual(a, Secret{}.ID([]byte("ada"))) {
		t.Error("an ID depends on the key and the secret")
	}
	path := filepath.Join(dir, SecretFile)
	for name, spoil := range map[string]func() error{
		"others can read it": func() error { return os.Chmod(path, 0o644) },
		"not 64 hexadecimal": func() error { return errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, []byte("short"), 0o600)) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadSecret(dir); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
