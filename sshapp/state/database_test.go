package state

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"postern/sshapp/postgres"
)

// A closing is a store that knows whether it was closed.
type closing struct {
	Store
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return nil
}

// TestDatabaseOutage: a store that could not be opened isn't tried again within a second, however many want it.
func TestDatabaseOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tried, gone := 0, errors.New("no answer")
		db := &Database{log: slog.New(slog.DiscardHandler), begin: func() (Store, error) {
			tried++
			time.Sleep(5 * time.Second) // it is from the end of this that a second counts
			return &closing{}, gone
		}}
		use := func() error { return db.Use(context.Background(), func(context.Context, Store) error { return nil }) }
		for range 10 {
			if err := use(); !errors.Is(err, gone) || tried != 1 {
				t.Errorf("%v, %d tries", err, tried)
			}
		}
		gone = nil
		time.Sleep(reopenAfter)
		if err := use(); err != nil || tried != 2 || db.Failures() != 10 {
			t.Errorf("later: %v, %d tries, %d failures", err, tried, db.Failures())
		}
	})
}

// TestDatabaseCloses: a failure closes the store that has failed, and not the one that was opened since; a caller who gives up
// closes none.
func TestDatabaseCloses(t *testing.T) {
	var opened []*closing
	db := &Database{log: slog.New(slog.DiscardHandler), begin: func() (Store, error) {
		opened = append(opened, &closing{})
		return opened[len(opened)-1], nil
	}}
	failure := errors.New("the disk is full")
	for _, step := range []struct {
		err    error
		closed bool
	}{{ErrUnknown, false}, {ErrFull, false}, {fmt.Errorf("query: %w", context.Canceled), false}, {failure, true}} {
		if err := db.Use(context.Background(), func(context.Context, Store) error { return step.err }); !errors.Is(err, step.err) || len(opened) != 1 || opened[0].closed != step.closed {
			t.Errorf("after %v: %v, %d stores, closed: %v", step.err, err, len(opened), opened[0].closed)
		}
	}
	_ = db.Use(context.Background(), func(context.Context, Store) error { // and while this goes on, another fails and a third opens the store again
		_ = db.Use(context.Background(), func(context.Context, Store) error { return failure })
		_ = db.Use(context.Background(), func(context.Context, Store) error { return nil })
		return failure
	})
	if len(opened) != 3 || !opened[1].closed || opened[2].closed || db.Failures() != 3 {
		t.Errorf("%d stores, %d failures", len(opened), db.Failures())
	}
}

// TestSharedDatabaseGone: who is told of a failure, such as an author, is not told where the database is.
func TestSharedDatabaseGone(t *testing.T) {
	at, err := postgres.Open("postgres://postern@127.0.0.1:1/blog")
	if err != nil {
		t.Fatal(err)
	}
	defer at.Close()
	db := NewSharedDatabase(at, slog.New(slog.DiscardHandler))
	err = db.Use(t.Context(), func(context.Context, Store) error { return nil })
	if err == nil || err.Error() != "the database can't be reached" {
		t.Errorf("%v", err)
	}
}
