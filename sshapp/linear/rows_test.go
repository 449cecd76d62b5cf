package linear

import (
	"strconv"
	"testing"
)

// TestRowsKeepFewKeys: in a long list, only the last numbers keep their meaning; the others mean the rows of now.
func TestRowsKeepFewKeys(t *testing.T) {
	const many = 10_000
	list := func(moved int) parts {
		return parts{count: 1 + many + moved, key: func(i int) string { return strconv.Itoa(i - moved) }}
	}
	var r numberedSpan
	for next := 9; next <= 1+many; next += 8 {
		r.setPrinted(env{}, list(0), next-8, next)
	}
	if len(r.keys) > maxKeys {
		t.Errorf("%d numbers are kept", len(r.keys))
	}
	for n, want := range map[int]int{many: many, many - 100: many - 100, 1: 0} { // a row was inserted at the beginning
		if i, ok := r.index(list(1), n); !ok || i != want {
			t.Errorf("number %d is at %d (%v), not %d", n, i, ok, want)
		}
	}
	r = numberedSpan{}
	r.setPrinted(env{}, list(0), many-8, 1+many)
	if i, ok := r.index(list(0), many); !ok || i != many-1 || len(r.keys) > maxKeys {
		t.Errorf("from afar number %d is at %d (%v), and %d are kept", many, i, ok, len(r.keys))
	}
}
