// Package storetest tests what every [state.Store] must do.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"postern/sshapp/state"
)

// Test runs the tests. open returns an empty store, and another connection to the same one each time that its result is called;
// what it opens is closed when the test ends.
func Test(t *testing.T, open func(t *testing.T) func() state.Store) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, open func() state.Store)
	}{
		{"nothing is written without agreement", testAgreement},
		{"all comes back", testRoundTrip},
		{"the newest place and the most that was read win", testMerge},
		{"bookmarks come and go", testBookmarks},
		{"what was forgotten is not saved again", testForget},
		{"who has not come for long is erased", testExpire},
		{"several write at once", testConcurrent},
		{"what is odd is kept as it is", testOdd},
		{"all readers can be listed, a few at a time", testIDs},
		{"what is kept elsewhere takes the place of all, or of nothing", testReplace},
		{"a call ends with its context", testContext},
		{"a day has one salt", testSalt},
		{"reads add up, and readers are told apart", testCount},
		{"many readers are counted within 2 %, in little room", testManyReaders},
		{"what a day's readers were counted by ends with it", testEndDays},
		{"old counts are added up by month", testFold},
		{"counts come in the order of their keys", testCounts},
		{"several count at once", testCountConcurrent},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

var (
	ctx   = context.Background()
	noon  = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	ada   = state.ID{1, 2, 3}
	grace = state.ID{0xff, 0, 0xfe}
)

func save(t *testing.T, s state.Store, id state.ID, c state.Change) {
	t.Helper()
	if err := s.Save(ctx, id, c); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, s state.Store, id state.ID) state.Record {
	t.Helper()
	r, err := s.Load(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantUnknown(t *testing.T, s state.Store, id state.ID) {
	t.Helper()
	if _, err := s.Load(ctx, id); !errors.Is(err, state.ErrUnknown) {
		t.Errorf("Load: %v", err)
	}
}

func testAgreement(t *testing.T, open func() state.Store) {
	s := open()
	wantUnknown(t, s, ada)
	err := s.Save(ctx, ada, state.Change{Seen: noon, Posts: map[string]state.Post{"bread": {At: noon}}})
	if !errors.Is(err, state.ErrUnknown) {
		t.Errorf("Save: %v", err)
	}
	wantUnknown(t, s, ada)
	save(t, s, ada, state.Change{Agreed: true, Seen: noon})
	if r := load(t, s, ada); len(r.Posts) != 0 {
		t.Errorf("%v", r)
	}
	wantUnknown(t, s, grace)
}

func testRoundTrip(t *testing.T, open func() state.Store) {
	s := open()
	want := state.Record{
		Seen: noon, Here: noon.Add(-time.Hour), Before: noon.Add(-48 * time.Hour),
		Settings:  state.Settings{Theme: "dark", Width: 56, Pictures: state.CaptionsShown, Order: state.LeftToTerminal},
		Posts:     map[string]state.Post{"bread": {Mark: "a.1", Percent: 40, At: noon}, "de/brot": {Percent: 100, At: noon.Add(time.Second)}},
		Bookmarks: []state.Bookmark{{Post: "bread", Mark: "b.2", Text: "Flour “and” water", At: noon}, {Post: "bread", At: noon.Add(time.Second)}},
	}
	save(t, s, ada, state.Change{
		Agreed: true, Seen: want.Seen, Here: want.Here, Before: want.Before, Settings: &want.Settings, Posts: want.Posts, Bookmarks: want.Bookmarks,
	})
	save(t, s, grace, state.Change{Agreed: true, Seen: noon, Posts: map[string]state.Post{"bread": {Percent: 1, At: noon}}})
	if got := load(t, open(), ada); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	save(t, s, ada, state.Change{Seen: noon.Add(time.Hour), Dropped: []string{"bread"}})
	delete(want.Posts, "bread")
	want.Seen = noon.Add(time.Hour)
	if got := load(t, s, ada); !reflect.DeepEqual(got, want) {
		t.Errorf("later: got  %v\nwant %v", got, want)
	}
}

func testMerge(t *testing.T, open func() state.Store) {
	one, two := open(), open()
	save(t, one, ada, state.Change{Agreed: true, Seen: noon, Here: noon})
	newer := state.Post{Mark: "late", Percent: 20, At: noon.Add(time.Minute)}
	save(t, two, ada, state.Change{Agreed: true, Seen: noon.Add(time.Minute), Posts: map[string]state.Post{"bread": newer}})
	save(t, one, ada, state.Change{Seen: noon, Posts: map[string]state.Post{"bread": {Mark: "early", Percent: 70, At: noon}}})
	r := load(t, two, ada)
	if p := r.Posts["bread"]; p.Mark != "late" || p.Percent != 70 || !p.At.Equal(newer.At) {
		t.Errorf("the post: %v", p)
	}
	if !r.Seen.Equal(noon.Add(time.Minute)) || !r.Here.Equal(noon) || !r.Before.IsZero() {
		t.Errorf("the times: %v", r)
	}
}

func testBookmarks(t *testing.T, open func() state.Store) {
	s := open()
	first, second := state.Bookmark{Post: "bread", Mark: "x", Text: "one", At: noon}, state.Bookmark{Post: "bread", Mark: "y", Text: "two", At: noon}
	save(t, s, ada, state.Change{Agreed: true, Seen: noon, Bookmarks: []state.Bookmark{first, second}})
	save(t, s, ada, state.Change{Seen: noon, Bookmarks: []state.Bookmark{second}, Removed: []state.Bookmark{{Post: "bread", Mark: "x"}, {Post: "gone"}}})
	if got := load(t, s, ada).Bookmarks; !reflect.DeepEqual(got, []state.Bookmark{second}) {
		t.Errorf("%v", got)
	}
}

func testForget(t *testing.T, open func() state.Store) {
	one, two := open(), open()
	c := state.Change{Agreed: true, Seen: noon, Posts: map[string]state.Post{"bread": {At: noon}}, Bookmarks: []state.Bookmark{{Post: "bread", At: noon}}}
	save(t, one, ada, c)
	save(t, one, grace, c)
	for range 2 { // the second time there is nothing
		if err := two.Forget(ctx, ada); err != nil {
			t.Fatal(err)
		}
	}
	wantUnknown(t, one, ada)
	c.Agreed = false
	if err := one.Save(ctx, ada, c); !errors.Is(err, state.ErrUnknown) {
		t.Errorf("Save: %v", err)
	}
	if r := load(t, one, grace); len(r.Posts) != 1 || len(r.Bookmarks) != 1 {
		t.Errorf("another reader: %v", r)
	}
	save(t, one, ada, state.Change{Agreed: true, Seen: noon})
	if r := load(t, one, ada); len(r.Posts)+len(r.Bookmarks) != 0 {
		t.Errorf("who has agreed again: %v", r)
	}
}

func testExpire(t *testing.T, open func() state.Store) {
	s := open()
	save(t, s, ada, state.Change{Agreed: true, Seen: noon, Posts: map[string]state.Post{"bread": {At: noon}}})
	save(t, s, grace, state.Change{Agreed: true, Seen: noon.Add(time.Second)})
	for _, want := range []int{1, 0} {
		if n, err := s.Expire(ctx, noon.Add(time.Second)); n != want || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	wantUnknown(t, s, ada)
	load(t, s, grace)
}

func testConcurrent(t *testing.T, open func() state.Store) {
	var all sync.WaitGroup
	const writers, posts = 4, 10
	for w := range writers {
		s := open()
		all.Go(func() {
			for i := range posts {
				address := fmt.Sprintf("post-%d-%d", w, i)
				if err := s.Save(ctx, ada, state.Change{Agreed: true, Seen: noon, Posts: map[string]state.Post{address: {At: noon}}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := len(load(t, open(), ada).Posts); n != writers*posts {
		t.Errorf("%d posts", n)
	}
}

func testIDs(t *testing.T, open func() state.Store) {
	s := open()
	save(t, s, grace, state.Change{Agreed: true, Seen: noon})
	save(t, s, ada, state.Change{Agreed: true, Seen: noon})
	for behind, want := range map[state.ID][]state.ID{{}: {ada, grace}, ada: {grace}, grace: nil} {
		if got, err := s.IDs(ctx, behind, 10); err != nil || !slices.Equal(got, want) {
			t.Errorf("behind %x: %x, %v", behind, got, err)
		}
	}
	if got, err := s.IDs(ctx, state.ID{}, 1); err != nil || !slices.Equal(got, []state.ID{ada}) {
		t.Errorf("one: %x, %v", got, err)
	}
}

func testOdd(t *testing.T, open func() state.Store) {
	s := open()
	odd := `'; DROP TABLE readers; -- " \ % _ 漢字 ` + "\u202e"
	save(t, s, ada, state.Change{
		Agreed: true, Seen: noon, Settings: &state.Settings{Theme: odd},
		Posts: map[string]state.Post{odd: {Mark: odd, At: noon}}, Bookmarks: []state.Bookmark{{Post: odd, Mark: odd, Text: odd, At: noon}},
	})
	r := load(t, s, ada)
	if r.Settings.Theme != odd || r.Posts[odd].Mark != odd || len(r.Bookmarks) != 1 || r.Bookmarks[0].Text != odd {
		t.Errorf("%v", r)
	}
}

func testContext(t *testing.T, open func() state.Store) {
	s := open()
	ended, end := context.WithCancel(ctx)
	end()
	_, loaded := s.Load(ended, ada)
	_, expired := s.Expire(ended, noon)
	_, salted := s.Salt(ended, "2026-11-22", state.Salt{1})
	_, counted := s.Counts(ended, state.Key{}, 1)
	_, summed := s.Sums(ended, "")
	_, folded := s.Fold(ended, 1, 1)
	for call, err := range map[string]error{
		"Count": s.Count(ended, []state.Tally{tally(bread, 1)}), "EndDays": s.EndDays(ended, "2026-11-22"), "Salt": salted, "Counts": counted, "Sums": summed, "Fold": folded,
		"Load": loaded, "Expire": expired, "Save": s.Save(ended, ada, state.Change{Agreed: true, Seen: noon}), "Forget": s.Forget(ended, ada),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", call, err)
		}
	}
	wantUnknown(t, s, ada)
}
