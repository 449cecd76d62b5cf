package storetest

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"

	"postern/sshapp/state"
)

var bread = state.Key{Day: "2026-11-22", Post: "bread", Way: state.Screens}

// tally returns a tally of a read by each of some readers.
func tally(k state.Key, readers ...int) state.Tally {
	t := state.Tally{Key: k, Reads: len(readers), Readers: state.NewSketch()}
	for _, r := range readers {
		t.Readers.Add(state.Salt{}.Number(fmt.Sprint(r), "client"))
	}
	return t
}

func count(t *testing.T, s state.Store, added ...state.Tally) {
	t.Helper()
	if err := s.Count(ctx, added); err != nil {
		t.Fatal(err)
	}
}

func counts(t *testing.T, s state.Store) []state.Count {
	t.Helper()
	all, err := s.Counts(ctx, state.Key{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantCounts(t *testing.T, s state.Store, want ...state.Count) {
	t.Helper()
	if got := counts(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func testSalt(t *testing.T, open func() state.Store) {
	one, two := open(), open()
	for _, step := range []struct {
		store          state.Store
		day            string
		proposed, want byte
	}{{one, "2026-11-22", 1, 1}, {two, "2026-11-22", 2, 1}, {two, "2026-11-23", 3, 3}, {one, "2026-11-22", 4, 1}} {
		if got, err := step.store.Salt(ctx, step.day, state.Salt{step.proposed}); err != nil || got != (state.Salt{step.want}) {
			t.Errorf("%s, %d: %x, %v", step.day, step.proposed, got, err)
		}
	}
}

func testCount(t *testing.T, open func() state.Store) {
	one, two := open(), open()
	count(t, one, tally(bread, 1, 2, 2))
	piped := state.Key{Day: bread.Day, Post: "bread", Way: state.Pipe}
	count(t, two, tally(bread, 2, 3), tally(piped, 1))
	count(t, one, tally(bread, 1, 1))
	wantCounts(t, two, state.Count{Key: piped, Reads: 1, Uniques: 1}, state.Count{Key: bread, Reads: 7, Uniques: 3})
}

func testReplace(t *testing.T, open func() state.Store) {
	s := open()
	save(t, s, ada, state.Change{Agreed: true})
	count(t, s, tally(bread, 1, 2))
	old := state.Count{Key: state.Key{Day: "2026-11-01", Way: state.Feed}, Reads: 5, Uniques: 4}
	write := func(w state.Writer) error {
		if err := w.Save(ctx, grace, state.Change{Agreed: true}); err != nil {
			return err
		}
		return errors.Join(w.AddCounts(ctx, []state.Count{old}), w.AddCounts(ctx, []state.Count{old, {Key: bread, Reads: 10, Uniques: 3}}))
	}
	failed := errors.New("what is copied can't be read")
	err := s.Replace(ctx, func(w state.Writer) error { return errors.Join(write(w), failed) })
	if !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	wantCounts(t, s, state.Count{Key: bread, Reads: 2, Uniques: 2})
	if ids, err := s.IDs(ctx, state.ID{}, 9); len(ids) != 1 || ids[0] != ada || err != nil {
		t.Errorf("after a failure the readers are %v, %v", ids, err)
	}
	if err := s.Replace(ctx, write); err != nil {
		t.Fatal(err)
	}
	wantCounts(t, s, state.Count{Key: old.Key, Reads: 10, Uniques: 8}, state.Count{Key: bread, Reads: 10, Uniques: 3})
	if ids, err := s.IDs(ctx, state.ID{}, 9); len(ids) != 1 || ids[0] != grace || err != nil {
		t.Errorf("the readers are %v, %v", ids, err)
	}
	count(t, s, tally(bread, 1, 2)) // counted anew: the sketches were erased too
	wantCounts(t, s, state.Count{Key: old.Key, Reads: 10, Uniques: 8}, state.Count{Key: bread, Reads: 12, Uniques: 5})
}

func testManyReaders(t *testing.T, open func() state.Store) {
	s := open()
	random := rand.New(rand.NewPCG(1, 2))
	const readers, pieces = 50_000, 20
	ways := []state.Way{state.Screens, state.Lines, state.Pipe, state.Files} // those that a post has: a feed counts by itself
	spread := make([]*state.Sketch, len(ways))
	for i := range spread {
		spread[i] = state.NewSketch()
	}
	for range pieces {
		piece := state.Tally{Key: bread, Reads: readers / pieces, Readers: state.NewSketch()}
		for i := range piece.Reads {
			n := random.Uint64()
			piece.Readers.Add(n)
			spread[i%len(ways)].Add(n)
		}
		count(t, s, piece)
	}
	got := counts(t, s)[0]
	if off := math.Abs(float64(got.Uniques)/readers - 1); off > 0.02 || got.Reads != readers {
		t.Errorf("%d readers, %d reads", got.Uniques, got.Reads)
	}
	size := 0
	for i, sketch := range spread {
		kept, uniques := state.Tally{Key: bread, Readers: sketch}.Merge(nil)
		size += len(kept)
		if off := math.Abs(float64(uniques*len(ways))/readers - 1); off > 0.02 {
			t.Errorf("%s: %d readers", ways[i], uniques)
		}
	}
	if size > 20_000 {
		t.Errorf("spread over all ways, they take %d bytes", size)
	}
}

func testEndDays(t *testing.T, open func() state.Store) {
	s := open()
	next := state.Key{Day: "2026-11-23", Post: "bread", Way: state.Screens}
	count(t, s, tally(bread, 1, 2), tally(next, 1))
	for _, day := range []string{bread.Day, next.Day} {
		if _, err := s.Salt(ctx, day, state.Salt{1}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second time there is nothing to erase
		if err := s.EndDays(ctx, next.Day); err != nil {
			t.Fatal(err)
		}
	}
	wantCounts(t, s, state.Count{Key: bread, Reads: 2, Uniques: 2}, state.Count{Key: next, Reads: 1, Uniques: 1})
	for day, want := range map[string]byte{bread.Day: 2, next.Day: 1} {
		if got, err := s.Salt(ctx, day, state.Salt{2}); err != nil || got != (state.Salt{want}) {
			t.Errorf("the salt of %s: %x, %v", day, got, err)
		}
	}
	count(t, s, tally(bread, 1), tally(next, 1)) // nobody knows any more that this reader was counted on the first day
	wantCounts(t, s, state.Count{Key: bread, Reads: 3, Uniques: 3}, state.Count{Key: next, Reads: 2, Uniques: 1})
}

func testFold(t *testing.T, open func() state.Store) {
	s := open()
	var all []state.Count
	for _, day := range []string{"2026-08-31", "2026-09-01", "2026-09-02", "2026-09-30", "2026-10-02", "2026-11-22"} {
		for _, post := range []string{"", "bread"} {
			all = append(all, state.Count{Key: state.Key{Day: day, Post: post, Way: state.Pipe}, Reads: 3, Uniques: 2})
		}
	}
	if err := s.Replace(ctx, func(w state.Writer) error { return w.AddCounts(ctx, all) }); err != nil {
		t.Fatal(err)
	}
	fold := func(keep, n, want int) {
		t.Helper()
		if got, err := s.Fold(ctx, keep, n); err != nil || got != want {
			t.Errorf("%d were folded, %v", got, err)
		}
	}
	fold(len(all), 10, 0)
	wantCounts(t, s, all...)
	const keep = 3 // of which the oldest is of October
	fold(keep, 5, 5)
	fold(keep, 5, 1)
	fold(keep, 5, 0)
	month := func(day, post string, days int) state.Count {
		return state.Count{Key: state.Key{Day: day, Post: post, Way: state.Pipe}, Reads: 3 * days, Uniques: 2 * days}
	}
	wantCounts(t, s, append([]state.Count{
		month("2026-08-01", "", 1), month("2026-08-01", "bread", 1), month("2026-09-01", "", 3), month("2026-09-01", "bread", 3),
	}, all[8:]...)...)
}

func testCounts(t *testing.T, open func() state.Store) {
	s := open()
	var keys []state.Key
	for _, day := range []string{"2026-11-21", "2026-11-22"} {
		for _, post := range []string{"", "Z", "a-b", "a/b", "ä", "漢字 '\"%_"} { // in the order of their bytes
			for _, way := range []state.Way{state.Feed, state.Files} {
				keys = append(keys, state.Key{Day: day, Post: post, Way: way})
			}
		}
	}
	for _, k := range slices.Backward(keys) {
		count(t, s, tally(k, 1))
	}
	var got []state.Key
	for behind := (state.Key{}); ; behind = got[len(got)-1] {
		some, err := s.Counts(ctx, behind, 5)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range some {
			got = append(got, c.Key)
		}
		if len(some) < 5 {
			break
		}
	}
	if !slices.Equal(got, keys) {
		t.Errorf("got  %v\nwant %v", got, keys)
	}
	if some, err := s.Counts(ctx, state.Key{Day: "2026-11-22"}, 1); err != nil || len(some) != 1 || some[0].Key != keys[len(keys)/2] {
		t.Errorf("from a day on: %v, %v", some, err)
	}
	for since, reads := range map[string]int{"": 2, "2026": 2, "2026-11-22": 1} {
		var want []state.Count
		for _, k := range keys[:len(keys)/2] {
			want = append(want, state.Count{Key: state.Key{Post: k.Post, Way: k.Way}, Reads: reads})
		}
		if sums, err := s.Sums(ctx, since); err != nil || !slices.Equal(sums, want) {
			t.Errorf("since %q: %v\ngot  %v\nwant %v", since, err, sums, want)
		}
	}
	if sums, err := s.Sums(ctx, "2026-11-23"); err != nil || len(sums) > 0 {
		t.Errorf("since tomorrow: %v, %v", sums, err)
	}
}

func testCountConcurrent(t *testing.T, open func() state.Store) {
	var all sync.WaitGroup
	const writers, times = 4, 10
	for w := range writers {
		s := open()
		all.Go(func() {
			for i := range times {
				own := state.Key{Day: bread.Day, Post: fmt.Sprint(w), Way: state.Pipe}
				if err := s.Count(ctx, []state.Tally{tally(bread, i), tally(own, 1)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got := counts(t, open()); len(got) != writers+1 || got[writers].Reads != writers*times || got[writers].Uniques != times {
		t.Errorf("%v", got)
	}
}
