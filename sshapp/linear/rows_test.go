package linear

import (
	"strconv"
	"testing"
)

// TestRowsKeepFewNumbers: of a long list it is kept what the last numbers meant, and the others mean what they do now.
func TestRowsKeepFewNumbers(t *testing.T) {
	const many = 10_000
	list := func(moved int) speech {
		return speech{parts: 1 + many + moved, key: func(i int) string { return strconv.Itoa(i - moved) }}
	}
	var r numbered
	for next := 9; next <= 1+many; next += 8 {
		r.setSpoken(env{}, list(0), next-8, next)
	}
	if len(r.shown) > maxShown {
		t.Errorf("%d numbers are kept", len(r.shown))
	}
	for n, want := range map[int]int{many: many, many - 100: many - 100, 1: 0} { // the list has begun with another since
		if i, ok := r.index(list(1), n); !ok || i != want {
			t.Errorf("number %d is at %d (%v), not %d", n, i, ok, want)
		}
	}
	r = numbered{}
	r.setSpoken(env{}, list(0), many-8, 1+many)
	if i, ok := r.index(list(0), many); !ok || i != many-1 || len(r.shown) > maxShown {
		t.Errorf("from afar number %d is at %d (%v), and %d are kept", many, i, ok, len(r.shown))
	}
}
