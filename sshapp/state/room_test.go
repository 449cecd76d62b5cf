package state

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"postern/sshapp/postgres"
	"postern/sshapp/postgres/pgtest"
)

// TestRoom: however many keys come to be remembered, there is room for what is counted, and for the readers who were first.
func TestRoom(t *testing.T) {
	ctx := context.Background()
	s := openRoom(t, 50)
	c := Change{Agreed: true, Seen: time.Now(), Posts: map[string]Post{}}
	for i := range 20 {
		c.Posts[fmt.Sprint("post-", i)] = Post{At: time.Now()}
	}
	var err error
	readers := 0
	for err = s.Save(ctx, ID{}, c); err == nil && readers < 1000; err = s.Save(ctx, ID{byte(readers), byte(readers >> 8)}, c) {
		readers++
	}
	if !errors.Is(err, ErrFull) || readers < 50 {
		t.Fatalf("%d readers, %v", readers, err)
	}
	if ids, err := s.IDs(ctx, ID{}, 1000); err != nil || len(ids) != readers-1 { // behind the first
		t.Errorf("%d of %d readers are there, %v", len(ids)+1, readers, err)
	}
	if err := s.Save(ctx, ID{}, c); err != nil {
		t.Errorf("the first reader: %v", err)
	}
	if err := s.Count(ctx, []Tally{{Key: Key{Day: "2026-11-22"}, Reads: 1, Readers: NewSketch()}}); err != nil {
		t.Error(err)
	}
	if err := s.Forget(ctx, ID{1}); err != nil {
		t.Error(err)
	}
	for i := byte(2); ; i++ { // until there is room again
		if err = s.Save(ctx, ID{1}, c); !errors.Is(err, ErrFull) || i == 100 {
			break
		}
		if err := s.Forget(ctx, ID{i}); err != nil {
			t.Error(err)
		}
	}
	if err != nil {
		t.Errorf("after others were forgotten: %v", err)
	}
}

// TestRoomOnTheWayBack: what is kept elsewhere is brought whole, also where no new readers are taken in.
func TestRoomOnTheWayBack(t *testing.T) {
	from, to := openRoom(t, newBytes/pageBytes), openRoom(t, 1)
	fill(t, from, 20)
	if n, err := Copy(t.Context(), to, from); n != 20 || err != nil {
		t.Errorf("%d readers were copied, %v", n, err)
	}
	if err := to.Save(t.Context(), ID{0xff}, Change{Agreed: true}); !errors.Is(err, ErrFull) {
		t.Errorf("a new reader: %v", err)
	}
}

// TestSharedRoom: a shared database has room for so many readers, and again when some are forgotten; what is kept elsewhere is brought
// whole.
func TestSharedRoom(t *testing.T) {
	db, err := postgres.Open(pgtest.Start(t).Database())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	s, err := OpenPostgres(db)
	if err != nil {
		t.Fatal(err)
	}
	s.room = 3
	fill(t, s, 3)
	c := Change{Agreed: true, Seen: time.Now()}
	if err := s.Save(t.Context(), ID{0xff}, c); !errors.Is(err, ErrFull) {
		t.Errorf("one more: %v", err)
	}
	if err := s.Save(t.Context(), ID{1}, c); err != nil {
		t.Errorf("one of them: %v", err)
	}
	if err := s.Forget(t.Context(), ID{1}); err != nil {
		t.Error(err)
	}
	if err := s.Save(t.Context(), ID{0xff}, c); err != nil {
		t.Errorf("in the place of another: %v", err)
	}
	from := openRoom(t, newBytes/pageBytes)
	fill(t, from, 20)
	if n, err := Copy(t.Context(), s, from); n != 20 || err != nil {
		t.Errorf("%d readers were copied, %v", n, err)
	}
	if err := s.Save(t.Context(), ID{0xff}, c); !errors.Is(err, ErrFull) {
		t.Errorf("a new reader beside those who were copied: %v", err)
	}
}

// openRoom opens an empty store that takes in new readers up to so many pages.
func openRoom(t *testing.T, pages int) *SQLite {
	t.Helper()
	s, err := OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.room = pages
	return s
}

// fill saves the readers 1 to n.
func fill(t *testing.T, s Store, n int) {
	t.Helper()
	for i := range n {
		if err := s.Save(t.Context(), ID{byte(i + 1)}, Change{Agreed: true, Seen: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
}
