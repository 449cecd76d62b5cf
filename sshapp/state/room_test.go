package state

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

// TestRoom: however many keys come to be remembered, there is room for what is counted, and for the readers who were first.
func TestRoom(t *testing.T) {
	ctx := context.Background()
	s, err := OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.room = 50
	c := Change{Agreed: true, Seen: time.Now(), Posts: map[string]Post{}}
	for i := range 20 {
		c.Posts[fmt.Sprint("post-", i)] = Post{At: time.Now()}
	}
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
