package work

import "sync"

// A Shared is a value that is made once, for all who ask for it. The zero Shared has none yet. It is safe for concurrent use.
type Shared[T any] struct {
	mu     sync.Mutex    // guards what follows
	value  *T            // nil until it is made
	making chan struct{} // closed when whoever makes the value has stopped; nil while nobody does
}

// Get returns the value. If there is none, f makes it as a piece of work of this kind, unless another client's turn is being
// used for that: then this one waits, and makes it if the other client goes. Get returns false if its own client does. f must
// get nothing that is shared itself if it uses memory.
func (s *Shared[T]) Get(t *Turn, kind Kind, bytes int64, f func() T) (value T, ok bool) {
	for !t.Gone() {
		made, making := s.begin()
		switch {
		case made != nil:
			return *made, true
		case making != nil:
			t.Await(making)
		default:
			s.make(t, kind, bytes, f)
		}
	}
	return value, false
}

// begin returns the value; else what is closed when another has stopped making it; else nothing, and the caller makes it.
func (s *Shared[T]) begin() (made *T, making <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.value == nil && s.making == nil {
		s.making = make(chan struct{})
		return nil, nil
	}
	return s.value, s.making
}

// make makes the value.
func (s *Shared[T]) make(t *Turn, kind Kind, bytes int64, f func() T) {
	var made *T
	defer func() { // if f panics too
		s.mu.Lock()
		defer s.mu.Unlock()
		s.value = made
		close(s.making)
		s.making = nil
	}()
	var value T
	if t.Do(kind, bytes, func() { value = f() }) {
		made = &value
	}
}
