package problem

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	words := []string{"title", "date", "description", "the-ferry", "the-ferries", strings.Repeat("long-", 30)}
	for _, tt := range []struct{ word, want string }{
		{"titel", "title"}, // two letters swapped
		{"Tilte", "title"}, // in another case
		{"dat", "date"},    // one left out
		{"da", ""},         // too short to tell
		{"descripton", "description"},
		{"desciptoin", "description"},
		{"xxxxription", ""},
		{"the-fery", "the-ferry"}, // nearer than the-ferries
		{"the-feries", "the-ferries"},
		{"the-ferries-2", ""}, // other digits
		{"bicycle", ""},
		{"", ""},
		{strings.Repeat("long-", 30), ""}, // too long to be compared
	} {
		if got, ok := Nearest(tt.word, slices.Values(words)); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q is near %q, want %q", tt.word, got, tt.want)
		}
	}
}

// FuzzSlips: the same from both ends, zero for the same word alone, and a limit changes nothing below it.
func FuzzSlips(f *testing.F) {
	f.Add("titel", "title", 2)
	f.Add("", "a", 0)
	f.Add("abcd", "badc", 1)
	f.Fuzz(func(t *testing.T, a, b string, most int) {
		if len(a) > maxNear || len(b) > maxNear || most < 0 {
			return
		}
		n := slips(a, b, maxNear)
		if m := slips(b, a, maxNear); n != m {
			t.Errorf("from %q to %q it is %d, and back %d", a, b, n, m)
		}
		if (n == 0) != (a == b) || n > max(len(a), len(b)) {
			t.Errorf("from %q to %q it is %d", a, b, n)
		}
		if m := slips(a, b, most); m != n && (n <= most || m <= most) {
			t.Errorf("from %q to %q it is %d, and with a limit of %d %d", a, b, n, most, m)
		}
	})
}

// BenchmarkNearest looks for a post among 10,000 whose names are as alike as names can be.
func BenchmarkNearest(b *testing.B) {
	var names []string
	for i := range 10_000 {
		names = append(names, fmt.Sprintf("%d-%02d-%02d-post-%05d.md", 2000+i%26, 1+i%12, 1+i%28, i))
	}
	for b.Loop() {
		Nearest("2000-01-01-pots-12345.md", slices.Values(names))
	}
}
