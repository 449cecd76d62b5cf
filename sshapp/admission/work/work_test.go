package work

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
)

// hold takes a turn until the test closes what it returns.
func hold(t *Turn, bytes int64) chan struct{} {
	done, held := make(chan struct{}), make(chan struct{})
	go t.Do(Command, bytes, func() {
		close(held)
		<-done
	})
	<-held
	return done
}

// TestAddressesTakeTurns: what one address asks for doesn't keep another from its turn, however much it is.
func TestAddressesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(1, 0)
		var greedy, modest Source
		first := hold(q.Turn(&greedy, nil), 0)
		var mu sync.Mutex
		var order []string
		ask := func(s *Source, name string) {
			go q.Turn(s, nil).Do(Find, 0, func() {
				mu.Lock()
				defer mu.Unlock()
				order = append(order, name)
			})
			synctest.Wait()
		}
		for range 3 {
			ask(&greedy, "greedy")
		}
		ask(&modest, "modest")
		close(first)
		synctest.Wait()
		if want := []string{"greedy", "modest", "greedy", "greedy"}; !slices.Equal(order, want) {
			t.Errorf("the order is %v, not %v", order, want)
		}
		if n := q.Waiting(); n > 0 || q.Done(Find) != 4 {
			t.Errorf("%d wait, %v is done", n, q)
		}
	})
}

// TestOneAddressHasOneTurn: free slots are for other addresses.
func TestOneAddressHasOneTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(2, 0)
		var a, b Source
		first := hold(q.Turn(&a, nil), 0)
		began := false
		go q.Turn(&a, nil).Do(Find, 0, func() { began = true })
		synctest.Wait()
		if began {
			t.Error("an address has two turns at a time")
		}
		close(hold(q.Turn(&b, nil), 0)) // or the test never ends
		close(first)
		synctest.Wait()
		if !began {
			t.Error("the turn never came")
		}
	})
}

// TestGoneWorkIsGivenUp: work whose client has gone doesn't begin, and what has begun is told.
func TestGoneWorkIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(1, 0)
		var a, b Source
		first := hold(q.Turn(&a, nil), 0)
		gone := make(chan struct{})
		turn := q.Turn(&b, gone)
		ended := make(chan bool)
		go func() { ended <- turn.Do(Find, 0, func() { t.Error("it was begun") }) }()
		synctest.Wait()
		close(gone)
		if <-ended {
			t.Error("it was done")
		}
		if turn.Do(Find, 0, func() { t.Error("it was begun later") }) {
			t.Error("it was done later")
		}
		close(first)
		synctest.Wait()

		gone = make(chan struct{})
		turn = q.Turn(&b, gone)
		if turn.Do(Find, 0, func() {
			if !turn.Step() {
				t.Error("the client is there")
			}
			close(gone)
			if turn.Step() {
				t.Error("the client has gone")
			}
		}) {
			t.Error("half of the work counts as done")
		}
		close(hold(q.Turn(&a, nil), 0)) // the turn was given back
	})
}

// TestStepPassesTheTurnOn: long work lets others have their turn. It steps in real time: fake time stands still meanwhile.
func TestStepPassesTheTurnOn(t *testing.T) {
	q := NewQueue(1, 0)
	var a, b Source
	long := q.Turn(&a, nil)
	done := make(chan struct{})
	long.Do(Typeset, 0, func() {
		go q.Turn(&b, nil).Do(Find, 0, func() { close(done) })
		for {
			select {
			case <-done:
				return
			default:
				long.Step()
			}
		}
	})
}

// TestMemoryIsBounded: what is in memory at once stays within the limit, though little work goes on beside; and what needs
// much gets its turn.
func TestMemoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const limit = 100 << 20
		q := NewQueue(10, limit)
		sources := make([]Source, 5)
		first := hold(q.Turn(&sources[0], nil), limit/2)
		var mu sync.Mutex
		var order []int
		for i, bytes := range []int64{1 << 40, limit / 4, small} { // the first counts as half of the limit
			outer := q.Turn(&sources[i+1], nil)
			go outer.Do(Command, 0, func() {
				outer.Do(Typeset, bytes, func() {
					mu.Lock()
					order = append(order, i)
					mu.Unlock()
					if bytes > small {
						<-first
					}
				})
			})
			synctest.Wait()
		}
		if !slices.Equal(order, []int{0, 2}) {
			t.Errorf("%v have begun: what fits is the first and what is small", order)
		}
		close(first)
		synctest.Wait()
		if len(order) != 3 || q.used != 0 || q.running != 0 {
			t.Errorf("%v have begun; %d bytes are left, %d run", order, q.used, q.running)
		}
	})
}

// TestOneAddressHasLittleMemory: one piece of work that needs much at a time.
func TestOneAddressHasLittleMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(1, 1<<30)
		var a Source
		first := q.Turn(&a, nil)
		release, began := make(chan struct{}), 0
		go first.Do(Typeset, 2*small, func() { first.Await(release) })
		synctest.Wait()
		for range 3 {
			go q.Turn(&a, nil).Do(Typeset, 2*small, func() { began++ })
		}
		go q.Turn(&a, nil).Do(Find, small, func() {})
		synctest.Wait()
		if began > 0 || q.Done(Find) != 1 {
			t.Errorf("%d pieces have begun, %v", began, q)
		}
		close(release)
		synctest.Wait()
		if began != 3 {
			t.Errorf("%d pieces have begun in the end", began)
		}
	})
}

// TestSharedIsMadeOnce: by one of those who ask, and by another if that client goes.
func TestSharedIsMadeOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(1, 0)
		var s Shared[int]
		sources := make([]Source, 4)
		gone, release := make(chan struct{}), make(chan struct{})
		first := q.Turn(&sources[0], gone)
		go func() {
			if n, ok := s.Get(first, Find, 0, func() int { first.Await(release); return 1 }); ok {
				t.Errorf("who has gone gets %d", n)
			}
		}()
		synctest.Wait()
		made := 0
		var all sync.WaitGroup
		for i := range 3 {
			turn := q.Turn(&sources[i+1], nil)
			all.Go(func() {
				turn.Do(Command, 0, func() {
					if n, ok := s.Get(turn, Find, 0, func() int { made++; turn.Await(release); return 2 }); !ok || n != 2 {
						t.Errorf("%d, %v", n, ok)
					}
				})
			})
		}
		synctest.Wait()
		close(gone)
		synctest.Wait()
		close(release)
		all.Wait()
		if made != 1 {
			t.Errorf("it was made %d times", made)
		}
	})
}

// TestNoTurn: without one, nothing waits.
func TestNoTurn(t *testing.T) {
	var none *Turn
	var s Shared[int]
	done := make(chan struct{})
	close(done)
	none.Await(done)
	if n, ok := s.Get(none, Find, 1<<40, func() int { return 3 }); n != 3 || !ok || !none.Step() || none.Gone() {
		t.Errorf("%d, %v", n, ok)
	}
}

// TestCheckEndsWork: it ends the piece of work that is being done, and no panic but its own.
func TestCheckEndsWork(t *testing.T) {
	gone := make(chan struct{})
	turn := NewQueue(1, 0).Turn(&Source{}, gone)
	turn.Do(Command, 0, func() {
		turn.Check()
		close(gone)
		turn.Check()
		t.Error("work goes on for a client who has gone")
	})
	defer func() {
		if r := recover(); r != "a mistake" {
			t.Errorf("the panic %v is taken for the end of a client", r)
		}
	}()
	NewQueue(1, 0).Turn(&Source{}, nil).Do(Command, 0, func() { panic("a mistake") })
}
