package admission

import "testing"

// TestWorstOfPending: the address with the most loses one, then who has sent nothing.
func TestWorstOfPending(t *testing.T) {
	single, also, several := &source{pending: 1}, &source{pending: 1}, &source{pending: 2}
	talks := func(s *source) *Conn {
		c := &Conn{source: s}
		c.heard.Store(true)
		return c
	}
	for name, tt := range map[string]struct{ loses, stays *Conn }{
		"several":            {talks(several), &Conn{source: single}},
		"silent":             {&Conn{source: single}, talks(also)},
		"silent, of several": {&Conn{source: several}, talks(several)},
	} {
		for range 100 {
			if (pending{tt.loses: {}, tt.stays: {}}).worst() != tt.loses {
				t.Fatalf("%s: the wrong connection is closed", name)
			}
		}
	}
	equal := pending{{source: single}: {}, {source: also}: {}, talks(also): {}}
	chosen := map[*Conn]int{}
	for range 1000 {
		chosen[equal.worst()]++
	}
	if len(chosen) != 2 {
		t.Errorf("of three, %d are closed at some time: it should be either of the silent ones", len(chosen))
	}
}

// TestExcessOfPending: nothing is closed below half of the limit, nobody's only connection below all of it, and one always
// past it.
func TestExcessOfPending(t *testing.T) {
	for _, tt := range []struct {
		limit, conns, ofEach int
		least, most          int // of 1,000 times
	}{
		{0, 100, 100, 0, 0},
		{100, 50, 50, 0, 0},
		{100, 75, 75, 400, 600},
		{100, 100, 1, 0, 0},
		{100, 101, 1, 1000, 1000},
	} {
		p := pending{}
		for len(p) < tt.conns {
			p[&Conn{source: &source{pending: tt.ofEach}}] = struct{}{}
		}
		n := 0
		for range 1000 {
			if p.excess(tt.limit) != nil {
				n++
			}
		}
		if n < tt.least || n > tt.most {
			t.Errorf("%+v: %d of 1,000 times", tt, n)
		}
	}
}
